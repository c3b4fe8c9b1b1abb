"""What the content declares is what the rules apply and what the pages say: one source for both."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from plugins import scorecard_view
from service_policy.actors import CUSTOMER
from service_policy.cases import FileCase, decide, fold
from service_policy.cases.holding.clocks import ladder
from service_policy.cases.refusal.review import Appeal
from service_policy.content import Library, check, read
from service_policy.promises.policy import Policy
from service_policy.scorecard import measure
from service_policy.scorecard.histories import histories, period_of
from service_policy.scorecard.orders import confirmed_in_time, read_orders
from tests.service_policy.broken_content import Breaker, swap
from tests.service_policy.conftest import TODAY, local
from tests.service_policy.story import MONDAY, Story

CK_02, CK_03, CK_07, CK_10, CK_16, CK_17 = (
    f"cam-ket/ck-{number:02}.md" for number in (2, 3, 7, 10, 16, 17)
)
COMPANY, CATEGORIES = "cong-ty.yaml", "khieu-nai.yaml"
LIMIT = "{segments: [household, dealer, project], value: 4, unit: working_hours}"
ORDERS = (
    "order_no,received_at,confirmed_at,due_on,delivered_on,lines_ordered,lines_delivered,"
    "units_ordered,units_delivered\n"
    "DH-1,2026-12-01T08:00:00+07:00,2026-12-01T14:00:00+07:00,,,1,1,1,1\n"
)
"""One order, confirmed five working hours after it came."""


def changed(content: Path, *changes: Breaker) -> Library:
    """Read the content after an editor changed it; nothing else may have become wrong."""
    for change in changes:
        change(content)
    return read(content, TODAY)


def formula(library: Library, indicator: str) -> str:
    lines = scorecard_view.lines(library.scorecards, library.policy, TODAY)
    return next(one.formula for one in lines if one.indicator.id == indicator)


def test_orders_are_measured_and_told_by_the_limit_of_the_promise(
    content: Path, library: Library
) -> None:
    longer = changed(content, swap(CK_10, LIMIT, LIMIT.replace("4", "6")))
    orders, december = read_orders(ORDERS.encode()), period_of("2026-12", local("2026-12-31T09:00"))
    for read_library, hours, kept in ((library, 4, 0), (longer, 6, 1)):
        figure = confirmed_in_time(orders, december, read_library.policy)
        assert (figure.numerator, figure.denominator) == (kept, 1)
        assert f"trong {hours} giờ làm việc từ lúc nhận" in formula(read_library, "K6")


def test_an_order_is_measured_by_the_promise_of_its_own_day(
    library: Library,
) -> None:
    (old,) = library.policy.feeding("K6", TODAY)
    row = old.targets[0].model_copy(update={"value": 6})
    new = old.model_copy(
        update={"version": 2, "effective_from": date(2026, 12, 2), "targets": (row,)}
    )
    policy = replace(library.policy, versions=(*library.policy.versions, new))
    later = ORDERS.replace("2026-12-01T", "2026-12-03T")
    december = period_of("2026-12", local("2026-12-31T09:00"))
    kept = [
        confirmed_in_time(read_orders(one.encode()), december, policy).numerator
        for one in (ORDERS, later)
    ]
    assert kept == [0, 1]


def test_without_a_promise_orders_are_not_measured(content: Path) -> None:
    library = changed(content, swap(CK_10, "indicators: [K6]", "indicators: []"))
    orders, december = read_orders(ORDERS.encode()), period_of("2026-12", local("2026-12-31T09:00"))
    figure = confirmed_in_time(orders, december, library.policy)
    assert figure.denominator is None
    assert "Chưa cam kết nào" in (figure.note or "")
    assert "trong hạn đã hứa từ lúc nhận" in formula(library, "K6")


def test_a_repeated_fault_is_told_by_the_term(content: Path, library: Library) -> None:
    longer = changed(content, swap(CK_07, "{value: 6, unit: cal", "{value: 9, unit: cal"))
    assert "cùng lỗi trong 6 tháng," in formula(library, "K7")
    assert "cùng lỗi trong 9 tháng," in formula(longer, "K7")


def test_the_multiple_for_priority_customers_holds_in_examples_prose_and_money(
    content: Path, policy: Policy
) -> None:
    library = changed(
        content,
        swap(CK_17, "kind: multiplier, multiple: 2", "kind: multiplier, multiple: 3"),
        swap(CK_17, "expect_vnd: 100000", "expect_vnd: 150000"),
        swap(CK_17, "expect_vnd: 360000", "expect_vnd: 540000"),
        swap(
            CK_02,
            "{late_working_days: 1}, expect_vnd: 100000",
            "{late_working_days: 1}, expect_vnd: 150000",
        ),
    )
    for one, owed in ((policy, 100_000), (library.policy, 150_000)):
        late = Story(one, priority=True).owned().at("2026-12-01T09:01")
        assert late.owed("CK-17") + late.owed("CK-02") == owed
    told = next(one for one in library.commitments if one.id == "CK-02")
    assert "gấp 3 lần theo [CK-17]" in told.body
    assert "gấp 3 lần theo CK-17" in told.examples[1].text


@pytest.mark.parametrize("most", [1, 2])
def test_one_hand_off_more_than_promised_is_a_miss(content: Path, most: int) -> None:
    row = "condition: handoffs, value: {}, unit"
    changes = () if most == 1 else (swap(CK_16, row.format(1), row.format(most)),)
    story = Story(changed(content, *changes).policy)
    for number, to in enumerate(("ky-thuat", "kho-van", "qa", "ky-thuat"), 1):
        story.hand_off(to)
        missed = [one.commitment_id for one in story.case.promises if one.missed_at]
        assert missed == (["CK-16"] if number > most else [])


def test_a_matter_is_decided_for_the_customer_after_the_row_that_says_longest(
    content: Path,
) -> None:
    longer = changed(content, swap(CK_03, "value: 15, unit", "value: 20, unit")).policy
    for moment, decided in (("2026-12-22T09:00", False), ("2026-12-30T09:00", True)):
        story = Story(longer).owned().answer().at(moment)
        assert (story.case.in_favour_at is not None) is decided


def test_reviews_and_negotiations_are_dated_by_their_terms_and_named_by_the_company(
    content: Path,
) -> None:
    policy = changed(
        content,
        swap(
            CK_16,
            "{value: 5, unit: working_days, rule: review}",
            "{value: 2, unit: working_days, rule: review}",
        ),
        swap(
            CK_16,
            "{value: 7, unit: working_days, rule",
            "{value: 3, unit: working_days, rule",
        ),
        swap(COMPANY, "negotiate: [cskh, phap-che]", "negotiate: [kinh-doanh, qa]"),
    ).policy
    story = Story(policy).refuse().do(Appeal(CUSTOMER))
    assert story.case.review is not None
    assert story.case.review.review_by == local("2026-12-02T17:00")
    rung = next(
        one for one in ladder(story.case, policy, story.now, None) if "Thương lượng" in one.name
    )
    assert rung.who == "Kinh doanh và Bảo đảm chất lượng"
    assert rung.answer_by == local("2026-12-03T17:00")


def test_new_cases_go_where_the_company_routes_them(content: Path) -> None:
    policy = changed(
        content,
        swap(COMPANY, "question, department: cskh", "question, department: qa"),
        swap(COMPANY, "topics: [delivery_status, delivery_schedule]", "topics: [balance]"),
    ).policy
    question = FileCase("question", "household")
    asked = FileCase("invoice_inquiry", "dealer", topic="balance")
    late = replace(asked, topic="delivery_status")
    owners = [
        fold(decide(None, one, policy, MONDAY)).owner_department for one in (question, asked, late)
    ]
    assert owners == ["qa", "kho-van", "ke-toan"]


def test_danger_and_warranty_are_what_the_category_says(content: Path) -> None:
    policy = changed(
        content,
        swap(
            CATEGORIES,
            'title: "Chất lượng sản phẩm, tiếng ồn, mùi"',
            'title: "Chất lượng sản phẩm, tiếng ồn, mùi", danger: true, warranty: true',
        ),
        swap(
            CATEGORIES,
            "danger: true, first_answer: {value: 30",
            "first_answer: {value: 30",
        ),
        swap(CATEGORIES, "bảo hành, warranty: true", "bảo hành"),
    ).policy
    cases = {code: Story(policy, category=code) for code in ("CL", "AT", "TC")}
    assert [cases[code].case.is_safety for code in cases] == [True, False, False]
    counted = {}
    for code, story in cases.items():
        if code != "AT":
            story.propose()
        told = histories([story.events], policy, local("2026-12-31T09:00"))
        period = period_of("2026-11", local("2026-12-31T09:00"))
        figures = {one.id: one for one in measure.figures(told, policy, period)}
        counted[code] = figures["K12"].denominator
    assert counted == {"CL": 1, "AT": 0, "TC": 0}


@pytest.mark.parametrize(
    ("file", "declared", "code", "place"),
    [
        (CK_03, ", longest: true", "no_longest_time", "cong-ty.yaml"),
        (CK_16, ", hand_offs: true", "no_hand_off_limit", "cong-ty.yaml"),
        (CK_03, ", rule: progress", "no_progress", "cong-ty.yaml"),
        (CATEGORIES, ", danger: true", "no_danger", "khieu-nai.yaml"),
    ],
)
def test_an_editor_is_warned_of_a_rule_that_has_nothing_to_apply(
    content: Path, file: str, declared: str, code: str, place: str
) -> None:
    swap(file, declared, "")(content)
    (fault,) = check(content, TODAY)
    assert (fault.code, fault.file, fault.level) == (code, f"content/{place}", "warning")
