"""Holders' clocks and the chain between departments; the way up and out, with dates."""

from dataclasses import replace
from pathlib import Path

import pytest

from service_policy.cases.holding.clocks import (
    customer_clock,
    department_links,
    holder_clocks,
    ladder,
)
from service_policy.cases.holding.hand_off import HandOff
from service_policy.content import Library, check
from service_policy.handling import OutsideBodies
from service_policy.promises.policy import Policy
from tests.service_policy.broken_content import sub, swap
from tests.service_policy.conftest import TODAY, local
from tests.service_policy.story import AGENT, Story


def test_each_holder_is_measured_and_none_stops_the_customers_clock(policy: Policy) -> None:
    story = Story(policy).owned().answer().at("2026-11-30T11:00")
    story.hand_off("ky-thuat", task="ket-luan-loi").at("2026-12-03T08:00")
    first, second = holder_clocks(story.case, policy, story.now)
    assert (first.department, first.minutes) == ("qa", 120)
    assert second.due_at == local("2026-12-02T17:00")
    assert second.late
    assert second.minutes == 6 * 60 + 2 * 8 * 60 - 60
    clock = customer_clock(story.case, policy.calendar, story.now)
    assert clock.counted_minutes == first.minutes + second.minutes
    assert clock.running


def test_a_task_the_department_does_not_have_is_refused(policy: Policy) -> None:
    story = Story(policy)
    wrong = HandOff(
        AGENT, to_department="cskh", reason="expertise", text="Cần đo.", task="giam-dinh"
    )
    story.refuses(wrong, "task")
    same = HandOff(AGENT, to_department="qa", reason="expertise", text="Cần đo.")
    story.refuses(same, "to_department")
    nowhere = HandOff(AGENT, to_department="x", reason="expertise", text="Cần đo.")
    story.refuses(nowhere, "to_department")


def test_links_between_departments_name_no_person(policy: Policy) -> None:
    slow = Story(policy).hand_off("ky-thuat", task="ket-luan-loi").at("2026-12-10T08:00")
    fast = Story(policy).hand_off("ky-thuat", task="ket-luan-loi").at("2026-12-01T08:00")
    (link,) = department_links([slow.case, fast.case], policy, slow.now)
    assert (link.giver, link.taker, link.count) == (
        "Bảo đảm chất lượng",
        "Kỹ thuật bảo hành",
        2,
    )
    assert (link.dated, link.late) == (2, 2)
    assert AGENT.id not in repr(link)


def test_a_hand_off_without_a_task_runs_by_the_takers_own_limit(policy: Policy) -> None:
    story = Story(policy).at("2026-11-30T09:00").hand_off("kho-linh-kien")
    _, taker = holder_clocks(story.case, policy, story.now)
    # Of "in stock within 4 hours" and "ordered within 3 days" the later one: nobody said which.
    assert (taker.task, taker.due_at) == ("Đặt linh kiện chưa có", local("2026-12-03T17:00"))
    assert not taker.late


def test_the_limit_for_its_kind_of_case_comes_before_longer_ones(policy: Policy) -> None:
    accounts = policy.company.department("ke-toan")
    assert accounts is not None
    assert [one.id for one in accounts.limits_for("invoice_inquiry", "cskh")] == ["hoa-don"]
    of_sales = accounts.limits_for("complaint", "kinh-doanh")
    assert [one.id for one in of_sales] == ["hoa-don", "hoan-tien"]
    quality = policy.company.department("qa")
    assert quality is not None
    assert quality.limits_for("question", "phap-che") == quality.limits


def test_a_department_that_promised_nothing_is_the_exception(policy: Policy) -> None:
    bare = [one.model_copy(update={"limits": ()}) for one in policy.company.departments]
    company = policy.company.model_copy(update={"departments": tuple(bare)})
    story = Story(replace(policy, company=company)).hand_off("ky-thuat")
    _, taker = holder_clocks(story.case, story.policy, story.now)
    assert (taker.task, taker.due_at, taker.late_minutes) == (None, None, 0)


def test_who_held_a_case_too_long_is_told_in_minutes(policy: Policy) -> None:
    story = Story(policy).at("2026-11-30T09:00").hand_off("ky-thuat").at("2026-12-03T10:30")
    (link,) = department_links([story.case], policy, story.now)
    due = local("2026-12-02T17:00")
    late = policy.calendar.working_minutes_between(due, story.now)
    assert (link.late, link.late_minutes) == (1, late)
    assert late > 60
    assert link.minutes > link.late_minutes


def test_the_longest_chain_of_departments_fits_the_promise(policy: Policy) -> None:
    """One hour, two days, three days for a part and a day to return make seven at most."""
    company = policy.company
    limits = {limit.id: limit.within for one in company.departments for limit in one.limits}
    days = sum(limits[name].value for name in ("ket-luan-loi", "dat-linh-kien"))
    assert limits["phan-loai"].value == 1
    assert days + 2 <= 7


def test_lateness_moves_a_case_up_by_itself(policy: Policy) -> None:
    story = Story(policy).owned().answer().at("2026-12-09T17:01")
    assert story.case.escalated == 1
    story.at("2026-12-14T17:01")
    assert story.case.escalated == 2
    assert story.types().count("escalated") == 2
    raised = [event for event in story.events if event.type == "escalated"][-1]
    assert raised.department == "ban-giam-doc"


def test_the_ladder_leads_from_the_owner_to_the_body_of_the_province(policy: Policy) -> None:
    story = Story(policy).owned().answer()
    rungs = ladder(story.case, policy, story.now, "Long An")
    assert [rung.level for rung in rungs] == list(range(1, len(rungs) + 1))
    assert rungs[0].answer_by == local("2026-12-09T17:00")
    outside = next(rung for rung in rungs if "Sở Công Thương" in rung.who)
    assert "Sở Công Thương tỉnh Tây Ninh" in outside.who
    review = next(rung for rung in rungs if "cấp hai" in rung.name)
    assert review.answer_by == local("2026-12-07T17:00")
    unknown = ladder(story.case, policy, story.now, None)
    assert any("nơi Quý khách ở" in rung.who for rung in unknown)


def test_there_is_one_body_for_each_of_the_thirty_four_provinces(policy: Policy) -> None:
    outside = policy.outside
    assert isinstance(outside, OutsideBodies)
    assert len(outside.provinces) == 34
    old = [name for one in outside.provinces for name in one.formerly]
    assert len({one.province for one in outside.provinces} | set(old)) == 34 + len(old)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Hà Nội", "Sở Công Thương thành phố Hà Nội"),
        ("ha noi", "Sở Công Thương thành phố Hà Nội"),
        ("TP. Hồ Chí Minh", "Sở Công Thương Thành phố Hồ Chí Minh"),
        ("Bà Rịa - Vũng Tàu", "Sở Công Thương Thành phố Hồ Chí Minh"),
        ("tỉnh Đắk Nông", "Sở Công Thương tỉnh Lâm Đồng"),
        ("Hậu Giang", "Sở Công Thương thành phố Cần Thơ"),
    ],
)
def test_a_province_is_found_by_its_old_and_new_names(
    policy: Policy, typed: str, name: str
) -> None:
    assert policy.outside is not None
    body = policy.outside.body(typed)
    assert body is not None
    assert body.name == name
    assert policy.outside.body("Atlantis") is None


def test_clauses_are_what_was_published(library: Library) -> None:
    ids = {clause.id for clause in library.policy.clauses}
    assert {"BHP-03.1", "BHP-03.6", "CK-03.thien-tai", "CK-11.thong-tin-khach-cho"} <= ids
    assert len(ids) == len(library.policy.clauses)


@pytest.mark.parametrize(
    ("breaker", "code"),
    [
        (swap("noi-khieu-nai.yaml", "province: Huế", "province: Hà Nội"), "duplicate_province"),
        (swap("noi-khieu-nai.yaml", "kind: tỉnh", "kind: bang"), "literal_error"),
        (swap("cong-ty.yaml", "serves: [cskh]", "serves: [phong-la]"), "unknown_department"),
        (
            swap("cong-ty.yaml", "pause_total: {value: 5, unit: working_days}",
                 "pause_total: {value: 5, unit: calendar_days}"),
            "pause_unit",
        ),
        (
            swap("cong-ty.yaml", "remind_before: {value: 2, unit: working_hours}",
                 "remind_before: {value: 2, unit: working_days}"),
            "remind_unit",
        ),
        (sub("cong-ty.yaml", r"^  confirm_within.*\n", ""), "missing"),
        (swap("cong-ty.yaml", "department: ban-giam-doc, role: Tổng giám đốc}\n",
              "department: khong-co, role: Tổng giám đốc}\n"), "unknown_department"),
    ],
)  # fmt: skip
def test_a_fault_in_the_handling_data_is_named(content: Path, breaker: object, code: str) -> None:
    breaker(content)  # type: ignore[operator]
    found = check(content, TODAY)
    assert code in {fault.code for fault in found}, [str(fault) for fault in found]
