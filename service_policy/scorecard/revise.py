"""Writing a month, also again: editors' words stay, a changed figure of a closed month is noted."""

import json
from collections.abc import Iterator
from datetime import date

from service_policy.promises.calendar import VIETNAM
from service_policy.scorecard.snapshot import Correction, Figure, Snapshot

RECOMPUTED = "Tính lại từ dữ liệu máy."
"""The reason of a correction until an editor writes a better one."""


def revised(old: Snapshot | None, new: Snapshot, on: date) -> Snapshot:
    """Return ``new`` with the reasons and the corrections of ``old``, the snapshot it replaces.

    A figure that was final and differs now leaves a correction dated ``on``. Figures of a month
    that was still open, and made-up ones, are no published results and leave none.
    """
    if old is None or old.sample:
        return new
    new = _with_sources(old, new)
    kept = tuple(
        one
        if one.standing != "missed" or one.reason is not None
        else one.model_copy(update={"reason": old.figure(one.id).reason})
        for one in new.indicators
    )
    changes = tuple(_corrections(old, new, on)) if old.is_closed else ()
    return new.model_copy(update={"indicators": kept, "corrections": (*old.corrections, *changes)})


def _with_sources(old: Snapshot, new: Snapshot) -> Snapshot:
    """Keep the figures of a source that was not given this time, such as the order file."""
    given = {source.id for source in new.sources}
    left = tuple(source for source in old.sources if source.id not in given)
    names = {source.id for source in left}
    figures = tuple(
        old.figure(one.id) if one.indicator.source in names else one for one in new.indicators
    )
    return new.model_copy(update={"sources": (*new.sources, *left), "indicators": figures})


def _corrections(old: Snapshot, new: Snapshot, on: date) -> Iterator[Correction]:
    for figure in new.figures:
        before = old.figure(figure.id)
        if before.has_data and _figures(before) != _figures(figure):
            yield Correction(
                on=on,
                id=figure.id,
                numerator=before.numerator,
                denominator=before.denominator,
                value_vnd=before.value_vnd,
                cases=before.cases,
                why=RECOMPUTED,
            )


def _figures(figure: Figure) -> tuple[int | None, ...]:
    return figure.numerator, figure.denominator, figure.value_vnd, figure.cases


def to_json(snapshot: Snapshot) -> str:
    """Write a snapshot; equal snapshots give equal bytes, and what is empty is left out."""
    data = snapshot.model_dump(mode="json", exclude={"path"}, exclude_defaults=True)
    data["as_of"] = snapshot.as_of.astimezone(VIETNAM).isoformat()
    ordered = {name: data[name] for name in Snapshot.model_fields if name in data}
    return json.dumps(ordered, ensure_ascii=False, indent=2) + "\n"
