"""Who answers for a case, and who holds it: the holder changes, no deadline does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from service_policy.actors import Actor
from service_policy.cases.core.case import Case
from service_policy.cases.core.changes import ended
from service_policy.cases.core.command import (
    DESK,
    SHORTEST_REASON,
    CaseCommand,
    need,
    need_open,
    need_text,
)
from service_policy.cases.core.event import Deed, Event, Telling, working_time
from service_policy.cases.core.parts import Holding
from service_policy.cases.core.promises import PromiseMissed, hand_off_limit, made_by_hand
from service_policy.cases.filing.received import department
from service_policy.company import Department
from service_policy.handling import Limit
from service_policy.promises.clock import due_at
from service_policy.promises.policy import Policy

HandOffReason = Literal["wrong_department", "expertise", "absence", "customer_request"]

HAND_OFF_WORDS: Mapping[str, str] = {
    "wrong_department": "đến nhầm phòng",
    "expertise": "cần chuyên môn của phòng kia",
    "absence": "người giữ phiếu vắng mặt",
    "customer_request": "Quý khách yêu cầu đổi người",
}
"""Why a case changed hands."""


class OwnerNamed(Deed):
    """A person of the owning department answers for the case; the name itself is private."""

    type: Literal["owner_named"] = "owner_named"
    owner: Actor

    TITLE = "Đã có người phụ trách"

    def apply(self, case: Case) -> Case:
        return ended(replace(case, owner_id=self.owner.id), "owner_assigned", self.at)


class HandedOff(Deed):
    """The holder changed; the owner and every deadline did not.

    Departments by id, roles by name; ``held_minutes`` are business minutes with the one who gives.
    ``counted`` is whether it counts against the hand-offs that a case may see. ``task`` is the
    limit of the taker that holds; None where the taker has none (and in what was written before).
    """

    type: Literal["handed_off"] = "handed_off"
    from_department: str
    from_role: str
    to_department: str
    to_role: str
    reason: HandOffReason
    task: str | None = None
    held_minutes: int
    counted: bool

    TITLE = "Chuyển cho phòng khác, hạn giữ nguyên"

    @property
    def is_word(self) -> bool:
        return self.reason == "customer_request"

    def particulars(self, policy: Policy) -> str:
        held = working_time(self.held_minutes, policy.calendar)
        departments = (self.from_department, self.to_department)
        gave, took = map(policy.company.department_name, departments)
        return f"{gave} → {took}, vì {HAND_OFF_WORDS[self.reason]}; đã giữ {held}"

    def news(self, telling: Telling) -> str:
        where = telling.policy.company.department_name(self.to_department)
        return f"Phiếu chuyển tới {where}; mọi hạn giữ nguyên."

    def concerns(self, holder: str, reader: str) -> str:
        return self.to_department

    def apply(self, case: Case) -> Case:
        *before, last = case.holdings
        now = Holding(self.to_department, self.to_role, self.at, self.task)
        return replace(
            case,
            holdings=(*before, replace(last, until=self.at), now),
            holder_department=self.to_department,
            holder_role=self.to_role,
            holder_since=self.at,
            counted_hand_offs=case.counted_hand_offs + self.counted,
        )


@dataclass(frozen=True)
class NameOwner(CaseCommand):
    """Name the person who answers for the case to its end; the customer is shown the name."""

    owner: Actor
    display_name: str
    PRIVATE = ("display_name",)
    ALLOWED = DESK

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """One person of the owning department answers for the case from now on."""
        need_open(case)
        need(self.owner.role in ("agent", "lead"), "owner", "Người phụ trách phải là nhân viên.")
        fits = self.owner.department == case.owner_department
        where = policy.company.department_name(case.owner_department)
        need(fits, "owner", f"Người phụ trách phải thuộc {where}.")
        need(self.owner.id != case.owner_id, "owner", "Người này đang phụ trách rồi.")
        need_text(self.display_name, "display_name", least=2)
        yield OwnerNamed(at=now, by=self.actor, owner=self.owner)


@dataclass(frozen=True)
class HandOff(CaseCommand):
    """Give the case to another department by its id; ``task`` is one of that department's limits.

    Without one the department's own limit for such a case holds (``usual_limit``). A hand-off that
    the customer asked for needs the ``evidence`` id of that wish.
    """

    to_department: str
    reason: HandOffReason
    text: str
    task: str | None = None
    evidence: str | None = None
    ALLOWED = DESK

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """The holder changes, no deadline does; more hand-offs than promised are a miss."""
        need_open(case)
        need_text(self.text, least=SHORTEST_REASON)
        target = department(policy, self.to_department)
        need(target.id != case.holder_department, "to_department", "Phòng này đang giữ phiếu.")
        limit = target.limit(self.task) if self.task else usual_limit(case, target, policy, now)
        need(limit is not None or not self.task, "task", "Phòng nhận không có việc này.")
        asked_for = self.reason == "customer_request"
        need(not asked_for or self.evidence, "evidence", "Nêu bằng chứng khách yêu cầu đổi người.")
        handed = HandedOff(
            at=now,
            by=self.actor,
            from_department=case.holder_department,
            from_role=case.holder_role,
            to_department=target.id,
            to_role=target.role,
            reason=self.reason,
            task=None if limit is None else limit.id,
            held_minutes=policy.calendar.working_minutes_between(case.holder_since, now),
            counted=not asked_for,
        )
        yield handed
        yield from _run_around(case, policy, now, counted=handed.counted)


def usual_limit(case: Case, taker: Department, policy: Policy, now: datetime) -> Limit | None:
    """Return the limit of a department that gets a case now without a word on what to do.

    Of several it is the one that ends last: what was not said is not held against whoever takes.
    None for a department that has promised nothing to others.
    """
    fit = taker.limits_for(case.kind, case.holder_department)
    dated = (one for one in fit if one.within.has_clock)
    return max(dated, key=lambda one: due_at(one.within, now, policy.calendar), default=None)


def _run_around(case: Case, policy: Policy, now: datetime, *, counted: bool) -> Iterator[Event]:
    """The first hand-off beyond the promised number is a miss at once, and once only."""
    commitment, most = hand_off_limit(case, policy)
    if commitment is None or not counted or case.counted_hand_offs != most:
        return
    yield made_by_hand(case, policy, commitment, now=now, due=now, stops_on="never")
    before = sum(one.commitment_id == commitment.id for one in case.promises)
    yield PromiseMissed(
        at=now,
        promise=f"{commitment.id}.{before + 1}" if before else commitment.id,
        commitment_id=commitment.id,
        version=commitment.version,
        reason="second_hand_off",
        due_at=now,
    )
