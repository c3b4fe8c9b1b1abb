"""Checks of segments: who is named exists, and what is only for some is there for somebody."""

from collections.abc import Iterator
from difflib import get_close_matches

from service_policy.content.cross_references import Sources
from service_policy.content.faults import Fault
from service_policy.content.library import Library
from service_policy.content.tree import Path, Tree
from service_policy.segments import Matrix


def unknown_segments(tree: Tree, matrix: Matrix) -> list[Fault]:
    """Report every segment that a file names and ``phan-khuc.yaml`` does not declare."""
    known = [one.id for one in matrix.segments]
    faults = []
    for path, named in tree.strings():
        if _names_segment(path) and named.strip() not in known:
            near = get_close_matches(named, known, n=1, cutoff=0.6) or known
            fix = f"chọn {', '.join(near)}, hoặc khai thêm phân khúc trong phan-khuc.yaml"
            message = f"không có phân khúc “{named}”"
            faults.append(tree.fault(path, "unknown_segment", message, fix))
    return faults


def add_former_ids(tree: Tree, matrix: Matrix) -> None:
    """Give what a file says of a segment to the ids that old cases know it by, too."""
    former = {one.id: one.ids for one in matrix.segments if one.formerly}
    named: dict[Path, list[str]] = {}
    for path, text in tree.strings() if former else ():
        if path[-1] != "segment" and _names_segment(path):
            named.setdefault(path[:-1], []).extend(former.get(text.strip(), (text,)))
    for path, ids in named.items():
        tree.put(path, ids)


def _names_segment(path: Path) -> bool:
    """Say whether a value is the id of a segment: ``segment: x``, or an item of ``segments``."""
    return path[-1:] == ("segment",) or path[-2:-1] == ("segments",)


def _policy_has_partners(library: Library, sources: Sources) -> Iterator[Fault]:
    """The partner policy is for a segment that has it."""
    if library.policy.matrix.allowed("partner") is None:
        for part in library.partners:
            fix = "thêm partner: true vào một phân khúc trong phan-khuc.yaml, hoặc xóa tệp này"
            message = "không phân khúc nào có chính sách đối tác"
            yield sources.of(part.path).fault(("id",), "no_partner", message, fix)


SEGMENT_CHECKS = (_policy_has_partners,)
