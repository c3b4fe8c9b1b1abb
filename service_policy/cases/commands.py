"""Commands that file a case, already read into normal form.

They hold personal data. What of it may stand in a public event is decided in ``decide``; the rest
is kept apart, where it can be erased.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any, Literal, get_args

from service_policy.actors import Actor
from service_policy.cases.events_filing import Remedy
from service_policy.commitments import ChannelId
from service_policy.segments import SegmentId

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
SendBy = Literal["email", "post", "fax", "pick_up"]
InvoiceError = Literal["tax_code", "name_address", "goods", "amount_tax"]


@dataclass(frozen=True)
class Contact:
    """Who writes and how to answer; ``phone`` is E.164; one of phone and e-mail is given."""

    name: str
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True)
class _Command:
    @property
    def private(self) -> dict[str, Any]:
        """Everything that was sent, for the erasable side of the store; empty fields left out.

        Who typed it in and when it was told stand in the event; they are not personal.
        """
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        for public in ("entered_by", "taken_at"):
            values.pop(public, None)
        contact = values.pop("contact", None)
        if contact is not None:
            values |= asdict(contact)
        return {name: _plain(value) for name, value in values.items() if value not in (None, ())}


@dataclass(frozen=True)
class FileComplaint(_Command):
    """File a complaint; ``category`` is a code of ``khieu-nai.yaml``.

    ``entered_by`` typed it in for the customer, who told it at ``taken_at``: the clock starts then.
    """

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


@dataclass(frozen=True)
class FileInvoiceInquiry(_Command):
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


@dataclass(frozen=True)
class FileQuestion(_Command):
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


@dataclass(frozen=True)
class QuoteLine:
    """One line of a request for a quote; ``product_code`` is of the catalogue or free text."""

    product_code: str
    quantity: int
    unit: str


@dataclass(frozen=True)
class FileDocumentRequest(_Command):
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


def _plain(value: Any) -> Any:
    """Write a value as JSON knows it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return tuple(asdict(one) if isinstance(one, QuoteLine) else one for one in value)
    return value


TOPICS: Mapping[str, tuple[str | None, ...]] = {
    "invoice_inquiry": get_args(InquiryTopic),
    "question": (None,),
    "document_request": get_args(DocumentPurpose),
}
"""What can be filed besides complaints, and about what; the company routes each to a department."""

Filing = FileComplaint | FileInvoiceInquiry | FileQuestion | FileDocumentRequest
