"""Cross-checks of who does what, and of what the rules need to be told by the content."""

from collections import Counter
from collections.abc import Iterator

from service_policy.cases.filing.commands import TOPICS
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
    for kind, topics in TOPICS.items():
        for topic in filter(offered, topics):
            if company.route(kind, topic) is None:
                yield tree.fault(
                    ("routes",),
                    "no_route",
                    f"không phòng nào nhận {kind}{f' về {topic}' if topic else ''}",
                    f"thêm {{kind: {kind}, department: mã phòng}} vào routes",
                )
    taken: Counter[tuple[str, str | None]] = Counter()
    for index, route in enumerate(company.routes):
        path: Path = ("routes", index)
        if route.kind not in TOPICS:
            fix = f"chọn {', '.join(TOPICS)}; khiếu nại về phòng ghi ở khieu-nai.yaml"
            yield tree.fault((*path, "kind"), "unknown_kind", f"không có loại {route.kind}", fix)
            continue
        known = [one for one in TOPICS[route.kind] if one is not None]
        for position, topic in enumerate(route.topics):
            if topic not in known:
                fix = f"chọn {', '.join(known)}" if known else "bỏ topics"
                place = (*path, "topics", position)
                yield tree.fault(place, "unknown_topic", f"{route.kind} không có {topic}", fix)
        for topic in route.topics or (None,):
            taken[route.kind, topic] += 1
            if taken[route.kind, topic] == 2:
                what = topic or "mọi việc còn lại"
                message = f"{route.kind}, {what}: hai phòng cùng nhận"
                yield tree.fault(path, "two_routes", message, "giữ một dòng")


ROLE_CHECKS = (departments_are_told_apart, everything_filed_has_a_route)
