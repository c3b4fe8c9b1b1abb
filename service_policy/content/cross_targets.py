"""Cross-checks of targets: each stands once, and the public matrix says what promises give."""

from collections.abc import Iterator

from service_policy.content.cross_references import Sources
from service_policy.content.faults import Fault
from service_policy.content.library import Library
from service_policy.promises.commitment import Commitment
from service_policy.segments import GroupId, Matrix, SegmentId


def _each_case_has_one_target(library: Library, sources: Sources) -> Iterator[Fault]:
    """No two targets of a promise are for the same segment, product group, case and place."""
    matrix = library.policy.matrix
    for commitment in library.policy.versions:
        tree, seen = sources.of(commitment.path), set()
        for index, row in enumerate(commitment.targets):
            mine = [cell for cell in row.cells(matrix) if cell.applies]
            if twice := next((cell for cell in mine if cell.key(matrix) in seen), None):
                yield tree.fault(
                    ("targets", index),
                    "target_twice",
                    f"{twice.segment} đã có mục tiêu ở một dòng trên; dòng này ghi {twice.words}",
                    "bỏ một dòng, hoặc thêm condition và label cho trường hợp riêng",
                )
            seen |= {cell.key(matrix) for cell in mine}


def _matrix_says_what_is_promised(library: Library, sources: Sources) -> Iterator[Fault]:
    """A number of the matrix is one that its promise gives to the same customers.

    Where another version of the promise gives it, only its day has come: a build at night goes on.
    """
    matrix, tree = library.policy.matrix, sources.of("phan-khuc.yaml")
    segments = {one.id for one in matrix.segments}
    for index, row in enumerate(matrix.matrix):
        current = next((one for one in library.commitments if one.id == row.commitment), None)
        others = [one for one in library.policy.versions if one.id == row.commitment]
        for place, entry in enumerate(row.cells if current else ()):
            said = str(entry.target)
            asked = [
                (segment, group)
                for segment in entry.segments
                for group in entry.product_groups
                if segment in segments and entry.target.not_applicable is None
            ]
            for segment, group in asked:
                if current and said not in _promised(current, matrix, segment, group):
                    dated = any(said in _promised(one, matrix, segment, group) for one in others)
                    yield tree.fault(
                        ("matrix", index, "cells", place, "target"),
                        "matrix_differs",
                        f"“{row.name}” ghi {said} cho {segment}, {row.commitment} không hứa số đó",
                        f"sửa ô này hoặc targets của {row.commitment} để hai nơi nói một điều",
                        level="warning" if dated else "error",
                    )
                    break


def _promised(
    commitment: Commitment, matrix: Matrix, segment: SegmentId, group: GroupId
) -> set[str]:
    """Return what a promise gives to a segment and a product group, in words."""
    cells = (one for one in commitment.cells(matrix) if one.segment == segment)
    return {one.words for one in cells if one.group in (None, group)}


TARGET_CHECKS = (_each_case_has_one_target, _matrix_says_what_is_promised)
