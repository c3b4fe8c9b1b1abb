"""Decisions: which events follow from a command under the policy, at a given moment."""

from datetime import datetime

from service_policy.cases.case import Case
from service_policy.cases.commands import Command, FileComplaint, FileInvoiceInquiry
from service_policy.cases.events import Event, PromiseMade, Received
from service_policy.commitments import CaseKind
from service_policy.policy import Policy

DELIVERY_TOPICS = frozenset({"delivery_status", "delivery_schedule"})
"""Inquiries that the warehouse answers for; accounting answers for all others."""


class CommandRefused(Exception):
    """The rules refuse a command: the field at fault and a Vietnamese message."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


def decide(case: Case | None, command: Command, policy: Policy, now: datetime) -> tuple[Event, ...]:
    """Return the events that ``command`` causes at ``now`` (aware UTC).

    Raises:
        CommandRefused: the command names something that the published policy does not have.
    """
    if case is not None:
        raise CommandRefused("reference", "Phiếu này đã được nhận.")
    match command:
        case FileComplaint():
            category = policy.category(command.category)
            if category is None:
                raise CommandRefused("category", "Chọn một loại khiếu nại trong danh sách.")
            return _receive(
                command, policy, now, "complaint", category.department, category=category.id
            )
        case FileInvoiceInquiry():
            department = "kho-van" if command.topic in DELIVERY_TOPICS else "ke-toan"
            return _receive(
                command, policy, now, "invoice_inquiry", department, topic=command.topic
            )


def _receive(
    command: Command,
    policy: Policy,
    now: datetime,
    kind: CaseKind,
    department_id: str,
    *,
    category: str | None = None,
    topic: str | None = None,
) -> tuple[Event, ...]:
    """Receive a new case: one owner from the first minute, and every promise with its date."""
    department = policy.department(department_id)
    received = Received(
        at=now,
        kind=kind,
        segment=command.segment,
        channel=command.channel,
        category=category,
        topic=topic,
        priority=command.priority,
        owner_department=department.name,
        owner_role=department.role,
        fingerprint=policy.fingerprint,
    )
    promises = policy.promises_for(
        kind, command.segment, now, category=category, topic=topic, priority=command.priority
    )
    return (
        received,
        *(
            PromiseMade(
                at=now,
                commitment_id=promise.commitment.id,
                version=promise.commitment.version,
                title=promise.commitment.title,
                measure=promise.commitment.measure,
                due_at=promise.due_at,
                if_missed_vnd=promise.if_missed_vnd,
                if_missed=promise.if_missed,
            )
            for promise in promises
        ),
    )
