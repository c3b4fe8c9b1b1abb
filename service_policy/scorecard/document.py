"""A snapshot as the JSON document that lies in ``content/ket-qua/``."""

import json

from service_policy.promises.calendar import VIETNAM
from service_policy.scorecard.snapshot import Snapshot


def to_json(snapshot: Snapshot) -> str:
    """Write a snapshot; equal snapshots give equal bytes, and what is empty is left out."""
    data = snapshot.model_dump(mode="json", exclude={"path"}, exclude_defaults=True)
    data["as_of"] = snapshot.as_of.astimezone(VIETNAM).isoformat()
    ordered = {name: data[name] for name in Snapshot.model_fields if name in data}
    return json.dumps(ordered, ensure_ascii=False, indent=2) + "\n"
