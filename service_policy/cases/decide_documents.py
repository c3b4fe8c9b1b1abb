"""Decisions about documents: which copy holds for whoever asks, and what counts as sent."""

from collections.abc import Iterator
from datetime import date, datetime

from service_policy.calendar import VIETNAM
from service_policy.cases.case import Case
from service_policy.cases.commands import DocumentsWanted
from service_policy.cases.commands_documents import RecordDocumentsSent
from service_policy.cases.events import Event
from service_policy.cases.events_documents import (
    AskedDocument,
    DocumentsAsked,
    DocumentsSent,
    UnderstoodAsked,
)
from service_policy.cases.refused import CommandRefused, need
from service_policy.clock import due_at
from service_policy.policy import Policy
from service_policy.register import Issue, Register


def asked(wanted: DocumentsWanted, policy: Policy, now: datetime) -> DocumentsAsked:
    """Write down what was asked for, and the copy of each document that holds today.

    Raises:
        CommandRefused: the register has no such document.
    """
    day = now.astimezone(VIETNAM).date()
    documents = []
    for place, document_id in enumerate(wanted.ids):
        issue = newest(policy.register, document_id, day)
        if issue is None:
            raise CommandRefused("document_ids", f"Không có tài liệu {document_id}.")
        current = policy.register.in_place_of(issue, day)
        documents.append(
            AskedDocument(
                id=issue.id,
                version=wanted.version_shown if place == 0 else None,
                current_id=None if current is None else current.id,
                current_version=None if current is None else current.version,
            )
        )
    return DocumentsAsked(at=now, documents=tuple(documents), way=wanted.way, format=wanted.format)


def newest(register: Register, document_id: str, day: date) -> Issue | None:
    """Return the version of a document that holds on ``day``, or else its newest; None without any.

    A version that is only announced stands for the document when there is no other.
    """
    issues = register.of(document_id)
    return next((one for one in issues if one.state(day) == "current"), next(iter(issues), None))


def record_sent(
    case: Case, command: RecordDocumentsSent, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """A letter is recorded once; people record what they posted, faxed or handed over."""
    need(case.kind == "document_request", "kind", "Chỉ phiếu xin tài liệu mới ghi được việc này.")
    by_machine = command.actor.role == "system"
    need(by_machine == (command.letter is not None), "letter", "Thư do máy gửi thì máy ghi.")
    known = {one.letter for one in case.documents_sent if one.letter is not None}
    need(command.letter not in known, "letter", "Thư này đã được ghi là đã gửi.")
    need(command.copies, "copies", "Chọn tài liệu đã gửi.")
    wanted = {one.id for one in case.documents_asked}
    for copy in command.copies:
        need(copy.asked in wanted, "copies", "Khách không xin tài liệu này trong phiếu này.")
        found = policy.register.find(copy.id, copy.version)
        need(found is not None, "copies", "Không có phiên bản này trong sổ tài liệu.")
    return (
        DocumentsSent(
            at=now,
            by=command.actor,
            copies=command.copies,
            way=command.way,
            letter=command.letter,
        ),
    )


def understood(case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
    """Some days after the last copy went out, its reader is asked once whether it is clear."""
    if case.understood_asked or not case.documents_sent or case.state in ("withdrawn", "merged"):
        return
    wait = policy.company.handling.ask_understood_after
    if due_at(wait, case.documents_sent[-1].at, policy.calendar) <= now:
        copies = {(one.id, one.version): one for sent in case.documents_sent for one in sent.copies}
        yield UnderstoodAsked(at=now, copies=tuple(copies.values()))
