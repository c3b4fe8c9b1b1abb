"""Reading a submission, from JSON or a form, into a command of the rules.

The input is a mapping of the contract's field names. Every fault is collected, so that a person
sees all of them at once; nothing is guessed and nothing is dropped without a word.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from forms_api import inputs, words
from forms_api.reading import Fields
from service_policy.calendar import VIETNAM
from service_policy.cases import FileComplaint, FileInvoiceInquiry, FileQuestion
from service_policy.policy import Policy

DESCRIPTION_LENGTH = (20, 4000)
"""How long a description may be, in characters after NFC."""

QUESTION_LENGTH = (5, 4000)
"""How long a question may be; "ship ko?" is one."""

COMPLAINT_FIELDS: tuple[str, ...] = (
    "category",
    "description",
    "name",
    "phone",
    "email",
    "segment",
    "product_code",
    "serial",
    "order_no",
    "invoice_no",
    "occurred_on",
    "remedy_wanted",
    "priority",
    "province",
    "commune",
    "marketing_consent",
)

INQUIRY_FIELDS: tuple[str, ...] = (
    "segment",
    "topic",
    "invoice_series",
    "invoice_no",
    "invoice_date",
    "tax_code",
    "total_vnd",
    "error_kind",
    "correct_details",
    "order_no",
    "details",
    "priority",
    "name",
    "phone",
    "email",
)

QUESTION_FIELDS: tuple[str, ...] = (
    "question",
    "product",
    "category",
    "segment",
    "name",
    "phone",
    "email",
    "page_url",
    "search_terms_tried",
    "hits_shown",
    "publish_ok",
)


def complaint(
    raw: Mapping[str, Any], policy: Policy, now: datetime, *, json: bool = False
) -> FileComplaint:
    """Read a complaint. With ``json``, values must have JSON's own types.

    Raises:
        ValidationFailed: with every fault at once.
    """
    fields = Fields(raw, COMPLAINT_FIELDS, json=json)
    categories = {category.id: category.title for category in policy.categories}
    command = FileComplaint(
        category=fields.choice("category", categories, "Chọn loại khiếu nại."),
        description=fields.required("description", _description, "Kể lại sự việc."),
        segment=fields.segment(policy.matrix),
        contact=fields.contact(),
        product_code=fields.optional("product_code", _code),
        serial=fields.optional("serial", _code),
        order_no=fields.optional("order_no", _code),
        invoice_no=fields.optional("invoice_no", _code),
        occurred_on=fields.optional("occurred_on", _past_day(now)),
        remedy_wanted=fields.optional_choice("remedy_wanted", words.REMEDIES),
        priority=fields.flag("priority"),
        province=fields.optional("province", _short),
        commune=fields.optional("commune", _short),
        marketing_consent=fields.flag("marketing_consent"),
    )
    fields.refuse_if_faulty()
    return command


def invoice_inquiry(
    raw: Mapping[str, Any], policy: Policy, now: datetime, *, json: bool = False
) -> FileInvoiceInquiry:
    """Read an inquiry about an invoice, a balance or a delivery. See ``complaint``.

    Whether an invoice exists is never looked at here: the answer must not depend on it.
    """
    away = () if policy.matrix.allowed("tax_code") else ("tax_code",)
    fields = Fields(raw, tuple(one for one in INQUIRY_FIELDS if one not in away), json=json)
    command = FileInvoiceInquiry(
        topic=fields.choice("topic", words.topics(policy.matrix), "Chọn việc Quý khách cần hỏi."),
        segment=fields.segment(policy.matrix),
        contact=fields.contact(),
        invoice_series=fields.optional("invoice_series", inputs.invoice_series),
        invoice_no=fields.optional("invoice_no", inputs.invoice_number),
        invoice_date=fields.optional("invoice_date", _past_day(now)),
        tax_code=fields.optional("tax_code", inputs.tax_code),
        total_vnd=fields.optional("total_vnd", inputs.vnd, number=True),
        error_kind=fields.optional_choice("error_kind", words.INVOICE_ERRORS),
        correct_details=fields.optional("correct_details", _details),
        order_no=fields.optional("order_no", _code),
        details=fields.optional("details", _details),
        priority=fields.flag("priority"),
    )
    fields.refuse_if_faulty()
    return command


def question(
    raw: Mapping[str, Any], policy: Policy, now: datetime, *, json: bool = False
) -> FileQuestion:
    """Read a question about anything else. See ``complaint``.

    Whoever does not say what kind of customer he is, is answered as the usual kind.
    """
    fields = Fields(raw, QUESTION_FIELDS, json=json)
    command = FileQuestion(
        question=fields.required("question", _question, "Viết điều Quý khách muốn hỏi."),
        contact=fields.contact(),
        segment=fields.segment(policy.matrix, needed=False),
        product=fields.optional("product", _code),
        category=fields.optional_choice("category", {one.id: one.name for one in policy.topics}),
        page_url=fields.optional("page_url", inputs.page_address),
        search_terms_tried=fields.several("search_terms_tried", _term),
        hits_shown=fields.several("hits_shown", _code),
        publish_ok=fields.flag("publish_ok"),
    )
    fields.refuse_if_faulty()
    return command


def _past_day(now: datetime) -> Callable[[str], date]:
    today = now.astimezone(VIETNAM).date()
    return lambda text: inputs.day(text, not_after=today)


def _description(text: str) -> str:
    shortest, longest = DESCRIPTION_LENGTH
    return inputs.paragraphs(text, shortest, longest)


def _question(text: str) -> str:
    shortest, longest = QUESTION_LENGTH
    return inputs.paragraphs(text, shortest, longest)


def _term(text: str) -> str:
    return inputs.line(text, 200)


def _details(text: str) -> str:
    return inputs.paragraphs(text, longest=DESCRIPTION_LENGTH[1])


def _code(text: str) -> str:
    return inputs.code(text)


def _short(text: str) -> str:
    return inputs.line(text, 100)
