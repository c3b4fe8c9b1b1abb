"""Reading a submission, from JSON or a form, into a command of the rules.

The input is a mapping of the contract's field names. Every fault is collected, so that a person
sees all of them at once; nothing is guessed and nothing is dropped without a word.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar, cast

from forms_api import inputs, words
from forms_api.errors import FieldError, ValidationFailed
from forms_api.inputs import BadInput
from service_policy.calendar import VIETNAM
from service_policy.cases import Contact, FileComplaint, FileInvoiceInquiry
from service_policy.policy import Policy

T = TypeVar("T")

DESCRIPTION_LENGTH = (20, 4000)
"""How long a description may be, in characters after NFC."""

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


def complaint(
    raw: Mapping[str, Any], policy: Policy, now: datetime, *, json: bool = False
) -> FileComplaint:
    """Read a complaint. With ``json``, values must have JSON's own types.

    Raises:
        ValidationFailed: with every fault at once.
    """
    fields = _Fields(raw, COMPLAINT_FIELDS, json=json)
    categories = {category.id: category.title for category in policy.categories}
    command = FileComplaint(
        category=fields.choice("category", categories, "Chọn loại khiếu nại."),
        description=fields.required("description", _description, "Kể lại sự việc."),
        segment=fields.choice(
            "segment", words.SEGMENTS, "Chọn Quý khách là hộ gia đình, đại lý hay dự án."
        ),
        contact=_contact(fields),
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
    fields = _Fields(raw, INQUIRY_FIELDS, json=json)
    command = FileInvoiceInquiry(
        topic=fields.choice("topic", words.TOPICS, "Chọn việc Quý khách cần hỏi."),
        segment=fields.choice(
            "segment", words.SEGMENTS, "Chọn Quý khách là hộ gia đình, đại lý hay dự án."
        ),
        contact=_contact(fields),
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


class _Fields:
    """Reads one field after the other and remembers what is wrong with each."""

    def __init__(self, raw: Mapping[str, Any], known: tuple[str, ...], *, json: bool) -> None:
        self._raw = raw
        self._json = json
        self.errors = [
            FieldError(str(name)[:100], "Biểu mẫu này không có trường đó.")
            for name in raw
            if name not in known
        ]

    def required(self, name: str, read: Callable[[str], T], missing: str) -> T:
        """Read a field that must be there; the value after a fault is never used."""
        value = self.optional(name, read)
        if value is None and not self.has_fault(name):
            self.add(name, missing)
        return cast(T, value)

    def optional(self, name: str, read: Callable[[str], T], *, number: bool = False) -> T | None:
        """Read a field that may be missing or empty; ``number`` also takes a JSON integer."""
        value = self._raw.get(name)
        if number and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is None:
            return None
        if not isinstance(value, str):
            self.add(name, "Giá trị này phải là chữ.")
            return None
        if not value.strip():
            return None
        try:
            return read(value)
        except BadInput as fault:
            self.add(name, str(fault))
            return None

    def choice(self, name: str, choices: Mapping[str, str], missing: str) -> Any:
        """Read one of several codes; ``missing`` says what to choose."""
        return self.required(name, _one_of(choices, missing), missing)

    def optional_choice(self, name: str, choices: Mapping[str, str]) -> Any:
        """Read one of several codes, or nothing."""
        return self.optional(name, _one_of(choices, "Chọn một trong các mục có sẵn."))

    def flag(self, name: str) -> bool:
        """Read a tick box; absent is no. JSON must say true or false."""
        value = self._raw.get(name)
        if isinstance(value, bool):
            return value
        if not self._json and isinstance(value, str):
            value = value.strip().lower()
            if value in ("on", "true", "1", "yes"):
                return True
            if value in ("", "off", "false", "0", "no"):
                return False
        if value is not None:
            self.add(name, "Giá trị này phải là true hoặc false.")
        return False

    def add(self, name: str, message: str) -> None:
        """Remember a fault."""
        self.errors.append(FieldError(name, message))

    def has_fault(self, name: str) -> bool:
        """Say whether a field has a fault already."""
        return any(error.field == name for error in self.errors)

    def refuse_if_faulty(self) -> None:
        """Raise every fault at once."""
        if self.errors:
            raise ValidationFailed(self.errors)


def _contact(fields: _Fields) -> Contact:
    contact = Contact(
        name=fields.required("name", inputs.full_name, "Nhập họ và tên."),
        phone=fields.optional("phone", inputs.phone),
        email=fields.optional("email", inputs.email),
    )
    faulty = fields.has_fault("phone") or fields.has_fault("email")
    if contact.phone is None and contact.email is None and not faulty:
        fields.add("phone", "Nhập số điện thoại hoặc email để chúng tôi trả lời.")
    return contact


def _one_of(choices: Mapping[str, str], message: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in choices:
            raise BadInput(message)
        return text

    return read


def _past_day(now: datetime) -> Callable[[str], date]:
    today = now.astimezone(VIETNAM).date()
    return lambda text: inputs.day(text, not_after=today)


def _description(text: str) -> str:
    shortest, longest = DESCRIPTION_LENGTH
    return inputs.paragraphs(text, shortest, longest)


def _details(text: str) -> str:
    return inputs.paragraphs(text, longest=DESCRIPTION_LENGTH[1])


def _code(text: str) -> str:
    return inputs.line(text, 60)


def _short(text: str) -> str:
    return inputs.line(text, 100)
