"""Cross-checks of promises: what rules of the program read, and what targets and the matrix say."""

from collections.abc import Callable, Iterator

from service_policy.content.cross_references import Sources
from service_policy.content.library import Library
from service_policy.content.tree import Fault, Level, Path, Tree
from service_policy.promises.commitment import Commitment
from service_policy.promises.compensation_kinds import Multiplier
from service_policy.promises.target import TermRule
from service_policy.segments import GroupId, Matrix, SegmentId

_DATED: tuple[TermRule, ...] = ("progress", "review", "negotiation")


Needed = tuple[str, Callable[[Commitment], object], str, str, Level]
_NEEDED: tuple[Needed, ...] = (
    (
        "review_without_date",
        lambda one: one.ruled("review"),
        "chưa cam kết nào cho hạn xem xét lại, nên khách không yêu cầu được",
        "thêm vào terms của một cam kết: {value: 5, unit: working_days, rule: review}",
        "error",
    ),
    (
        "no_longest_time",
        lambda one: any(row.longest for row in one.targets),
        "chưa mục tiêu nào ghi longest: true, nên việc kéo dài không tự xử có lợi cho khách",
        "ghi longest: true ở dòng targets của hạn dài nhất",
        "warning",
    ),
    (
        "no_hand_off_limit",
        lambda one: any(row.hand_offs for row in one.targets),
        "chưa mục tiêu nào ghi hand_offs: true, nên chuyển phòng bao nhiêu lần cũng không bù",
        "ghi hand_offs: true ở dòng targets của số lần chuyển",
        "warning",
    ),
    (
        "no_progress",
        lambda one: one.ruled("progress"),
        "chưa cam kết nào hẹn bao lâu báo tiến độ một lần",
        "thêm vào terms của một cam kết: {value: 3, unit: working_days, rule: progress}",
        "warning",
    ),
)
"""What rules read from promises: code, which promise gives it, what is missing, the fix, level."""


def rules_have_what_they_need(library: Library, sources: Sources) -> Iterator[Fault]:
    """Each rule that reads a promise finds one, and somebody in danger finds a category."""
    if "cam-ket" not in sources.unread.kinds:
        tree = sources.of("cong-ty.yaml")
        for code, gives, message, fix, level in _NEEDED:
            if not any(map(gives, library.policy.versions)):
                yield tree.fault(("handling",), code, message, fix, level=level)
    if not any(one.danger for one in library.policy.categories):
        message = "chưa loại nào ghi danger: true, nên phiếu nguy hiểm không được làm trước"
        fix = "ghi danger: true ở loại có người đang gặp nguy hiểm"
        tree = sources.of("khieu-nai.yaml")
        yield tree.fault(("categories",), "no_danger", message, fix, level="warning")


def each_rule_reads_one_promise(library: Library, sources: Sources) -> Iterator[Fault]:
    """No two promises that hold today give one rule its number."""
    found: dict[str, str] = {}
    for commitment in library.commitments:
        tree = sources.of(commitment.path)
        for path, what in _read_by_rules(commitment):
            first = found.setdefault(what, commitment.id)
            if first != commitment.id:
                message = f"{what}: {first} đã cho con số này"
                yield tree.fault(path, "two_promises_for_a_rule", message, "giữ ở một cam kết")


def _read_by_rules(commitment: Commitment) -> Iterator[tuple[Path, str]]:
    for name, term in commitment.terms.items():
        # Each promise of a case may have a rhythm of its own in which its customer hears of us.
        if term.rule not in (None, "progress"):
            yield ("terms", name, "rule"), f"rule: {term.rule}"
    for index, row in enumerate(commitment.targets):
        if row.hand_offs:
            for segment in row.segments:
                yield ("targets", index, "hand_offs"), f"hand_offs cho {segment}"
    for index, rule in enumerate(commitment.compensation):
        if isinstance(rule, Multiplier):
            for segment in rule.segments:
                yield ("compensation", index, "kind"), f"multiplier cho {segment}"


def numbers_fit_their_rules(library: Library, sources: Sources) -> Iterator[Fault]:
    """A rule that makes a date needs a time; the multiple belongs to priority customers."""
    for commitment in library.policy.versions:
        tree = sources.of(commitment.path)
        for name, term in commitment.terms.items():
            within = term.quantity
            dated = within is not None and within.has_clock and within.value > 0
            if term.rule in _DATED and not dated:
                fix = "dùng working_days, working_hours, calendar_days…, số lớn hơn 0"
                message = f"rule: {term.rule} cần một thời hạn"
                yield tree.fault(("terms", name), "rule_without_time", message, fix)
        for index, rule in enumerate(commitment.compensation):
            if isinstance(rule, Multiplier) and not commitment.priority_only:
                message = "multiplier nhân mức bù của khách ưu tiên"
                fix = "ghi priority_only: true, hoặc chọn kind khác"
                path = ("compensation", index, "kind")
                yield tree.fault(path, "multiplier_for_all", message, fix)
        yield from _orders_have_one_limit(commitment, library, tree)


def _orders_have_one_limit(commitment: Commitment, library: Library, tree: Tree) -> Iterator[Fault]:
    """Orders come without a segment, so that one limit has to hold for all of them."""
    if "K6" not in commitment.indicators:
        return
    matrix = library.policy.matrix
    limits = {commitment.deadline(matrix, one) for one in commitment.scope.segments}
    if len(limits) != 1 or None in limits:
        message = "K6 đo mọi đơn bằng một thời hạn"
        fix = "ghi một dòng targets cho mọi phân khúc, hoặc bỏ K6"
        yield tree.fault(("indicators",), "more_than_one_limit", message, fix)


RULE_CHECKS = (rules_have_what_they_need, each_rule_reads_one_promise, numbers_fit_their_rules)


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
