"""Cross-checks: what no single file can know about itself."""

from collections.abc import Iterator

from service_policy.compensation import MissingFact, amount
from service_policy.content.brand import colours_can_be_read
from service_policy.content.conditions import terms_are_defined
from service_policy.content.cross_addresses import ADDRESS_CHECKS
from service_policy.content.cross_facts import FACT_CHECKS
from service_policy.content.cross_links import chrome_leads_somewhere, links_lead_somewhere
from service_policy.content.cross_products import PRODUCT_CHECKS
from service_policy.content.cross_publication import nothing_outlives_what_it_names
from service_policy.content.cross_references import (
    Sources,
    laws_are_in_force,
    mentions_exist,
    references_exist,
)
from service_policy.content.cross_sheets import SHEET_CHECKS
from service_policy.content.cross_time import TIME_CHECKS
from service_policy.content.faults import Fault
from service_policy.content.library import Library, page_urls
from service_policy.content.paper import papers_can_be_printed
from service_policy.content.shape import texts_are_shown_as_meant
from service_policy.content.tree import Path
from service_policy.segments import GROUPS, SEGMENTS
from service_policy.text import vnd


def cross_check(library: Library, sources: Sources) -> list[Fault]:
    """Return every fault between files."""
    checks = (
        _matrix_has_no_hole,
        _commitments_cover_their_scope,
        _examples_come_out,
        _versions_follow_each_other,
        _departments_exist,
        _categories_only_shorten,
        references_exist,
        mentions_exist,
        laws_are_in_force,
        *SHEET_CHECKS,
        *PRODUCT_CHECKS,
        *FACT_CHECKS,
        *TIME_CHECKS,
        *ADDRESS_CHECKS,
        _elements_are_complete,
        links_lead_somewhere,
        chrome_leads_somewhere,
        colours_can_be_read,
        texts_are_shown_as_meant,
        papers_can_be_printed,
        nothing_outlives_what_it_names,
        terms_are_defined,
    )
    return [fault for check in checks for fault in check(library, sources)]


def _matrix_has_no_hole(library: Library, sources: Sources) -> Iterator[Fault]:
    tree, matrix = sources.of("phan-khuc.yaml"), library.policy.matrix
    known = {commitment.id for commitment in library.policy.versions}
    for index, row in enumerate(matrix.matrix):
        path: Path = ("matrix", index)
        if row.commitment not in known:
            yield tree.fault(
                (*path, "commitment"), "unknown_reference", f"không có {row.commitment}", "sửa mã"
            )
        for group in GROUPS:
            for segment in SEGMENTS:
                cells = [
                    cell
                    for cell in row.cells
                    if group in cell.product_groups and segment in cell.segments
                ]
                if len(cells) != 1:
                    what = "trống" if not cells else "bị khai hai lần"
                    yield tree.fault(
                        path,
                        "matrix_hole",
                        f"ô {row.name} × {group} × {segment} {what}",
                        "mỗi ô có đúng một mục tiêu; không áp dụng thì ghi not_applicable: lý do",
                    )


def _commitments_cover_their_scope(library: Library, sources: Sources) -> Iterator[Fault]:
    for commitment in library.policy.versions:
        tree = sources.of(f"{commitment.id}/{commitment.version}")
        for segment in commitment.scope.segments:
            rules = [rule for rule in commitment.compensation if segment in rule.segments]
            if len(rules) != 1:
                yield tree.fault(
                    ("compensation",),
                    "compensation_gap",
                    f"{segment} có {len(rules)} dòng bù",
                    "mỗi phân khúc trong scope có đúng một dòng compensation",
                )
            if not any(segment in row.segments for row in commitment.targets):
                yield tree.fault(
                    ("targets",),
                    "target_gap",
                    f"thiếu mục tiêu cho {segment}",
                    "thêm một dòng targets cho phân khúc này",
                )
        for index, row in enumerate(commitment.targets):
            if row.matrix is not None and library.policy.matrix.row(row.matrix) is None:
                rows = ", ".join(one.id for one in library.policy.matrix.matrix)
                yield tree.fault(
                    ("targets", index, "matrix"),
                    "unknown_reference",
                    f"không có hàng “{row.matrix}” trong phan-khuc.yaml",
                    f"chọn {rows}",
                )
        conditions = {row.condition for row in commitment.targets} | {None}
        for index, part in enumerate(commitment.applies_to):
            if part.condition not in conditions:
                yield tree.fault(
                    ("applies_to", index, "condition"),
                    "unknown_reference",
                    f"không có dòng targets nào với condition “{part.condition}”",
                    "thêm dòng đó vào targets, hoặc sửa tên",
                )


def _examples_come_out(library: Library, sources: Sources) -> Iterator[Fault]:
    for commitment in library.policy.versions:
        tree = sources.of(f"{commitment.id}/{commitment.version}")
        for index, example in enumerate(commitment.examples):
            path: Path = ("examples", index)
            rule = commitment.rule(example.segment)
            if rule is None:
                fix = "chọn phân khúc có dòng compensation"
                yield tree.fault(path, "example_segment", "ví dụ ngoài phạm vi", fix)
                continue
            try:
                owed = amount(rule, example.facts, multiple=2 if example.priority else 1)
            except MissingFact as missing:
                fix = f"thêm {missing.name} vào facts"
                yield tree.fault((*path, "facts"), "example_facts", "ví dụ thiếu số liệu", fix)
                continue
            if owed.vnd != example.expect_vnd:
                yield tree.fault(
                    (*path, "expect_vnd"),
                    "example_differs",
                    f"tính ra {vnd(owed.vnd)} ({owed.formula})",
                    "sửa expect_vnd hoặc facts",
                )


def _versions_follow_each_other(library: Library, sources: Sources) -> Iterator[Fault]:
    by_id: dict[str, list[int]] = {}
    for commitment in sorted(library.policy.versions, key=lambda one: (one.id, one.version)):
        by_id.setdefault(commitment.id, []).append(commitment.version)
        tree = sources.of(f"{commitment.id}/{commitment.version}")
        later = [
            one
            for one in library.policy.versions
            if one.id == commitment.id and one.version == commitment.version + 1
        ]
        if later and later[0].effective_from <= commitment.effective_from:
            fix = "phiên bản sau phải có ngày áp dụng muộn hơn"
            yield tree.fault(
                ("effective_from",), "versions_overlap", "ngày áp dụng chồng nhau", fix
            )
    for commitment_id, versions in by_id.items():
        if "cam-ket" not in sources.unread.kinds and versions != list(range(1, len(versions) + 1)):
            tree = sources.of(f"{commitment_id}/{versions[0]}")
            fix = "giữ mọi phiên bản cũ, đánh số 1, 2, 3…"
            yield tree.fault(
                ("version",), "versions_missing", f"thiếu phiên bản cũ của {commitment_id}", fix
            )


def _departments_exist(library: Library, sources: Sources) -> Iterator[Fault]:
    known = [department.id for department in library.company.departments]
    fix = f"chọn {', '.join(known)}"
    for field, named in _departments_in_company(library):
        if named not in known:
            tree = sources.of("cong-ty.yaml")
            yield tree.fault(field, "unknown_department", f"không có phòng “{named}”", fix)
    for commitment in library.policy.versions:
        if commitment.owner.department not in known:
            tree = sources.of(f"{commitment.id}/{commitment.version}")
            message = f"không có phòng “{commitment.owner.department}”"
            yield tree.fault(("owner", "department"), "unknown_department", message, fix)
    for index, category in enumerate(library.policy.categories):
        if category.department not in known:
            tree = sources.of("khieu-nai.yaml")
            path: Path = ("categories", index, "department")
            message = f"không có phòng “{category.department}”"
            yield tree.fault(path, "unknown_department", message, fix)


def _departments_in_company(library: Library) -> Iterator[tuple[Path, str]]:
    """Yield every department that the company's own file names, and where."""
    for index, rung in enumerate(library.company.handling.escalation):
        yield ("handling", "escalation", index, "department"), rung.department
    decisions = library.company.decisions
    for name in ("refuse", "sign", "review"):
        decider = getattr(decisions, name)
        if decider.department is not None:
            yield ("decisions", name, "department"), decider.department
    for index, department in enumerate(library.company.departments):
        for number, limit in enumerate(department.limits):
            path: Path = ("departments", index, "limits", number, "serves")
            for position, served in enumerate(limit.serves):
                if served not in ("khach", "tat-ca"):
                    yield (*path, position), served


_MINUTES = {"clock_minutes": 1, "working_minutes": 1, "clock_hours": 60, "working_hours": 60}


def _categories_only_shorten(library: Library, sources: Sources) -> Iterator[Fault]:
    """A category in the same kind of unit must not allow more than the commitment."""
    tree = sources.of("khieu-nai.yaml")
    matrix = library.policy.matrix
    for index, category in enumerate(library.policy.categories):
        for field, stop in (("first_answer", "answered"), ("resolution", "resolved")):
            own = getattr(category, field)
            if own is None:
                continue
            for commitment in library.commitments:
                if commitment.stops_on != stop or commitment.priority_only:
                    continue
                if commitment.part_for("complaint", "household", category.id, None) is None:
                    continue
                target = commitment.deadline(matrix, "household")
                if target is None:
                    continue
                same_day = own.unit == target.unit == "working_days"
                both = own.unit in _MINUTES and target.unit in _MINUTES
                longer = (same_day and own.value > target.value) or (
                    both and own.value * _MINUTES[own.unit] > target.value * _MINUTES[target.unit]
                )
                if longer:
                    yield tree.fault(
                        ("categories", index, field),
                        "category_longer",
                        f"{own} dài hơn {commitment.id} ({target})",
                        "chỉ được rút ngắn hạn; xóa dòng này để dùng hạn của cam kết",
                    )


def _elements_are_complete(library: Library, sources: Sources) -> Iterator[Fault]:
    tree = sources.of("yeu-to-dich-vu.yaml")
    numbers = [element.number for element in library.elements]
    if sorted(numbers) != list(range(1, 25)):
        fix = "đánh số từ 1 đến 24, mỗi số một lần"
        yield tree.fault(("elements",), "elements_incomplete", "không đủ 24 yếu tố dịch vụ", fix)
    known = page_urls(library)
    commitments = {one.id for one in library.policy.versions}
    for index, element in enumerate(library.elements):
        if element.page not in known:
            path: Path = ("elements", index, "page")
            message = f"không có trang {element.page}"
            yield tree.fault(path, "unknown_page", message, "viết trang đó hoặc sửa đường dẫn")
        for position, target in enumerate(element.commitments):
            if target not in commitments:
                path = ("elements", index, "commitments", position)
                yield tree.fault(path, "unknown_reference", f"không có {target}", "sửa mã")
