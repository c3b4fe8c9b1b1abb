"""Cross-checks: what no single file can know about itself."""

from collections.abc import Iterator

from service_policy.content.brand import colours_can_be_read
from service_policy.content.conditions import terms_are_defined
from service_policy.content.cross_addresses import ADDRESS_CHECKS, nothing_outlives_what_it_names
from service_policy.content.cross_approval import APPROVAL_CHECKS
from service_policy.content.cross_links import chrome_leads_somewhere, links_lead_somewhere
from service_policy.content.cross_products import PRODUCT_CHECKS
from service_policy.content.cross_proofs import PROOF_CHECKS
from service_policy.content.cross_references import (
    Sources,
    conditions_exist,
    laws_are_in_force,
    mentions_exist,
    names_exist,
)
from service_policy.content.cross_rules import RULE_CHECKS, TARGET_CHECKS
from service_policy.content.cross_versions import VERSION_CHECKS
from service_policy.content.cross_world import WORLD_CHECKS
from service_policy.content.library import Library
from service_policy.content.shape import papers_can_be_printed, texts_are_shown_as_meant
from service_policy.content.tree import Fault, Path
from service_policy.promises.compensation import MissingFact, amount
from service_policy.text import vnd


def cross_check(library: Library, sources: Sources) -> list[Fault]:
    """Return every fault between files."""
    checks = (
        _matrix_has_no_hole,
        _commitments_cover_their_scope,
        _examples_come_out,
        *VERSION_CHECKS,
        *APPROVAL_CHECKS,
        *RULE_CHECKS,
        *PROOF_CHECKS,
        _categories_only_shorten,
        names_exist,
        conditions_exist,
        mentions_exist,
        laws_are_in_force,
        *PRODUCT_CHECKS,
        *TARGET_CHECKS,
        *ADDRESS_CHECKS,
        *WORLD_CHECKS,
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
    for index, row in enumerate(matrix.matrix):
        path: Path = ("matrix", index)
        for group in matrix.groups:
            for segment in [one.id for one in matrix.segments]:
                cells = [
                    cell
                    for cell in row.cells
                    if group in cell.product_groups and segment in cell.segments
                ]
                if len(cells) != 1:
                    what = "trống" if not cells else "bị khai hai lần"
                    message = f"ô {row.name} × {group} × {segment} {what}"
                    fix = "mỗi ô có đúng một mục tiêu; không áp dụng thì ghi not_applicable: lý do"
                    yield tree.fault(path, "matrix_hole", message, fix)


def _commitments_cover_their_scope(library: Library, sources: Sources) -> Iterator[Fault]:
    for commitment in library.policy.versions:
        tree = sources.of(commitment.path)
        for segment in commitment.scope.segments:
            rules = [rule for rule in commitment.compensation if segment in rule.segments]
            if len(rules) != 1:
                message = f"{segment} có {len(rules)} dòng bù"
                fix = "mỗi phân khúc trong scope có đúng một dòng compensation"
                yield tree.fault(("compensation",), "compensation_gap", message, fix)
            if not any(segment in row.segments for row in commitment.targets):
                message = f"thiếu mục tiêu cho {segment}"
                fix = "thêm một dòng targets cho phân khúc này"
                yield tree.fault(("targets",), "target_gap", message, fix)
        conditions = {row.condition for row in commitment.targets} | {None}
        for index, part in enumerate(commitment.applies_to):
            if part.condition not in conditions:
                message = f"không có dòng targets nào với condition “{part.condition}”"
                fix = "thêm dòng đó vào targets, hoặc sửa tên"
                path = ("applies_to", index, "condition")
                yield tree.fault(path, "unknown_reference", message, fix)


def _examples_come_out(library: Library, sources: Sources) -> Iterator[Fault]:
    policy = library.policy
    for commitment in policy.versions:
        tree = sources.of(commitment.path)
        day = library.today if commitment.in_force(library.today) else commitment.effective_from
        for index, example in enumerate(commitment.examples):
            path: Path = ("examples", index)
            rule = commitment.rule(example.segment)
            if rule is None:
                fix = "chọn phân khúc có dòng compensation"
                yield tree.fault(path, "example_segment", "ví dụ ngoài phạm vi", fix)
                continue
            multiple = policy.priority_multiple(example.segment, day) if example.priority else 1
            try:
                owed = amount(rule, example.facts, multiple=multiple)
            except MissingFact as missing:
                fix = f"thêm {missing.name} vào facts"
                yield tree.fault((*path, "facts"), "example_facts", "ví dụ thiếu số liệu", fix)
                continue
            if owed.vnd != example.expect_vnd:
                message = f"tính ra {vnd(owed.vnd)} ({owed.formula})"
                fix = "sửa expect_vnd hoặc facts"
                yield tree.fault((*path, "expect_vnd"), "example_differs", message, fix)


_MINUTES = {"clock_minutes": 1, "working_minutes": 1, "clock_hours": 60, "working_hours": 60}


def _categories_only_shorten(library: Library, sources: Sources) -> Iterator[Fault]:
    """A category must not allow the usual customer more than the commitment, where units agree."""
    tree = sources.of("khieu-nai.yaml")
    matrix, usual = library.policy.matrix, library.policy.matrix.usual.id
    for index, category in enumerate(library.policy.categories):
        for field, stop in (("first_answer", "answered"), ("resolution", "resolved")):
            own = getattr(category, field)
            if own is None:
                continue
            for commitment in library.commitments:
                if commitment.stops_on != stop or commitment.priority_only:
                    continue
                if commitment.part_for("complaint", usual, category.id, None) is None:
                    continue
                target = commitment.deadline(matrix, usual)
                if target is None:
                    continue
                same_day = own.unit == target.unit == "working_days"
                both = own.unit in _MINUTES and target.unit in _MINUTES
                longer = (same_day and own.value > target.value) or (
                    both and own.value * _MINUTES[own.unit] > target.value * _MINUTES[target.unit]
                )
                if longer:
                    message = f"{own} dài hơn {commitment.id} ({target})"
                    fix = "chỉ được rút ngắn hạn; xóa dòng này để dùng hạn của cam kết"
                    yield tree.fault(("categories", index, field), "category_longer", message, fix)
