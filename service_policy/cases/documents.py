"""A request for documents: what was asked for, which copy holds, what was sent and understood."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from service_policy.cases.core.case import Case
from service_policy.cases.core.changes import ended
from service_policy.cases.core.command import DELIVERY, CaseCommand, CommandRefused, need
from service_policy.cases.core.event import Deed, Event, Telling
from service_policy.cases.core.facts import AskedDocument, SendBy, SentCopy
from service_policy.cases.core.parts import Sending
from service_policy.promises.calendar import VIETNAM
from service_policy.promises.clock import due_at
from service_policy.promises.policy import Policy
from service_policy.register import Issue, Register

WAY_WORDS: Mapping[str, str] = {
    "email": "email",
    "post": "bưu điện",
    "fax": "fax",
    "pick_up": "nhận tại cửa hàng",
}
"""How a document travels."""

FORMAT_WORDS: Mapping[str, str] = {
    "web": "liên kết trên trang",
    "pdf": "PDF",
    "xlsx": "bảng tính XLSX",
    "csv": "CSV",
    "print": "bản in",
}
"""What a copy is."""


class DocumentsAsked(Event):
    """Documents were asked for, to be sent one way in one format."""

    type: Literal["documents_asked"] = "documents_asked"
    documents: tuple[AskedDocument, ...]
    way: SendBy
    format: str

    TITLE = "Quý khách xin tài liệu"

    def particulars(self, policy: Policy) -> str:
        wanted = ", ".join(
            one.id if one.version is None else f"{one.id} phiên bản {one.version}"
            for one in self.documents
        )
        return f"{wanted}; {FORMAT_WORDS[self.format]}, qua {WAY_WORDS[self.way]}"

    def apply(self, case: Case) -> Case:
        return replace(case, documents_asked=self.documents)


class DocumentsSent(Deed):
    """Copies went out: which versions, when and which way."""

    type: Literal["documents_sent"] = "documents_sent"
    copies: tuple[SentCopy, ...]
    way: SendBy
    letter: int | None = None

    TITLE = "Đã gửi tài liệu"
    SHOWS = True

    def particulars(self, policy: Policy) -> str:
        return f"{copy_words(self.copies)}, qua {WAY_WORDS[self.way]}"

    def news(self, telling: Telling) -> str:
        # A letter with the documents tells of itself.
        return "" if self.way == "email" else f"Đã gửi {self.particulars(telling.policy)}."

    def apply(self, case: Case) -> Case:
        """The promise ends when each document that was asked for has been sent."""
        sending = Sending(self.at, self.copies, self.way, self.letter)
        sent = replace(case, documents_sent=(*case.documents_sent, sending))
        return sent if sent.documents_missing else ended(sent, "document_sent", self.at)


class UnderstoodAsked(Event):
    """Whoever got a document was asked whether it is clear and complete."""

    type: Literal["understood_asked"] = "understood_asked"
    copies: tuple[SentCopy, ...]

    TITLE = "Hỏi lại: tài liệu có dễ hiểu, đầy đủ không?"

    def particulars(self, policy: Policy) -> str:
        return copy_words(self.copies)

    def news(self, telling: Telling) -> str:
        asked = (f"  {one.id}: {one.feedback_url(telling.feedback_url)}" for one in self.copies)
        return "\n".join(("Tài liệu này có dễ hiểu, đầy đủ không? Xin trả lời ở đây:", *asked))

    def apply(self, case: Case) -> Case:
        return replace(case, understood_asked=True)


DocumentFormat = Literal["web", "pdf", "xlsx", "print"]


@dataclass(frozen=True)
class DocumentsWanted:
    """Documents of the register by their ids, and how they are to come.

    ``version_shown`` is the version of the first one that the asker had in hand.
    """

    ids: tuple[str, ...]
    way: SendBy
    format: DocumentFormat = "pdf"
    version_shown: int | None = None

    def asked(self, register: Register, now: datetime) -> DocumentsAsked:
        """Write down what was asked for, and the copy of each document that holds today.

        Raises:
            CommandRefused: the register has no such document.
        """
        day = now.astimezone(VIETNAM).date()
        documents = []
        for place, document_id in enumerate(self.ids):
            issue = newest(register, document_id, day)
            if issue is None:
                raise CommandRefused("document_ids", f"Không có tài liệu {document_id}.")
            current = register.in_place_of(issue, day)
            documents.append(
                AskedDocument(
                    id=issue.id,
                    version=self.version_shown if place == 0 else None,
                    current_id=None if current is None else current.id,
                    current_version=None if current is None else current.version,
                )
            )
        return DocumentsAsked(at=now, documents=tuple(documents), way=self.way, format=self.format)


@dataclass(frozen=True)
class RecordDocumentsSent(CaseCommand):
    """Record which versions went out, which way. The outbox does it for letters, people otherwise.

    ``letter`` is the number of the asking event that a letter of the outbox answers; a letter is
    recorded once, however often it had to be handed to the mail server. People give none.
    """

    copies: tuple[SentCopy, ...]
    way: SendBy
    letter: int | None = None
    PRIVATE = ()
    ALLOWED = DELIVERY

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """A letter is recorded once; people record what they posted, faxed or handed over."""
        need(
            case.kind == "document_request", "kind", "Chỉ phiếu xin tài liệu mới ghi được việc này."
        )
        by_machine = self.actor.role == "system"
        need(by_machine == (self.letter is not None), "letter", "Thư do máy gửi thì máy ghi.")
        known = {one.letter for one in case.documents_sent if one.letter is not None}
        need(self.letter not in known, "letter", "Thư này đã được ghi là đã gửi.")
        need(self.copies, "copies", "Chọn tài liệu đã gửi.")
        wanted = {one.id for one in case.documents_asked}
        for copy in self.copies:
            need(copy.asked in wanted, "copies", "Khách không xin tài liệu này trong phiếu này.")
            found = policy.register.find(copy.id, copy.version)
            need(found is not None, "copies", "Không có phiên bản này trong sổ tài liệu.")
        yield DocumentsSent(
            at=now,
            by=self.actor,
            copies=self.copies,
            way=self.way,
            letter=self.letter,
        )


def copy_words(copies: Iterable[SentCopy]) -> str:
    """Name copies with their versions and, where another was asked for, what they stand for."""
    return ", ".join(
        f"{one.id} phiên bản {one.version} ({FORMAT_WORDS[one.format]}"
        + (f", thay cho {one.asked})" if one.asked != one.id else ")")
        for one in copies
    )


def newest(register: Register, document_id: str, day: date) -> Issue | None:
    """Return the version of a document that holds on ``day``, or else its newest; None without any.

    A version that is only announced stands for the document when there is no other.
    """
    issues = register.of(document_id)
    return next((one for one in issues if one.state(day) == "current"), next(iter(issues), None))


def understood(case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
    """Some days after the last copy went out, its reader is asked once whether it is clear."""
    if case.understood_asked or not case.documents_sent or case.state in ("withdrawn", "merged"):
        return
    wait = policy.company.handling.ask_understood_after
    if due_at(wait, case.documents_sent[-1].at, policy.calendar) <= now:
        copies = {(one.id, one.version): one for sent in case.documents_sent for one in sent.copies}
        yield UnderstoodAsked(at=now, copies=tuple(copies.values()))
