"""Decisions about two cases: splitting one, merging two. The earliest start is always kept.

Nothing that was promised in either case is lost, and staff cannot gain by joining them what they
could not have in one: a code that staff know, time, a right to refuse that had lapsed.
"""

from collections.abc import Iterator
from datetime import datetime

from service_policy.cases import events_outcome as events
from service_policy.cases import identification
from service_policy.cases.case import Case
from service_policy.cases.commands_outcome import MergeCases, SplitCase
from service_policy.cases.decide_filing import receive
from service_policy.cases.decide_messages import end_pause, need_open, need_text
from service_policy.cases.events import Event
from service_policy.cases.events_filing import MovedDue, PromiseMade
from service_policy.cases.evolve import fold
from service_policy.cases.parts import PromiseState
from service_policy.cases.permissions import may
from service_policy.cases.refused import CommandRefused, need
from service_policy.policy import Policy

Two = tuple[tuple[Event, ...], tuple[Event, ...]]


def split(
    case: Case,
    command: SplitCase,
    policy: Policy,
    now: datetime,
    *,
    reference: str,
    new_reference: str,
) -> Two:
    """Take part of a complaint out as a new case with the same start and its own promises.

    Returns the events of the old case and those of the new one.

    Raises:
        CommandRefused: the actor may not, the case has ended, or the category is unknown.
    """
    need(may(command.actor, SplitCase), "actor", "Vai trò này không được tách phiếu.")
    need_open(case)
    need(case.kind == "complaint", "category", "Chỉ khiếu nại tách được.")
    need_text(command.text)
    category = policy.category(command.category)
    if category is None:
        raise CommandRefused("category", "Chọn một loại khiếu nại trong danh sách.")
    identification.check(case, command, policy)
    now = max(now, case.last_at)
    new = receive(
        case.kind,
        case.segment,
        policy,
        now,
        channel=case.channel,
        department_id=category.department,
        category=category.id,
        priority=case.priority,
        since=case.received_at,
        entered_by=case.entered_by,
        split_from=reference,
        part_of=case.categories,
    )
    return (events.CaseSplit(at=now, by=command.actor, other=new_reference),), new


def merge(
    kept: Case,
    other: Case,
    command: MergeCases,
    policy: Policy,
    now: datetime,
    *,
    kept_reference: str,
) -> Two:
    """Go on with ``other`` inside ``kept``: the earlier start, the earlier dates, both debts.

    An open promise of the other case that has no open twin here is made here with its own date: a
    question that was not answered there is not answered by what was said here before.

    Returns the events of the kept case and those of the other one.

    Raises:
        CommandRefused: the actor may not, or the cases are not alike, open and undecided.
    """
    need(may(command.actor, MergeCases), "actor", "Vai trò này không được gộp phiếu.")
    need_open(kept)
    need_open(other)
    need_text(command.text)
    need(kept_reference != command.other, "other", "Chọn hai phiếu khác nhau.")
    alike = (kept.kind, kept.segment, kept.topic) == (other.kind, other.segment, other.topic)
    need(alike, "other", "Chỉ gộp hai phiếu cùng loại của cùng một khách.")
    # What was asked for and sent belongs to its own request; a merged one could not be fulfilled.
    need(not kept.documents_asked, "other", "Không gộp phiếu xin tài liệu.")
    need(kept.is_safety or not other.is_safety, "other", "Không gộp phiếu an toàn đi.")
    calm = all(map(_undecided, (kept, other)))
    need(calm, "other", "Một trong hai phiếu đang chờ khách trả lời, chờ ký hoặc xem xét lại.")
    for one in (kept, other):
        identification.check(one, command, policy)
    now = max(now, kept.last_at, other.last_at)
    ended = end_pause(other, policy, now, "concluded")
    theirs = [one for one in fold(ended, other).promises if one.is_open]
    merged = events.MergedIn(
        at=now,
        by=command.actor,
        other=command.other,
        since=other.received_at,
        priority=other.priority,
        dues=tuple(_earlier(kept, theirs)),
        entered_by=other.entered_by,
        categories=other.categories,
        identified=other.identified_by is not None,
    )
    mine: list[Event] = [merged, *_taken_over(kept, theirs, now)]
    resolving = next((one.key for one in kept.promises if one.stops_on == "resolved"), None)
    if other.in_favour_at is not None and kept.in_favour_at is None and resolving is not None:
        mine.append(events.DecidedForCustomer(at=now, promise=resolving))
    away = events.CaseMergedAway(at=now, by=command.actor, into=kept_reference)
    return tuple(mine), (*ended, away)


def _undecided(case: Case) -> bool:
    """Say whether nobody waits for a conclusion: not the customer, no second reader, no review."""
    return case.state == "open" and not (
        case.proposal or case.refusal or case.review or case.claims
    )


def _earlier(kept: Case, theirs: list[PromiseState]) -> Iterator[MovedDue]:
    """Give an open promise the date of its twin, where that is the earlier one."""
    for mine in kept.promises:
        first = min((one.due_at for one in theirs if _twins(mine, one)), default=mine.due_at)
        if first < mine.due_at:
            yield MovedDue(promise=mine.key, due_at=first, bound=first)


def _taken_over(kept: Case, theirs: list[PromiseState], now: datetime) -> Iterator[PromiseMade]:
    """Make here what is still open there and has no open twin; the owner is already named."""
    for one in theirs:
        if one.stops_on == "owner_assigned" or any(_twins(mine, one) for mine in kept.promises):
            continue
        yield PromiseMade(
            at=now,
            commitment_id=one.commitment_id,
            version=one.version,
            title=one.title,
            measure=one.measure,
            due_at=one.due_at,
            if_missed_vnd=one.if_missed_vnd,
            if_missed=one.if_missed,
            started_at=one.started_at,
            stops_on=one.stops_on,
            unit=one.unit,
        )


def _twins(mine: PromiseState, other: PromiseState) -> bool:
    """Say whether an open promise here is the very promise of the other case: same version, too."""
    same = (mine.commitment_id, mine.version) == (other.commitment_id, other.version)
    return mine.is_open and same
