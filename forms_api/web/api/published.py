"""What is published as JSON: the commitments of today, and what a search found."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from search_index.server import Hit
from service_policy.calendar import VIETNAM
from service_policy.clock import Quantity
from service_policy.commitments import Commitment
from service_policy.policy import Policy
from service_policy.segments import Matrix
from service_policy.targets import TargetRow


def commitments(policy: Policy, now: datetime) -> dict[str, Any]:
    """Return the commitments in force on the day of ``now``, with the policy's fingerprint."""
    day = now.astimezone(VIETNAM).date()
    return {
        "fingerprint": policy.fingerprint,
        "as_of": day.isoformat(),
        "commitments": [_commitment(one, policy) for one in policy.commitments(day)],
    }


def search_result(hit: Hit) -> dict[str, Any]:
    """Return a document found; title and snippet are plain text."""
    return {
        "id": hit.id,
        "kind": hit.kind,
        "title": str(hit.title),
        "url": hit.url,
        "snippet": str(hit.snippet),
    }


def _commitment(one: Commitment, policy: Policy) -> dict[str, Any]:
    return {
        "id": one.id,
        "version": one.version,
        "title": one.title,
        "url": one.url,
        "effective_from": one.effective_from.isoformat(),
        "promise": one.promise,
        "measure": one.measure,
        "owner": {
            "role": one.owner.role,
            "department": policy.company.department_name(one.owner.department),
        },
        "applies_to": [
            {
                "kind": part.kind,
                "categories": list(part.categories),
                "topics": list(part.topics),
            }
            for part in one.applies_to
        ],
        "targets": [target for row in one.targets for target in _targets(row, policy.matrix)],
        "compensation": [
            {
                "segments": _declared(rule.segments, policy.matrix),
                "kind": rule.kind,
                "text": rule.describe(),
            }
            for rule in one.compensation
        ],
        "pay_within": _quantity(one.pay_within),
        "late_payment_add_vnd": one.late_payment_add_vnd,
    }


def _targets(row: TargetRow, matrix: Matrix) -> Iterator[dict[str, Any]]:
    """Tell the targets of a row; segments and groups that share one as the content has them."""
    for _, shared in groupby(row.cells(matrix), key=lambda cell: cell.entry):
        cells = tuple(shared)
        quantity = cells[0].quantity()
        yield {
            "condition": row.condition,
            "place": row.place,
            "segments": _declared(dict.fromkeys(cell.segment for cell in cells), matrix),
            "product_groups": [one for one in dict.fromkeys(cell.group for cell in cells) if one],
            "value": quantity.value if quantity else None,
            "unit": quantity.unit if quantity else None,
            "text": cells[0].words,
        }


def _declared(segments: Iterable[str], matrix: Matrix) -> list[str]:
    """Leave out ids that only old cases know."""
    ids = {one.id for one in matrix.segments}
    return [one for one in segments if one in ids]


def _quantity(quantity: Quantity) -> dict[str, Any]:
    return {"value": quantity.value, "unit": quantity.unit, "text": quantity.as_deadline()}
