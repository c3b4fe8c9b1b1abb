"""Decisions about who works on a case and what kind of case it is."""

from datetime import datetime

from service_policy.cases import commands_service as commands
from service_policy.cases import events_service as events
from service_policy.cases.case import Case
from service_policy.cases.catalogue import (
    department,
    hand_off_limit,
    made,
    made_by_hand,
)
from service_policy.cases.decide_messages import need_open, need_text
from service_policy.cases.events import Event
from service_policy.cases.events_filing import MovedDue
from service_policy.cases.events_money import PromiseMissed
from service_policy.cases.refused import CommandRefused, need
from service_policy.policy import Policy

SHORTEST_REASON = 5


def name_owner(
    case: Case, command: commands.NameOwner, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """One person of the owning department answers for the case from now on."""
    need_open(case)
    need(command.owner.role in ("agent", "lead"), "owner", "Người phụ trách phải là nhân viên.")
    fits = command.owner.department == case.owner_department
    where = policy.company.department_name(case.owner_department)
    need(fits, "owner", f"Người phụ trách phải thuộc {where}.")
    need(command.owner.id != case.owner_id, "owner", "Người này đang phụ trách rồi.")
    need_text(command.display_name, "display_name", least=2)
    return (events.OwnerNamed(at=now, by=command.actor, owner=command.owner),)


def hand_off(
    case: Case, command: commands.HandOff, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """The holder changes, no deadline does; more hand-offs than promised are a miss."""
    need_open(case)
    need_text(command.text, least=SHORTEST_REASON)
    target = department(policy, command.to_department)
    need(target.id != case.holder_department, "to_department", "Phòng này đang giữ phiếu.")
    known = command.task is None or target.limit(command.task) is not None
    need(known, "task", "Phòng nhận không có việc này.")
    asked_for = command.reason == "customer_request"
    need(not asked_for or command.evidence, "evidence", "Nêu bằng chứng khách yêu cầu đổi người.")
    handed = events.HandedOff(
        at=now,
        by=command.actor,
        from_department=case.holder_department,
        from_role=case.holder_role,
        to_department=target.id,
        to_role=target.role,
        reason=command.reason,
        task=command.task,
        held_minutes=policy.calendar.working_minutes_between(case.holder_since, now),
        counted=not asked_for,
    )
    return (handed, *_run_around(case, policy, now, counted=handed.counted))


def _run_around(case: Case, policy: Policy, now: datetime, *, counted: bool) -> tuple[Event, ...]:
    """The first hand-off beyond the promised number is a miss at once, and once only."""
    commitment, most = hand_off_limit(case, policy)
    if commitment is None or not counted or case.counted_hand_offs != most:
        return ()
    promise = made_by_hand(case, policy, commitment, now=now, due=now, stops_on="never")
    before = sum(one.commitment_id == commitment.id for one in case.promises)
    missed = PromiseMissed(
        at=now,
        promise=f"{commitment.id}.{before + 1}" if before else commitment.id,
        commitment_id=commitment.id,
        version=commitment.version,
        reason="second_hand_off",
        due_at=now,
    )
    return (promise, missed)


def record_callback(
    case: Case, command: commands.RecordCallback, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """Only a conversation is a call back; a call nobody took stops no clock."""
    need_open(case)
    need_text(command.text, least=SHORTEST_REASON)
    if command.reached:
        return (events.CalledBack(at=now, by=command.actor),)
    return (events.CallbackTried(at=now, by=command.actor),)


def recategorise(
    case: Case, command: commands.Recategorise, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """Another category may bring dates forward and add promises; it never puts a date back."""
    need_open(case)
    need(case.kind == "complaint", "category", "Chỉ khiếu nại có loại.")
    found = policy.category(command.category)
    if found is None or found.id == case.category:
        raise CommandRefused("category", "Chọn một loại khác trong danh sách.")
    need(not case.is_safety, "category", "Phiếu an toàn giữ nguyên loại đến hết.")
    need_text(command.text, least=SHORTEST_REASON)
    # What the category asks for counts from now: the customer was not promised it before.
    published = policy.promises_for(
        case.kind, case.segment, now, category=found.id, topic=case.topic, priority=case.priority
    )
    have = {one.commitment_id: one for one in case.promises}
    dues = []
    for promise in published:
        mine = have.get(promise.commitment.id)
        if mine is not None and mine.is_open and promise.due_at < mine.due_at:
            moved = MovedDue(promise=mine.key, due_at=promise.due_at, bound=promise.due_at)
            dues.append(moved)
    changed = events.Recategorised(
        at=now, by=command.actor, category=found.id, danger=found.danger, dues=tuple(dues)
    )
    added = tuple(made(one, now, now) for one in published if one.commitment.id not in have)
    return (changed, *added)


def open_sub_case(
    case: Case, command: commands.OpenSubCase, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """A third party's part is the company's business; priority customers are spared it.

    Law 19/2023, article 8: no hand-over of vulnerable customers to third parties.
    """
    need_open(case)
    need(not case.priority, "party", "Khách ưu tiên: không chuyển cho bên thứ ba.")
    known = any(one.id == command.party for one in policy.company.third_parties)
    need(known, "party", "Chọn một bên thứ ba trong danh sách.")
    need_text(command.text, least=SHORTEST_REASON)
    return (
        events.SubCaseOpened(
            at=now, by=command.actor, number=len(case.sub_cases) + 1, party=command.party
        ),
    )


def close_sub_case(
    case: Case, command: commands.CloseSubCase, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """The third party is done; the customer's case goes on."""
    running = any(one.number == command.number and one.closed_at is None for one in case.sub_cases)
    need(running, "number", "Không có việc nhờ bên thứ ba nào như vậy.")
    return (events.SubCaseClosed(at=now, by=command.actor, number=command.number),)
