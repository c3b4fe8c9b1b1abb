"""What can be filed, already read into normal form."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from service_policy.actors import Actor
from service_policy.cases.core.command import Contact, FilingCommand
from service_policy.cases.core.event import Event
from service_policy.cases.core.facts import Remedy, SendBy
from service_policy.cases.core.permissions import FILING
from service_policy.cases.core.refused import CommandRefused, need
from service_policy.cases.documents import asked
from service_policy.cases.filing.received import receive
from service_policy.commitments import CaseKind, ChannelId
from service_policy.policy import Policy
from service_policy.segments import GroupId, SegmentId

InquiryTopic = Literal[
    "resend",
    "wrong_details",
    "missing",
    "authenticity",
    "balance",
    "delivery_status",
    "delivery_schedule",
    "payment_not_recorded",
]
DocumentPurpose = Literal["buy", "quote", "partner", "other"]
DocumentFormat = Literal["web", "pdf", "xlsx", "print"]
InvoiceError = Literal["tax_code", "name_address", "goods", "amount_tax"]


@dataclass(frozen=True)
class FileComplaint(FilingCommand):
    """File a complaint; ``category`` is a code of ``khieu-nai.yaml``."""

    category: str
    description: str
    contact: Contact
    segment: SegmentId
    product_code: str | None = None
    serial: str | None = None
    order_no: str | None = None
    invoice_no: str | None = None
    occurred_on: date | None = None
    remedy_wanted: Remedy | None = None
    priority: bool = False
    province: str | None = None
    commune: str | None = None
    marketing_consent: bool = False
    channel: ChannelId = "web"
    entered_by: Actor | None = None
    taken_at: datetime | None = None

    def decide(self, policy: Policy, now: datetime) -> tuple[Event, ...]:
        found = policy.category(self.category)
        if found is None:
            raise CommandRefused("category", "Chọn một loại khiếu nại trong danh sách.")
        return _filed(
            self,
            "complaint",
            policy,
            now,
            category=found.id,
            department_id=found.department,
            priority=self.priority,
            remedy_wanted=self.remedy_wanted,
        )


@dataclass(frozen=True)
class FileInvoiceInquiry(FilingCommand):
    """Ask about an invoice, a balance or a delivery; ``total_vnd`` in đồng."""

    topic: InquiryTopic
    segment: SegmentId
    contact: Contact
    invoice_series: str | None = None
    invoice_no: str | None = None
    invoice_date: date | None = None
    tax_code: str | None = None
    total_vnd: int | None = None
    error_kind: InvoiceError | None = None
    correct_details: str | None = None
    order_no: str | None = None
    details: str | None = None
    priority: bool = False
    channel: ChannelId = "web"
    entered_by: Actor | None = None
    taken_at: datetime | None = None

    def decide(self, policy: Policy, now: datetime) -> tuple[Event, ...]:
        return _filed(
            self, "invoice_inquiry", policy, now, topic=self.topic, priority=self.priority
        )


@dataclass(frozen=True)
class FileQuestion(FilingCommand):
    """Ask anything else; ``category`` is a topic of the published questions.

    ``search_terms_tried`` are the words that were looked up before, ``hits_shown`` the ids of the
    published answers that were offered and did not do (``hoi-dap:BH-01``).
    """

    question: str
    contact: Contact
    segment: SegmentId
    product: str | None = None
    category: str | None = None
    page_url: str | None = None
    search_terms_tried: tuple[str, ...] = ()
    hits_shown: tuple[str, ...] = ()
    publish_ok: bool = False
    channel: ChannelId = "web"
    entered_by: Actor | None = None
    taken_at: datetime | None = None

    def decide(self, policy: Policy, now: datetime) -> tuple[Event, ...]:
        return _filed(self, "question", policy, now)


@dataclass(frozen=True)
class QuoteLine:
    """One line of a request for a quote; ``product_code`` is of the catalogue or free text."""

    product_code: str
    quantity: int
    unit: str


@dataclass(frozen=True)
class FileDocumentRequest(FilingCommand):
    """Ask for documents of the register by their ids, or for a quote over ``quote_lines``, or both.

    ``version_shown`` is the version of the first document that the asker had in hand. ``send_by``
    says which of ``address``, ``fax`` and ``shop`` is needed; e-mail goes to the contact's address.
    """

    document_ids: tuple[str, ...]
    purpose: DocumentPurpose
    send_by: SendBy
    segment: SegmentId
    contact: Contact
    version_shown: int | None = None
    format: DocumentFormat = "pdf"
    address: str | None = None
    fax: str | None = None
    shop: str | None = None
    copies: int | None = None
    need_by: date | None = None
    quote_lines: tuple[QuoteLine, ...] = ()
    details: str | None = None
    channel: ChannelId = "web"
    entered_by: Actor | None = None
    taken_at: datetime | None = None

    def decide(self, policy: Policy, now: datetime) -> tuple[Event, ...]:
        if not self.document_ids:
            return self._filed(policy, now)
        # How documents come decides by when; without any there is nothing to be sent.
        more = asked(self.document_ids, self.version_shown, self.send_by, self.format, policy, now)
        return (*self._filed(policy, now, category=self.send_by), more)

    def _filed(
        self, policy: Policy, now: datetime, category: str | None = None
    ) -> tuple[Event, ...]:
        return _filed(
            self,
            "document_request",
            policy,
            now,
            topic=self.purpose,
            category=category,
            groups=self._groups(policy),
        )

    def _groups(self, policy: Policy) -> frozenset[GroupId]:
        """Return the groups of the products to be quoted; all of them while none is known."""
        products = (policy.product(line.product_code) for line in self.quote_lines)
        found = frozenset(one.product_group for one in products if one is not None)
        return found or frozenset(policy.matrix.groups)


def _filed(
    command: FilingCommand,
    kind: CaseKind,
    policy: Policy,
    now: datetime,
    *,
    category: str | None = None,
    topic: str | None = None,
    department_id: str | None = None,
    priority: bool = False,
    groups: Collection[GroupId] = (),
    remedy_wanted: Remedy | None = None,
) -> tuple[Event, ...]:
    if command.entered_by is not None:
        allowed = command.entered_by.role in FILING
        need(allowed, "actor", "Vai trò này không được nhập phiếu thay khách.")
        need(command.channel != "web", "channel", "Chọn kênh mà khách đã dùng.")
    return receive(
        kind,
        command.segment,
        policy,
        now,
        channel=command.channel,
        department_id=department_id or policy.company.route(kind, topic) or "",
        category=category,
        topic=topic,
        priority=priority,
        groups=groups,
        since=command.taken_at,
        entered_by=command.entered_by,
        remedy_wanted=remedy_wanted,
    )


TOPICS: Mapping[str, tuple[str | None, ...]] = {
    "invoice_inquiry": get_args(InquiryTopic),
    "question": (None,),
    "document_request": get_args(DocumentPurpose),
}
"""What can be filed besides complaints, and about what; the company routes each to a department."""

Filing = FileComplaint | FileInvoiceInquiry | FileQuestion | FileDocumentRequest
