"""Cross-checks of what a company says it has, and of which department does what."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from service_policy.content.cross_references import Sources
from service_policy.content.library import Library
from service_policy.content.tree import Fault, Path

MATRIX, TOPICS, ELEMENTS = "phan-khuc.yaml", "chu-de.yaml", "yeu-to-dich-vu.yaml"
BANKS = "ngan-hang.yaml"


def _declared_once(library: Library, sources: Sources) -> Iterator[Fault]:
    matrix, topics = library.policy.matrix, library.policy.topics
    for file, section, field, values in (
        (MATRIX, "product_groups", "id", matrix.groups),
        (MATRIX, "families", "id", [one.id for one in matrix.families]),
        (TOPICS, "topics", "id", [one.id for one in topics]),
        (TOPICS, "topics", "prefix", [one.prefix for one in topics]),
        (ELEMENTS, "elements", "number", [str(one.number) for one in library.elements]),
    ):
        tree, own = sources.of(file), list(values)
        for index, value in enumerate(own):
            if value in own[:index]:
                first = tree.place((section, own.index(value), field))[1]
                message = f"“{value}” đã dùng ở dòng {first}"
                path: Path = (section, index, field)
                yield tree.fault(path, "duplicate_id", message, "đặt giá trị khác")


def _codes_have_their_shape(library: Library, sources: Sources) -> Iterator[Fault]:
    pattern = library.policy.matrix.product_code
    for product in library.products:
        if not re.fullmatch(pattern, product.id):
            message = f"mã {product.id} không theo mẫu {pattern} của {MATRIX}"
            fix = "sửa mã, hoặc sửa product_code trong tệp đó"
            yield sources.of(product.path).fault(("id",), "wrong_code", message, fix)
    for entry in library.faq:
        topic = library.policy.topic(entry.topic)
        if topic is not None and entry.id.rpartition("-")[0] != topic.prefix:
            message = f"mã {entry.id} không bắt đầu bằng {topic.prefix}-, chữ của “{topic.name}”"
            fix = f"đặt mã {topic.prefix}-…, hoặc sửa topic"
            yield sources.of(entry.path).fault(("id",), "wrong_prefix", message, fix)


def _energy_labels_are_told(library: Library, sources: Sources) -> Iterator[Fault]:
    wanted = {one.id: one for one in library.policy.matrix.families if one.energy_label}
    for product in library.products:
        family = wanted.get(product.family)
        if family is not None and product.label.energy is None:
            law = library.legal.get(family.law or "")
            yield sources.of(product.path).fault(
                (),
                "no_energy_label",
                f"nhãn thiếu energy (nhãn năng lượng, theo {law.short if law else family.law})",
                "thêm label.energy: mức trên nhãn năng lượng, hoặc vì sao không có",
            )


def _departments_are_told_apart(library: Library, sources: Sources) -> Iterator[Fault]:
    """An id or a name, of today or of before, belongs to one department alone."""
    tree = sources.of("cong-ty.yaml")
    seen: Counter[str] = Counter()
    for index, one in enumerate(library.company.departments):
        names: dict[Path, str] = {("id",): one.id, ("name",): one.name}
        names |= {("formerly", number): name for number, name in enumerate(one.formerly)}
        for field, name in names.items():
            if seen[name] and not (field == ("name",) and one.name == one.id):
                path: Path = ("departments", index, *field)
                fix = "mỗi phòng một mã, một tên; tên cũ ghi ở formerly của một phòng"
                yield tree.fault(path, "same_department", f"hai phòng cùng là “{name}”", fix)
            seen[name] += 1


def _everything_filed_has_a_route(library: Library, sources: Sources) -> Iterator[Fault]:
    """Each kind that can be filed, about each topic that forms offer, has a department."""
    tree, company = sources.of("cong-ty.yaml"), library.company
    offered = library.policy.matrix.may_be_asked
    for kind, topics in (library.declared.topics if library.declared else {}).items():
        for topic in filter(offered, topics or (None,)):
            if company.route(kind, topic) is None:
                message = f"không phòng nào nhận {kind}{f' về {topic}' if topic else ''}"
                fix = f"thêm {{kind: {kind}, department: mã phòng}} vào routes"
                yield tree.fault(("routes",), "no_route", message, fix)


def _routes_are_of_what_is_filed(library: Library, sources: Sources) -> Iterator[Fault]:
    """Each route is of a kind that can be filed, of its topics, and of what nobody else takes."""
    if library.declared is None:
        return
    tree, declared = sources.of("cong-ty.yaml"), library.declared.topics
    taken: Counter[tuple[str | None, str | None]] = Counter()
    for index, route in enumerate(library.company.routes):
        path: Path = ("routes", index)
        if route.kind is not None and route.kind not in declared:
            fix = f"chọn {', '.join(declared)}; khiếu nại về phòng ghi ở khieu-nai.yaml"
            yield tree.fault((*path, "kind"), "unknown_kind", f"không có loại {route.kind}", fix)
            continue
        known = declared[route.kind] if route.kind else ()
        for position, topic in enumerate(route.topics):
            if topic not in known:
                fix = f"chọn {', '.join(known)}" if known else "bỏ topics"
                place = (*path, "topics", position)
                message = f"{route.kind or 'dòng không có kind'} không có {topic}"
                yield tree.fault(place, "unknown_topic", message, fix)
        for one in route.topics or (None,):
            taken[route.kind, one] += 1
            if taken[route.kind, one] == 2:
                what = one or "mọi việc còn lại"
                message = f"{route.kind or 'mọi loại còn lại'}, {what}: hai phòng cùng nhận"
                yield tree.fault(path, "two_routes", message, "giữ một dòng")


def _promises_are_for_kinds_that_exist(library: Library, sources: Sources) -> Iterator[Fault]:
    """A promise is for cases of a kind that the portal knows."""
    if library.declared is None:
        return
    known = library.declared.kinds
    for commitment in library.policy.versions:
        tree = sources.of(commitment.path)
        for index, part in enumerate(commitment.applies_to):
            if part.kind not in known:
                message = f"không có loại phiếu {part.kind}"
                place = ("applies_to", index, "kind")
                yield tree.fault(place, "unknown_kind", message, f"chọn {', '.join(known)}")


def _limits_are_for_kinds_that_exist(library: Library, sources: Sources) -> Iterator[Fault]:
    """A department's limit is for cases of a kind that the portal knows."""
    if library.declared is None:
        return
    tree, known = sources.of("cong-ty.yaml"), library.declared.kinds
    for index, department in enumerate(library.company.departments):
        for number, limit in enumerate(department.limits):
            for position, kind in enumerate(limit.kinds):
                if kind not in known:
                    place = ("departments", index, "limits", number, "kinds", position)
                    fix = f"chọn {', '.join(known)}"
                    yield tree.fault(place, "unknown_kind", f"không có loại phiếu {kind}", fix)


def _banks_are_looked_at(library: Library, sources: Sources) -> Iterator[Fault]:
    """Banks merge and change their names: a list of long ago sends money to nobody."""
    banks = library.policy.banks
    if banks.is_old(library.today):
        message = f"danh sách ngân hàng lấy ngày {banks.as_of:%d/%m/%Y}, đã quá một năm"
        fix = "đối chiếu lại danh sách, rồi ghi ngày mới"
        yield sources.of(BANKS).fault(("as_of",), "old_banks", message, fix, level="warning")


def _policy_has_partners(library: Library, sources: Sources) -> Iterator[Fault]:
    """The partner policy is for a segment that has it."""
    if library.policy.matrix.allowed("partner") is None:
        for part in library.partners:
            fix = "thêm partner: true vào một phân khúc trong phan-khuc.yaml, hoặc xóa tệp này"
            message = "không phân khúc nào có chính sách đối tác"
            yield sources.of(part.path).fault(("id",), "no_partner", message, fix)


WORLD_CHECKS: tuple[Callable[[Library, Sources], Iterator[Fault]], ...] = (
    _declared_once,
    _codes_have_their_shape,
    _energy_labels_are_told,
    _departments_are_told_apart,
    _everything_filed_has_a_route,
    _routes_are_of_what_is_filed,
    _promises_are_for_kinds_that_exist,
    _limits_are_for_kinds_that_exist,
    _banks_are_looked_at,
    _policy_has_partners,
)
"""The checks of this module, in the order in which their faults are listed."""
