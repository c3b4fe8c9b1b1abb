"""Cross-checks of who does what, and of what the rules need to be told by the content."""

from collections import Counter
from collections.abc import Iterator

from service_policy.content.cross_references import Sources
from service_policy.content.faults import Fault
from service_policy.content.library import Library
from service_policy.content.tree import Path


def departments_are_told_apart(library: Library, sources: Sources) -> Iterator[Fault]:
    """An id or a name, of today or of before, belongs to one department alone."""
    tree = sources.of("cong-ty.yaml")
    seen: Counter[str] = Counter()
    for index, one in enumerate(library.company.departments):
        names = {"id": one.id, "name": one.name} | {
            f"formerly.{number}": name for number, name in enumerate(one.formerly)
        }
        for field, name in names.items():
            if seen[name] and not (field == "name" and one.name == one.id):
                path: Path = ("departments", index, *_path(field))
                fix = "mỗi phòng một mã, một tên; tên cũ ghi ở formerly của một phòng"
                yield tree.fault(path, "same_department", f"hai phòng cùng là “{name}”", fix)
            seen[name] += 1


def _path(field: str) -> Path:
    name, _, number = field.partition(".")
    return (name, int(number)) if number else (name,)


def everything_filed_has_a_route(library: Library, sources: Sources) -> Iterator[Fault]:
    """Each kind that can be filed, about each topic that forms offer, has a department."""
    tree, company = sources.of("cong-ty.yaml"), library.company
    offered = library.policy.matrix.may_be_asked
    for kind, topics in (library.declared.topics if library.declared else {}).items():
        for topic in filter(offered, topics or (None,)):
            if company.route(kind, topic) is None:
                yield tree.fault(
                    ("routes",),
                    "no_route",
                    f"không phòng nào nhận {kind}{f' về {topic}' if topic else ''}",
                    f"thêm {{kind: {kind}, department: mã phòng}} vào routes",
                )


def routes_are_of_what_is_filed(library: Library, sources: Sources) -> Iterator[Fault]:
    """Each route is of a kind that can be filed, of its topics, and of what nobody else takes."""
    if library.declared is None:
        return
    tree, declared = sources.of("cong-ty.yaml"), library.declared.topics
    taken: Counter[tuple[str, str | None]] = Counter()
    for index, route in enumerate(library.company.routes):
        path: Path = ("routes", index)
        if route.kind not in declared:
            fix = f"chọn {', '.join(declared)}; khiếu nại về phòng ghi ở khieu-nai.yaml"
            yield tree.fault((*path, "kind"), "unknown_kind", f"không có loại {route.kind}", fix)
            continue
        known = declared[route.kind]
        for position, topic in enumerate(route.topics):
            if topic not in known:
                fix = f"chọn {', '.join(known)}" if known else "bỏ topics"
                place = (*path, "topics", position)
                yield tree.fault(place, "unknown_topic", f"{route.kind} không có {topic}", fix)
        for one in route.topics or (None,):
            taken[route.kind, one] += 1
            if taken[route.kind, one] == 2:
                what = one or "mọi việc còn lại"
                message = f"{route.kind}, {what}: hai phòng cùng nhận"
                yield tree.fault(path, "two_routes", message, "giữ một dòng")


def promises_are_for_kinds_that_exist(library: Library, sources: Sources) -> Iterator[Fault]:
    """A promise is for cases of a kind that the portal knows."""
    if library.declared is None:
        return
    known = library.declared.kinds
    for commitment in library.policy.versions:
        tree = sources.of(f"{commitment.id}/{commitment.version}")
        for index, part in enumerate(commitment.applies_to):
            if part.kind not in known:
                message = f"không có loại phiếu {part.kind}"
                place = ("applies_to", index, "kind")
                yield tree.fault(place, "unknown_kind", message, f"chọn {', '.join(known)}")


ROLE_CHECKS = (
    departments_are_told_apart,
    everything_filed_has_a_route,
    routes_are_of_what_is_filed,
    promises_are_for_kinds_that_exist,
)
