"""Decisions about two cases: splitting one, merging two. The earliest start is always kept."""

from datetime import datetime

from service_policy.cases import events_outcome as events
from service_policy.cases.case import Case
from service_policy.cases.commands_outcome import MergeCases, SplitCase
from service_policy.cases.decide_filing import receive
from service_policy.cases.decide_messages import end_pause, need_open, need_text
from service_policy.cases.events import Event
from service_policy.cases.events_filing import MovedDue
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
        split_from=reference,
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
    other_reference: str,
) -> Two:
    """Go on with ``other`` inside ``kept``: the earlier start, the earlier dates, both debts.

    Returns the events of the kept case and those of the other one.

    Raises:
        CommandRefused: the actor may not, or the cases are not alike and open.
    """
    need(may(command.actor, MergeCases), "actor", "Vai trò này không được gộp phiếu.")
    need_open(kept)
    need_open(other)
    need_text(command.text, least=5)
    need(kept_reference != other_reference, "reference", "Chọn hai phiếu khác nhau.")
    alike = (kept.kind, kept.segment, kept.topic) == (other.kind, other.segment, other.topic)
    need(alike, "reference", "Chỉ gộp hai phiếu cùng loại của cùng một khách.")
    need(kept.is_safety or not other.is_safety, "reference", "Không gộp phiếu an toàn đi.")
    calm = all(one.state == "open" and one.proposal is None for one in (kept, other))
    need(calm, "state", "Một trong hai phiếu đang chờ khách xác nhận hoặc xem xét lại.")
    now = max(now, kept.last_at, other.last_at)
    theirs = {one.commitment_id: one for one in other.promises if one.is_open}
    dues = []
    for promise in kept.promises:
        twin = theirs.get(promise.commitment_id)
        if promise.is_open and twin is not None and twin.due_at < promise.due_at:
            dues.append(MovedDue(promise=promise.key, due_at=twin.due_at, bound=twin.due_at))
    merged = events.MergedIn(
        at=now,
        by=command.actor,
        other=other_reference,
        since=other.received_at,
        priority=other.priority,
        dues=tuple(dues),
    )
    away = events.CaseMergedAway(at=now, by=command.actor, into=kept_reference)
    return (merged,), (*end_pause(other, policy, now, "concluded"), away)
