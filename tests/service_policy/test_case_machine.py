"""Whatever people do, in any order: clocks are not turned back and money stays within its rules."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from service_policy.actors import CUSTOMER, SYSTEM, Actor
from service_policy.cases import (
    Case,
    CaseCommand,
    CommandRefused,
    Event,
    Evidence,
    decide,
    due_work,
    fold,
    read_event,
)
from service_policy.cases.holding.clocks import customer_clock, holder_clocks, ladder
from service_policy.cases.holding.hand_off import HandOff, NameOwner
from service_policy.cases.holding.work import (
    CloseSubCase,
    OpenSubCase,
    Recategorise,
    RecordCallback,
)
from service_policy.cases.messages.answers import ContestAnswer, SendAnswer
from service_policy.cases.messages.contact import AddInformation, RecordContact
from service_policy.cases.messages.delivery import RecordDelivery
from service_policy.cases.messages.letters import RecordBounce
from service_policy.cases.messages.pauses import AskCustomer, ContestPause
from service_policy.cases.money.exemptions import ClaimExemption, SignExemption
from service_policy.cases.money.owing import common_cap
from service_policy.cases.money.payments import RecordPayment
from service_policy.cases.refusal.refusing import ProposeRefusal, SignRefusal
from service_policy.cases.refusal.review import Appeal, DecideReview
from service_policy.cases.resolution.proposing import (
    ConfirmResolution,
    DisputeResolution,
    ProposeResolution,
)
from service_policy.cases.resolution.reopening import AnswerFollowUp, Reopen
from service_policy.cases.split_merge import MergeCases, SplitCase, merge, split
from service_policy.content import read
from tests.service_policy.anybody import (
    CATEGORIES,
    CUSTOMER_COMMANDS,
    DEPARTMENTS,
    DIRECTOR,
    JURIST,
    STAFF,
    STAFF_COMMANDS,
    THINGS,
)
from tests.service_policy.conftest import CONTENT, TODAY, local
from tests.service_policy.story import COMPLAINT, LONG, PAPER, PHOTO

WORDS = frozenset(
    {
        "information_added",
        "contact_recorded",
        "answer_contested",
        "pause_voided",
        "appeal_made",
        "resolution_disputed",
        "case_reopened",
        "follow_up_answered",
        "merged_in",
    }
)
"""Events in which the customer is heard, told here once more than in the rules."""
POLICY = read(CONTENT, TODAY).policy


class CaseMachine(RuleBasedStateMachine):
    """A case in the hands of everybody, honest or not, with a sweep that runs now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Event] = []
        self.case: Case | None = None
        self.now = local("2026-11-30T09:00")
        self.counted = 0

    @initialize(
        segment=st.sampled_from(["household", "dealer", "project"]),
        category=st.sampled_from(["AT", "BH", "GT", "CL", "DT"]),
        priority=st.booleans(),
        start=st.timedeltas(timedelta(), timedelta(days=120)),
        typed=st.booleans(),
    )
    def file(
        self, segment: Any, category: str, priority: bool, start: timedelta, typed: bool
    ) -> None:
        self.now += start
        command = replace(COMPLAINT, segment=segment, category=category, priority=priority)
        if typed:
            command = replace(command, channel="phone", entered_by=STAFF[0])
        self.take(decide(None, command, POLICY, self.now))

    def take(self, new: tuple[Event, ...]) -> None:
        """Fold new events in; evolving after acceptance never raises."""
        self.case = fold(new, self.case)
        self.events += new

    def give(self, command: CaseCommand) -> None:
        assert self.case is not None
        before = self.case
        try:
            new = decide(before, command, POLICY, self.now)
        except CommandRefused:
            return
        self.take(new)
        if before.staff_know_code:
            assert not any(
                event.type == "case_withdrawn"
                or (event.type == "resolution_confirmed" and event.how == "customer")
                or (event.type == "delivered" and event.means == "page_opened")
                for event in new
            )
        if command.actor.role not in ("customer", "system"):
            self.no_date_moved_later(before, new)

    def owner_department(self) -> str:
        assert self.case is not None
        return self.case.owner_department

    def no_date_moved_later(self, before: Case, new: tuple[Event, ...]) -> None:
        assert self.case is not None
        pauses = [event for event in new if event.type == "pause_started"]
        calendar, handling = POLICY.calendar, POLICY.company.handling
        if any(event.type == "case_reopened" for event in new):
            # What the customer said to staff opens the case again; only closed days are taken off.
            (closed,) = [one for one in self.case.closed if one.end == self.now]
            days = len(list(calendar.openings(closed.start, self.now))) + 1
            for promise in before.promises:
                after = self.case.promise(promise.key)
                assert after is not None
                assert after.due_at <= calendar.close_after_working_days(promise.due_at, days)
            return
        for promise in before.promises:
            after = self.case.promise(promise.key)
            assert after is not None
            if not pauses:
                assert after.due_at <= promise.due_at
            most = calendar.close_after_working_days(
                promise.due_at, handling.pause_longest.value + 1
            )
            assert after.due_at <= most
        for pause in pauses:
            assert self.case.message(pause.message) is not None

    @rule(command=st.one_of(STAFF_COMMANDS, CUSTOMER_COMMANDS))
    def anybody_tries_anything(self, command: CaseCommand) -> None:
        self.give(command)

    @rule(command=STAFF_COMMANDS, rank=st.sampled_from(STAFF[2:6]))
    def somebody_with_rank_gives_a_command(self, command: CaseCommand, rank: Actor) -> None:
        self.give(replace(command, actor=rank))

    @rule(command=CUSTOMER_COMMANDS)
    def the_customer_gives_a_command(self, command: CaseCommand) -> None:
        self.give(replace(command, actor=CUSTOMER))

    @rule(thing=st.sampled_from(THINGS), arrives=st.booleans())
    def the_customer_is_asked(self, thing: Any, arrives: bool) -> None:
        self.give(AskCustomer(STAFF[0], thing=thing, text=LONG))
        if arrives:
            self.the_last_message_arrives(by_hand=False)

    @rule(reply=st.booleans())
    def the_customer_replies_or_contests_the_pause(self, reply: bool) -> None:
        assert self.case is not None
        for pause in self.case.pauses[-1:]:
            contest = ContestPause(CUSTOMER, message=pause.number)
            self.give(AddInformation(CUSTOMER, text="Đây.") if reply else contest)

    @rule(arrives=st.booleans())
    def an_answer_is_sent(self, arrives: bool) -> None:
        self.give(SendAnswer(STAFF[0], text=LONG))
        if arrives:
            self.the_last_message_arrives(by_hand=True)

    @rule(back=st.booleans())
    def a_message_bounces_or_is_contested(self, back: bool) -> None:
        assert self.case is not None
        for message in [one for one in self.case.messages if one.counts][-1:]:
            contest = ContestAnswer(CUSTOMER, message=message.number)
            bounce = RecordBounce(SYSTEM, message=message.number)
            self.give(bounce if back else contest)

    @rule(department=DEPARTMENTS, evidence=st.sampled_from([None, "e1"]))
    def the_case_is_handed_off(self, department: str, evidence: str | None) -> None:
        reason: Any = "customer_request" if evidence else "absence"
        command = HandOff(STAFF[0], department, reason, LONG, evidence=evidence)
        self.give(command)

    @rule(key=st.sampled_from(["CK-01", "CK-02", "CK-03"]), how=st.integers(0, 2))
    def an_exemption_is_claimed(self, key: str, how: int) -> None:
        evidence = PHOTO
        self.give(ClaimExemption(STAFF[2], key, "thien-tai", evidence, LONG, files=PAPER))
        if how:
            self.give(SignExemption(STAFF[4], promise=key, granted=how == 1))

    @rule(key=st.sampled_from(["", "", "CK-01", "CK-02"]), upheld=st.booleans())
    def the_customer_appeals_and_is_heard(self, key: str, upheld: bool) -> None:
        evidence = PHOTO
        if not key:
            self.a_refusal_is_written_and_signed(signed=True)
        self.give(Appeal(CUSTOMER, promise=key))
        self.time_passes(hours=3, days=0)
        self.give(DecideReview(DIRECTOR, upheld=upheld, evidence=evidence, text=LONG, files=PAPER))
        self.the_last_message_arrives(by_hand=False)

    @rule(how=st.sampled_from(["confirm", "dispute", "silence"]), again=st.booleans())
    def a_resolution_is_concluded(self, how: str, again: bool) -> None:
        self.a_resolution_is_written_and_arrives()
        if how == "confirm":
            self.give(ConfirmResolution(CUSTOMER))
        elif how == "dispute":
            self.time_passes(hours=20, days=1)
            self.give(DisputeResolution(CUSTOMER))
        else:
            self.time_passes(hours=0, days=18)
            self.the_sweep_runs()
        if again:
            self.give(AnswerFollowUp(CUSTOMER, fixed=False))
            self.give(Reopen(CUSTOMER))

    @rule(how=st.sampled_from(["writes", "calls", "comes", "asks for somebody else"]))
    def the_customer_is_heard(self, how: str) -> None:
        if how == "writes":
            self.give(AddInformation(CUSTOMER, text="Vẫn hỏng."))
        elif how == "asks for somebody else":
            self.give(HandOff(STAFF[0], "qa", "customer_request", LONG, evidence="cuộc gọi"))
        else:
            way: Any = "phone" if how == "calls" else "counter"
            self.give(RecordContact(STAFF[8], way, "Khách nói vẫn hỏng.", disputes=True))

    @rule(other=st.sampled_from([None, "refund"]), spoken=st.booleans(), days=st.integers(0, 20))
    def a_proposal_waits(self, other: Any, spoken: bool, days: int) -> None:
        self.a_resolution_is_written_and_arrives(other)
        if spoken:
            self.the_customer_is_heard("writes")
        self.time_passes(hours=1, days=days)
        self.the_sweep_runs()

    @rule(category=CATEGORIES)
    def the_category_is_changed(self, category: str) -> None:
        self.give(Recategorise(STAFF[0], category, LONG))

    @rule(department=st.sampled_from(["carrier", "dealer"]))
    def a_third_party_is_asked(self, department: Any) -> None:
        assert self.case is not None
        self.give(OpenSubCase(STAFF[0], department, LONG))
        self.give(CloseSubCase(STAFF[0], len(self.case.sub_cases) - 1, LONG))

    @rule(by_hand=st.booleans())
    def the_last_message_arrives(self, by_hand: bool) -> None:
        assert self.case is not None
        waiting = [one.number for one in self.case.messages if one.delivered_at is None]
        if waiting:
            by_machine = "page_opened" if waiting[-1] % 2 else "mail_accepted"
            actor, means = (STAFF[0], "told_by_phone") if by_hand else (SYSTEM, by_machine)
            self.give(RecordDelivery(actor, message=waiting[-1], means=means))  # type: ignore[arg-type]

    @rule(signed=st.sampled_from([True, True, False]))
    def a_refusal_is_written_and_signed(self, signed: bool) -> None:
        owner = Actor(id="agent-1", role="agent", department=self.owner_department())
        self.give(NameOwner(STAFF[0], owner=owner, display_name="Anh Mẫu"))
        evidence = PHOTO
        command = ProposeRefusal(STAFF[2], "BHP-03.3", evidence, LONG, files=PAPER)
        self.give(command)
        if signed:
            self.give(SignRefusal(JURIST))
            self.the_last_message_arrives(by_hand=False)

    @rule()
    def a_resolution_is_written_and_arrives(self, other: Any = None) -> None:
        owner = Actor(id="agent-1", role="agent", department=self.owner_department())
        self.give(NameOwner(STAFF[0], owner=owner, display_name="Anh Mẫu"))
        self.give(RecordCallback(STAFF[0], reached=True, text=LONG))
        kind: Any = "other_remedy" if other else "as_asked"
        self.give(ProposeResolution(STAFF[0], kind, LONG, remedy=other))
        self.the_last_message_arrives(by_hand=False)

    @rule()
    def everything_owed_is_paid(self) -> None:
        assert self.case is not None
        evidence = (Evidence(id="bank-1"),)
        vnd = self.case.open_vnd
        self.give(RecordPayment(STAFF[6], vnd=vnd, method="transfer", evidence=evidence))

    @rule(hours=st.integers(0, 60), days=st.sampled_from([0, 0, 0, 1, 4, 12, 40]))
    def time_passes(self, hours: int, days: int) -> None:
        self.now += timedelta(hours=hours, days=days, minutes=7)

    @rule()
    def the_sweep_runs(self) -> None:
        assert self.case is not None
        before = self.case
        self.take(due_work(self.case, POLICY, self.now))
        for promise in before.promises:
            after = self.case.promise(promise.key)
            assert after is not None
            assert after.due_at <= promise.due_at

    @rule(category=CATEGORIES)
    def part_of_it_is_split_off(self, category: str) -> None:
        assert self.case is not None
        command = SplitCase(STAFF[2], category, LONG)
        try:
            mine, theirs = split(
                self.case, command, POLICY, self.now, reference="KN-1", new_reference="KN-2"
            )
        except CommandRefused:
            return
        self.take(mine)
        child = fold(theirs)
        assert child.received_at == self.case.received_at
        assert child.priority == self.case.priority

    @rule(earlier=st.timedeltas(timedelta(), timedelta(days=9)), answered=st.booleans())
    def another_case_is_merged_in(self, earlier: timedelta, answered: bool) -> None:
        assert self.case is not None
        command = replace(COMPLAINT, segment=self.case.segment, category="KH")
        other = fold(decide(None, command, POLICY, self.now - earlier))
        before = self.case
        try:
            mine, theirs = merge(
                self.case,
                other,
                MergeCases(STAFF[2], "KN-3", LONG),
                POLICY,
                self.now,
                kept_reference="KN-1",
            )
        except CommandRefused:
            return
        self.take(mine)
        assert fold(theirs, other).state == "merged"
        for promise in other.promises:
            if promise.is_open and promise.stops_on != "owner_assigned":
                assert any(
                    one.commitment_id == promise.commitment_id and one.due_at <= promise.due_at
                    for one in self.case.promises
                    if one.is_open
                )
        assert self.case.received_at == min(before.received_at, other.received_at)
        self.no_date_moved_later(before, mine)

    @invariant()
    def the_customers_time_never_goes_down(self) -> None:
        if self.case is None:
            return
        clock = customer_clock(self.case, POLICY.calendar, self.now)
        assert clock.counted_minutes >= self.counted
        self.counted = clock.counted_minutes

    @invariant()
    def money_is_never_negative_and_never_above_its_cap(self) -> None:
        if self.case is None:
            return
        for debt in self.case.debts:
            assert debt.vnd > 0
            assert 0 <= debt.paid_vnd <= debt.vnd
        missed = sum(one.vnd for one in self.case.debts if one.reason == "missed")
        cap = common_cap(self.case, POLICY)
        prices = [e.value for e in self.events if e.type == "fact_recorded"]
        if cap is not None and len(prices) == 1:
            paid_before = 0
            for event in self.events:
                if event.type == "fact_recorded":
                    break
                if event.type == "compensation_owed" and event.reason == "missed":
                    paid_before += event.vnd
            assert missed <= max(cap, paid_before)
        multiple = 2 if self.case.priority or any(e.type == "merged_in" for e in self.events) else 1
        for promise in self.case.promises:
            rule_ = POLICY.commitment(promise.commitment_id, promise.version).rule(
                self.case.segment
            )
            total = sum(
                one.vnd
                for one in self.case.debts
                if one.promise == promise.key and one.reason == "missed"
            )
            cap_vnd = getattr(rule_, "cap_vnd", getattr(rule_, "amount_vnd", None))
            if cap_vnd is not None:
                assert total <= cap_vnd * multiple
        extras = [one.promise for one in self.case.debts if one.reason == "late_payment"]
        assert len(extras) == len(set(extras))
        own = sum(
            e.vnd
            for e in self.events
            if e.type == "compensation_owed" and e.reason == "goodwill" and e.by.role == "agent"
        )
        assert own <= POLICY.company.payment.discretion_limit_vnd

    @invariant()
    def what_is_due_is_due_once(self) -> None:
        if self.case is None:
            return
        due = due_work(self.case, POLICY, self.now)
        after = fold(due, self.case)
        assert due_work(after, POLICY, self.now) == ()

    @invariant()
    def silence_closes_only_where_nobody_spoke_after_the_proposal(self) -> None:
        proposed = delivered = spoken = False
        for event in self.events:
            kind = event.type
            if kind in ("resolution_proposed", "refusal_issued"):
                proposed, delivered, spoken = True, False, False
            elif kind == "resolution_noticed":
                delivered = True
            elif kind in WORDS or getattr(event, "reason", None) == "customer_request":
                spoken = True
            elif kind == "resolution_confirmed" and event.how == "silence":
                assert proposed
                assert delivered
                assert not spoken

    @invariant()
    def nothing_disputed_ends_as_kept(self) -> None:
        """Whatever the desk does after an objection, only the customer's yes makes it kept."""
        if self.case is None or self.case.state != "closed":
            return
        proposed = disputed = agreed = ended = False
        for event in self.events:
            kind = event.type
            if kind in ("resolution_proposed", "refusal_issued"):
                proposed = True
            elif kind == "resolution_confirmed":
                ended = True
                agreed = event.how == "customer"
                disputed = disputed and not agreed
            elif kind == "case_reopened":
                ended, disputed = False, True
            elif kind in WORDS or getattr(event, "reason", None) == "customer_request":
                # On an ended case "it works now" is a word, too: there only an objection counts.
                objects = getattr(event, "disputes", False) or not getattr(event, "fixed", True)
                disputed = disputed or (objects if ended else proposed)
        if disputed and not agreed:
            resolving = [one for one in self.case.promises if one.stops_on == "resolved"]
            assert all(one.status(self.now) != "kept" for one in resolving)

    @invariant()
    def a_miss_stays_a_miss(self) -> None:
        if self.case is None:
            return
        missed = {event.promise for event in self.events if event.type == "promise_missed"}
        for key in missed:
            promise = self.case.promise(key)
            assert promise is not None
            assert promise.status(self.now) == "missed"

    @invariant()
    def one_owner_and_one_holder(self) -> None:
        if self.case is None:
            return
        assert self.case.owner_department == self.events[0].owner_department  # type: ignore[union-attr]
        open_holdings = [one for one in self.case.holdings if one.until is None]
        assert len(open_holdings) == 1
        assert len(holder_clocks(self.case, POLICY, self.now)) == len(self.case.holdings)
        assert ladder(self.case, POLICY, self.now, "Tây Ninh")

    def teardown(self) -> None:
        """Folding what was stored and read again gives the same case."""
        stored = [read_event(event.model_dump(mode="json")) for event in self.events]
        assert stored == self.events
        if self.case is not None:
            assert fold(stored) == self.case


CaseMachine.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
test_whatever_people_do_the_rules_hold = CaseMachine.TestCase


def test_time_is_an_argument() -> None:
    first: datetime = local("2026-12-01T08:00")
    case = fold(decide(None, COMPLAINT, POLICY, first))
    assert due_work(case, POLICY, first) == due_work(case, POLICY, first)
