"""Measuring a month from the histories of cases."""

from collections.abc import Iterable
from datetime import timedelta

import pytest

from service_policy.actors import CUSTOMER
from service_policy.cases.messages.contact import AddInformation
from service_policy.cases.refusal.refusing import SignRefusal
from service_policy.cases.refusal.review import Appeal, DecideReview
from service_policy.cases.resolution.proposing import DisputeResolution, ProposeResolution
from service_policy.cases.resolution.reopening import Withdraw
from service_policy.promises.calendar import VIETNAM
from service_policy.promises.policy import Policy
from service_policy.scorecard import Figure, measure
from service_policy.scorecard.histories import History, closing, closings, histories, period_of
from service_policy.scorecard.orders import (
    BadOrders,
    confirmed_in_time,
    delivered_in_full,
    read_orders,
)
from tests.service_policy.conftest import local
from tests.service_policy.story import (
    AGENT,
    LONG,
    PAPER,
    PHOTO,
    REVIEWER,
    SECOND,
    Story,
    refusal,
)

MONTH = "2026-12"
CUTOFF = closing(MONTH)
PERIOD = period_of(MONTH, CUTOFF)


def measured(policy: Policy, stories: Iterable[Story]) -> dict[str, Figure]:
    return {one.id: one for one in measure.figures(taken(policy, stories), policy, PERIOD)}


def taken(policy: Policy, stories: Iterable[Story]) -> tuple[History, ...]:
    return histories((story.events for story in stories), policy, CUTOFF)


def share(figure: Figure) -> tuple[int | None, int | None]:
    return figure.numerator, figure.denominator


def filed(policy: Policy, **changes: object) -> Story:
    """A complaint of Tuesday, 1 December; all its deadlines lie in December."""
    return Story(policy, local("2026-12-01T09:00"), **changes)


def test_without_any_case_nothing_is_100_percent(policy: Policy) -> None:
    found = measured(policy, [])
    for key in ("K2", "K3", "K9", "K12"):
        assert share(found[key]) == (0, 0)
        assert found[key].standing == "empty"
    assert found["K4"].standing == found["K8"].standing == "no_data"
    assert (found["K10"].value_vnd, found["K10"].cases) == (0, 0)


def test_in_time_is_divided_by_what_ended_and_what_is_overdue_and_open(policy: Policy) -> None:
    in_time = filed(policy).wait(hours=2).answer().propose().confirm()
    late = filed(policy).wait(days=6).answer()
    never = filed(policy)
    found = measured(policy, [in_time, late, never])
    assert share(found["K2"]) == (1, 3)
    assert share(found["K3"]) == (1, 3)


def test_a_case_due_in_another_month_is_not_counted(policy: Policy) -> None:
    found = measured(policy, [Story(policy, local("2026-11-03T09:00"))])
    assert share(found["K2"]) == share(found["K3"]) == (0, 0)


def test_a_deadline_still_ahead_is_neither_kept_nor_missed(policy: Policy) -> None:
    story = filed(policy).wait(hours=1).answer()
    cutoff = story.now + timedelta(hours=1)
    every = histories([story.events], policy, cutoff)
    found = {one.id: one for one in measure.figures(every, policy, period_of(MONTH, cutoff))}
    assert share(found["K2"]) == (1, 1)
    assert share(found["K3"]) == (0, 0)


def test_a_case_withdrawn_in_time_stands_beside(policy: Policy) -> None:
    story = filed(policy).wait(hours=1).do(Withdraw(CUSTOMER))
    figure = measured(policy, [story])["K3"]
    assert share(figure) == (0, 0)
    assert figure.beside is not None
    assert figure.beside.withdrawn == 1


def test_withdrawing_after_the_deadline_does_not_wash_the_miss_away(policy: Policy) -> None:
    story = filed(policy).wait(days=40).do(Withdraw(CUSTOMER))
    assert share(measured(policy, [story])["K3"]) == (0, 1)


def test_a_disputed_resolution_counts_as_open(policy: Policy) -> None:
    story = filed(policy).wait(hours=2).propose().do(DisputeResolution(CUSTOMER, text="Vẫn hỏng."))
    assert share(measured(policy, [story])["K3"]) == (0, 1)


def test_it_does_not_matter_when_the_sweep_ran(policy: Policy) -> None:
    lazy, busy = filed(policy), filed(policy)
    for _ in range(20):
        busy.wait(days=1)
    one = measure.compensation(taken(policy, [lazy]), PERIOD)
    assert one == measure.compensation(taken(policy, [busy]), PERIOD)
    assert one.owed_vnd > 0
    assert measured(policy, [lazy]) == measured(policy, [busy])


def test_refusals_are_counted_by_clause_and_with_those_overturned(policy: Policy) -> None:
    story = filed(policy, category="BH").owned().do(refusal()).do(SignRefusal(SECOND))
    undelivered = measured(policy, [story])
    assert share(undelivered["K9"]) == (0, 1)
    story.deliver()
    found = measured(policy, [story])
    assert share(found["K9"]) == (1, 1)
    assert share(found["K12"]) == (1, 1)
    counted = measure.refusals(taken(policy, [story]), PERIOD)
    assert [(one.clause, one.refused) for one in counted.by_clause] == [("BHP-03.3", 1)]
    assert (counted.issued, counted.overturned) == (1, 0)


def test_the_ends_of_a_month_are_counted_by_how_they_came_about(policy: Policy) -> None:
    agreed = filed(policy).owned().answer().propose().confirm()
    silent = filed(policy).owned().answer().propose()
    explained = filed(policy, remedy_wanted="explain").owned().answer()
    explained.do(ProposeResolution(AGENT, outcome="explained", text=LONG)).deliver()
    other = filed(policy).owned().answer()
    other.do(ProposeResolution(AGENT, "other_remedy", LONG, remedy="repair")).deliver()
    spoken = filed(policy).owned().answer().propose().wait(hours=1)
    spoken.do(AddInformation(CUSTOMER, text="Vẫn kêu.")).wait(hours=1).propose()
    open_still = filed(policy).owned().answer().propose().wait(hours=1)
    open_still.do(AddInformation(CUSTOMER, text="Vẫn kêu."))
    explained.confirm()
    for story in (silent, other, spoken, open_still):
        story.wait(days=14)
    every = [agreed, silent, explained, other, spoken, open_still]
    counted = closings(taken(policy, every), PERIOD)
    assert counted.model_dump() == {
        "closed": 5,
        "by_silence": 3,
        "unconfirmed": 2,
        "explained": 1,
        "other_remedy": 1,
    }
    resolved = measured(policy, every)["K3"]
    assert share(resolved) == (3, 6)
    assert resolved.beside is not None
    assert (resolved.beside.unconfirmed, resolved.beside.withdrawn) == (2, 0)


def test_a_refusal_that_a_review_kept_is_no_kept_promise(policy: Policy) -> None:
    story = filed(policy).answer().refuse().do(Appeal(CUSTOMER))
    keep = DecideReview(REVIEWER, upheld=True, evidence=PHOTO, text=LONG, files=PAPER)
    story.do(keep).deliver()
    assert share(measured(policy, [story])["K3"]) == (0, 1)
    lifted = filed(policy).answer().refuse().do(Appeal(CUSTOMER))
    lifted.do(DecideReview(REVIEWER, upheld=False, evidence=(), text=LONG)).deliver()
    assert measure.refusals(taken(policy, [story, lifted]), PERIOD).overturned == 1


def test_payments_are_summed_and_late_ones_shown(policy: Policy) -> None:
    story = filed(policy).at("2026-12-03T09:00")
    owed = story.case.open_vnd
    assert owed > 0
    story.pay(owed).wait(hours=1).answer().propose().confirm()
    other = filed(policy).at("2026-12-03T09:00").answer().propose().confirm()
    found = measured(policy, [story, other])["K10"]
    assert (found.value_vnd, found.cases) == (owed, 1)
    assert found.numerator is not None
    assert found.denominator is not None
    assert 0 < found.numerator < found.denominator
    money = measure.compensation(taken(policy, [story, other]), PERIOD)
    assert money.paid_vnd == owed
    assert money.late_vnd >= owed
    assert money.owed_vnd >= 2 * owed


def test_the_chain_counts_tasks_between_departments_by_their_own_limit(policy: Policy) -> None:
    quick = filed(policy).hand_off("ky-thuat", task="ket-luan-loi").wait(days=1).hand_off("cskh")
    slow = filed(policy).hand_off("ky-thuat", task="ket-luan-loi").wait(days=9).hand_off("cskh")
    links = measure.chain(taken(policy, [quick, slow, filed(policy)]), policy, PERIOD)
    shares = {(one.department, one.limit): (one.numerator, one.denominator) for one in links}
    assert shares["ky-thuat", "ket-luan-loi"] == (1, 2)
    # Coming back is a hand-off too; nobody named a task, so the taker's own limit counts it.
    assert {department for department, _ in shares} == {"ky-thuat", "cskh"}


# ---------------------------------------------------------------- orders

COLUMNS = (
    "order_no,received_at,confirmed_at,due_on,delivered_on,"
    "lines_ordered,lines_delivered,units_ordered,units_delivered\n"
)
GOOD = "A1,2026-12-01T09:00:00+07:00,2026-12-01T11:00:00+07:00,2026-12-02,2026-12-02,2,2,9,9\n"
LATE = "A2,2026-12-01T09:00:00+07:00,2026-12-02T15:00:00+07:00,2026-12-02,2026-12-03,1,1,1,1\n"
SHORT = "A3,2026-12-01T09:00:00+07:00,2026-12-01T13:30:00+07:00,2026-12-02,2026-12-02,2,2,9,8\n"
OPEN = "A4,2026-12-01T09:00:00+07:00,,2026-12-02,,1,0,1,0\n"
OTHER = "A5,2026-11-01T09:00:00+07:00,,2026-11-02,,1,0,1,0\n"


def test_orders_in_time_and_in_full_are_counted_with_the_open_ones(policy: Policy) -> None:
    file = read_orders((COLUMNS + GOOD + LATE + SHORT + OPEN + OTHER).encode())
    assert share(delivered_in_full(file, PERIOD)) == (1, 4)
    assert share(confirmed_in_time(file, PERIOD, policy)) == (2, 4)
    assert (file.source.rows, len(file.source.sha256)) == (5, 64)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("buyer," + COLUMNS + "An," + GOOD, "1: the columns"),
        (COLUMNS + GOOD + GOOD, "3: order_no"),
        (COLUMNS + GOOD.replace("+07:00", ""), "2: received_at"),
        (COLUMNS + GOOD.replace(",9,9", ",9,8.5"), "2: units_delivered"),
        (COLUMNS + GOOD.replace(",9,9", ",9"), "2: units_delivered"),
        (COLUMNS + GOOD.replace(",9,9", ",9,9,9"), "2: None"),
        (COLUMNS + '"A1', "1: unexpected end"),
    ],
)
def test_an_order_file_that_cannot_be_trusted_is_refused(text: str, line: str) -> None:
    with pytest.raises(BadOrders) as refused:
        read_orders(text.encode())
    assert any(fault.startswith(line) for fault in refused.value.faults), refused.value.faults


def test_the_closing_is_the_tenth_at_midnight_in_vietnam() -> None:
    assert CUTOFF.astimezone(VIETNAM).isoformat() == "2027-01-10T00:00:00+07:00"
