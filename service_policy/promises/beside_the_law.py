"""Which numbers of a promise stand beside a level of the law."""

from collections.abc import Mapping

from service_policy.promises.clock import Quantity
from service_policy.promises.commitment import Commitment
from service_policy.promises.legal_minimum import LegalMinimum
from service_policy.segments import Matrix, SegmentId


def beside(
    commitment: Commitment, level: LegalMinimum, matrix: Matrix
) -> Mapping[Quantity, tuple[SegmentId, ...]]:
    """Return each number of a promise beside a level of the law, with the segments it is for."""
    if level.term is not None:
        term = commitment.terms.get(level.term)
        number = term.quantity if term else None
        return {} if number is None else {number: commitment.scope.segments}
    found: dict[Quantity, dict[SegmentId, None]] = {}
    for cell in commitment.cells(matrix):
        if cell.row.condition == level.condition:
            for number in (cell.quantity("urban"), cell.quantity("province")):
                if number is not None:
                    found.setdefault(number, {})[cell.segment] = None
    return {number: tuple(segments) for number, segments in found.items()}
