"""Compensation pays itself: formulas to the đồng, one step at a time, capped, paid or grown."""

from datetime import datetime, timedelta

import pytest

from service_policy.cases import Case, Evidence, due_work, fold
from service_policy.cases.core.promises import made_by_hand
from service_policy.cases.filing.received import FileCase
from service_policy.cases.holding.hand_off import HandOff
from service_policy.cases.money.exemptions import ClaimExemption, SignExemption
from service_policy.cases.money.payments import (
    FactRecorded,
    GrantAdvance,
    GrantGoodwill,
    RecordFact,
    RecordPayment,
)
from service_policy.cases.refusal.review import Appeal, DecideReview
from service_policy.content import Library
from service_policy.promises.commitment import Example
from service_policy.promises.compensation_kinds import Multiplier
from service_policy.promises.policy import Policy
from service_policy.segments import SegmentId
from tests.service_policy.conftest import local
from tests.service_policy.story import (
    AGENT,
    CLERK,
    LEAD,
    LONG,
    MONDAY,
    PAPER,
    PHOTO,
    REVIEWER,
    SECOND,
    SECRET,
    Story,
)
from tests.service_policy.worked import WORKED

RECORDED = (
    "price_vnd",
    "late_value_vnd",
    "short_value_vnd",
    "difference_vnd",
    "months_used",
    "warranty_months",
    "damage_vnd",
)


def a_case_with(
    policy: Policy, commitment_id: str, segment: SegmentId, facts: dict[str, int]
) -> Case:
    """A case that carries one promise, due now, and the figures its amount depends on."""
    received = FileCase("warranty_claim", segment, channel="phone").decide(policy, MONDAY)
    case = fold(received[:1])
    commitment = policy.commitment(commitment_id, 1)
    made = made_by_hand(case, policy, commitment, now=MONDAY, due=MONDAY, stops_on="resolved")
    recorded = [
        FactRecorded.model_validate(
            {"at": MONDAY, "by": AGENT, "name": name, "value": value, "evidence": ("e",)}
        )
        for name, value in facts.items()
    ]
    return fold([made, *recorded], case)


def after_late_days(policy: Policy, days: int) -> datetime:
    """A moment on the n-th working day after the start."""
    day = MONDAY.date()
    for _ in range(days):
        day = policy.calendar.next_working_day(day)
    return policy.calendar.opening(day) + timedelta(hours=2)


def total(case: Case) -> int:
    return sum(debt.vnd for debt in case.debts if debt.reason in ("missed", "refund", "damage"))


def test_every_worked_example_comes_out_of_a_case_to_the_dong(library: Library) -> None:
    policy, checked = library.policy, 0
    for commitment in library.commitments:
        for example in commitment.examples:
            rule = commitment.rule(example.segment)
            if isinstance(rule, Multiplier) or example.priority:
                continue
            checked += 1
            assert computed(policy, commitment.id, example) == example.expect_vnd, example.text
    assert checked >= 35


def computed(policy: Policy, commitment_id: str, example: Example) -> int:
    facts = example.facts.model_dump(exclude_none=True)
    known = {name: facts[name] for name in RECORDED if name in facts}
    if example.facts.no_show:
        known["no_show"] = 1
    case = a_case_with(policy, commitment_id, example.segment, known)
    days, minutes = example.facts.late_working_days, example.facts.late_minutes
    now = after_late_days(policy, days) if days else MONDAY + timedelta(minutes=max(minutes, 1))
    case = fold(due_work(case, policy, now), case)
    return total(case)


@pytest.mark.parametrize(
    ("commitment", "segment", "facts", "expected"), [one for one in WORKED if one[0] != "CK-17"]
)
def test_the_worked_examples_come_out_of_a_case(
    policy: Policy, commitment: str, segment: SegmentId, facts: dict[str, int], expected: int
) -> None:
    days = facts.get("late_working_days", 0)
    recorded = {name: value for name, value in facts.items() if name != "late_working_days"}
    case = a_case_with(policy, commitment, segment, recorded)
    now = after_late_days(policy, days) if days else MONDAY + timedelta(minutes=1)
    assert total(fold(due_work(case, policy, now), case)) == expected


def test_a_priority_customer_with_a_late_answer_is_owed_the_double_once(policy: Policy) -> None:
    story = Story(policy, priority=True).owned().at("2026-11-30T14:01")
    assert (story.status("CK-17"), story.owed("CK-17")) == ("missed", 100_000)
    story.at("2026-12-01T09:01")
    assert (story.status("CK-02"), story.owed("CK-02")) == ("missed", 0)
    asleep = Story(policy, priority=True).owned().at("2026-12-01T09:01")
    assert asleep.owed("CK-17") + asleep.owed("CK-02") == 100_000


def test_paying_late_costs_fifty_thousand_once(policy: Policy) -> None:
    story = Story(policy).owned().at("2026-12-01T09:01")
    assert story.owed("CK-02") == 50_000
    assert story.case.debts[0].pay_by == local("2026-12-08T17:00")
    story.at("2026-12-08T16:59")
    assert story.case.open_vnd == 50_000
    story.at("2026-12-09T08:00").at("2026-12-21T08:00")
    extras = [debt.vnd for debt in story.case.debts if debt.reason == "late_payment"]
    assert extras.count(50_000) == len(extras)
    assert [d.promise for d in story.case.debts if d.reason == "late_payment"].count("CK-02") == 1


def test_a_payment_recorded_late_still_owes_the_extra_when_the_sweep_slept(policy: Policy) -> None:
    story = Story(policy).owned().at("2026-12-01T09:01").answer()
    story.now = local("2026-12-09T08:00")
    story.events += due_work(story.case, policy, local("2026-12-01T10:00"))
    story.do(RecordPayment(CLERK, vnd=50_000, method="transfer", evidence=SECRET)).wait(minutes=1)
    assert story.owed("CK-02") == 100_000


def test_growing_money_is_one_event_a_step_and_no_rewrite(policy: Policy) -> None:
    story = Story(policy).owned().answer().at("2026-12-09T17:01")
    for moment in ("2026-12-10T08:00", "2026-12-10T15:00", "2026-12-11T08:00"):
        story.at(moment)
    steps = [e for e in story.events if e.type == "compensation_owed" and e.promise == "CK-03"]
    assert [(one.step, one.vnd, one.total_vnd) for one in steps] == [
        (0, 100_000, 100_000),
        (1, 20_000, 120_000),
        (2, 20_000, 140_000),
    ]
    assert steps[2].inputs["late_working_days"] == 2
    assert "20.000" in steps[2].formula


def test_a_sweep_that_slept_for_a_month_writes_the_same_money(policy: Policy) -> None:
    awake = Story(policy).owned().answer()
    for day in range(1, 29):
        awake.at(f"2026-12-{day:02}T09:00")
    asleep = Story(policy).owned().answer().at("2026-12-28T09:00")
    kept = [(d.promise, d.reason, d.step, d.vnd, d.since, d.pay_by) for d in awake.case.debts]
    woken = [(d.promise, d.reason, d.step, d.vnd, d.since, d.pay_by) for d in asleep.case.debts]
    assert sorted(kept) == sorted(woken)


def test_missed_promises_add_up_to_the_price_of_the_item_at_most(policy: Policy) -> None:
    story = Story(policy).price(150_000).at("2027-01-20T09:00")
    missed = sum(d.vnd for d in story.case.debts if d.reason == "missed")
    assert missed == 150_000
    assert "trần chung" in [d.formula for d in story.case.debts if d.reason == "missed"][-1]


def test_safety_has_no_common_cap_and_damage_is_paid_in_full(policy: Policy) -> None:
    story = Story(policy, category="AT").price(150_000)
    story.do(GrantAdvance(LEAD, vnd=3_000_000, text="Tiền chữa bỏng."))
    story.refuses(GrantAdvance(LEAD, vnd=2_000_001, text="Tiền chữa bỏng."), "vnd")
    assert story.case.debts[-1].pay_by == story.now + timedelta(hours=24)
    story.do(RecordFact(AGENT, name="damage_vnd", value=18_500_000, evidence=PHOTO, files=PAPER))
    story.wait(minutes=1)
    assert story.owed("CK-18") == 18_500_000


def test_an_advance_is_for_safety_cases_only(policy: Policy) -> None:
    Story(policy).refuses(GrantAdvance(LEAD, vnd=1_000, text="Tạm ứng."), "state")


def test_a_project_is_owed_eight_percent_of_the_obligation_at_most(policy: Policy) -> None:
    story = Story(policy, segment="project").owned()
    fact = RecordFact(
        AGENT, name="obligation_value_vnd", value=10_000_000, evidence=PHOTO, files=PAPER
    )
    story.do(fact).at("2027-01-20T09:00")
    assert sum(d.vnd for d in story.case.debts if d.reason == "missed") == 800_000


def test_a_figure_needs_evidence_and_its_correction_a_lead(policy: Policy) -> None:
    story = Story(policy)
    bare = RecordFact(AGENT, name="price_vnd", value=590_000, evidence=())
    story.refuses(bare, "evidence")
    story.price(590_000)
    again = RecordFact(AGENT, name="price_vnd", value=1_000, evidence=PHOTO, files=PAPER)
    story.refuses(again, "actor")
    negative = RecordFact(LEAD, name="price_vnd", value=-1, evidence=PHOTO, files=PAPER)
    story.refuses(negative, "value")


def test_an_agent_gives_up_to_the_limit_of_a_case_and_a_lead_more(policy: Policy) -> None:
    story = Story(policy).do(GrantGoodwill(AGENT, vnd=300_000, text="Xin lỗi khách."))
    story.refuses(GrantGoodwill(AGENT, vnd=200_001, text="Xin lỗi nữa."), "vnd")
    story.do(GrantGoodwill(AGENT, vnd=200_000, text="Xin lỗi nữa."))
    story.do(GrantGoodwill(LEAD, vnd=2_000_000, text="Trưởng nhóm quyết."))
    assert story.case.open_vnd == 2_500_000


def test_a_payment_goes_to_the_oldest_debt_and_never_above_what_is_owed(policy: Policy) -> None:
    story = Story(policy).owned().at("2026-12-10T08:00")
    assert story.case.open_vnd == 50_000 + 120_000 + 50_000
    story.refuses(RecordPayment(CLERK, vnd=220_001, method="transfer", evidence=SECRET), "vnd")
    story.refuses(RecordPayment(CLERK, vnd=1, method="transfer", evidence=()), "evidence")
    story.pay(60_000)
    first, second, *_ = sorted(story.case.debts, key=lambda one: (one.pay_by, one.number))
    assert (first.open_vnd, second.paid_vnd) == (0, 10_000)
    story.pay(160_000)
    promise = story.case.promise("CK-03")
    assert promise is not None
    assert story.case.paid_at(promise) == story.now


def exemption(**changes: object) -> ClaimExemption:
    values = {
        "promise": "CK-02",
        "exemption": "thien-tai",
        "evidence": PHOTO,
        "files": PAPER,
        "text": LONG,
    } | changes
    return ClaimExemption(LEAD, **values)  # type: ignore[arg-type]


def test_an_exemption_is_proved_by_the_company_and_signed_by_a_second_person(
    policy: Policy,
) -> None:
    story = Story(policy).owned()
    story.refuses(exemption(), "promise")
    story.at("2026-12-01T09:01")
    story.refuses(exemption(evidence=()), "evidence")
    story.refuses(exemption(evidence=SECRET), "evidence")
    story.refuses(exemption(exemption="ban-qua"), "exemption")
    story.do(exemption())
    assert story.case.open_vnd == 50_000
    story.refuses(SignExemption(LEAD, promise="CK-02"), "actor")
    story.do(SignExemption(SECOND, promise="CK-02"))
    assert story.case.open_vnd == 0
    assert story.status("CK-02") == "missed"
    story.at("2027-01-20T09:00")
    assert story.owed("CK-02") == 0


def test_an_exemption_nobody_signs_leaves_the_money_owed(policy: Policy) -> None:
    story = Story(policy).owned().at("2026-12-01T09:01").do(exemption())
    story.at("2026-12-02T17:01")
    assert story.types().count("exemption_lapsed") == 1
    assert story.owed("CK-02") == 50_000
    story.refuses(SignExemption(SECOND, promise="CK-02"), "promise")
    story.do(exemption()).do(SignExemption(SECOND, promise="CK-02", granted=False))
    assert story.owed("CK-02") == 50_000


def test_a_customer_gets_an_exemption_reviewed_and_the_money_back(policy: Policy) -> None:
    from service_policy.actors import CUSTOMER

    story = Story(policy).owned().at("2026-12-01T09:01").do(exemption())
    story.do(SignExemption(SECOND, promise="CK-02"))
    story.do(Appeal(CUSTOMER, promise="CK-02"))
    decision = DecideReview(SECOND, upheld=False, evidence=(), text=LONG)
    story.refuses(decision, "actor")
    story.do(DecideReview(REVIEWER, upheld=False, evidence=(), text=LONG))
    assert story.owed("CK-02") == 50_000
    story.refuses(exemption(), "promise")


def test_a_second_hand_off_costs_two_hundred_thousand_once(policy: Policy) -> None:
    story = Story(policy).owned().answer().hand_off("ky-thuat")
    assert story.case.promise("CK-16") is None
    story.hand_off("kho-linh-kien").wait(minutes=1)
    assert (story.status("CK-16"), story.owed("CK-16")) == ("missed", 200_000)
    story.hand_off("qa").hand_off("cskh").wait(minutes=1)
    assert sum(d.vnd for d in story.case.debts if d.promise.startswith("CK-16")) == 200_000


def test_a_hand_off_the_customer_asked_for_does_not_count_but_needs_evidence(
    policy: Policy,
) -> None:
    story = Story(policy).hand_off("ky-thuat")
    asked = HandOff(
        AGENT, to_department="cskh", reason="customer_request", text="Khách xin đổi người."
    )
    story.refuses(asked, "evidence")
    story.hand_off("cskh", reason="customer_request", evidence="tin-nhan-1")
    assert story.case.promise("CK-16") is None


def test_evidence_says_what_it_is_and_never_what_it_holds() -> None:
    assert set(Evidence.model_fields) == {"id", "readable_by_customer", "kind", "number"}
