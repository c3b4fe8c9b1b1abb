"""Reading a request for documents, or for a quote; see ``intake``.

Whoever asks for a quote need not ask for a document as well.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from forms_api import inputs, words
from forms_api.inputs import BadInput
from forms_api.reading import Fields, gathered
from service_policy.calendar import VIETNAM
from service_policy.cases import FileDocumentRequest
from service_policy.cases.filing.commands import QuoteLine
from service_policy.policy import Policy

DOCUMENT_COLUMNS = ("id",)
LINE_COLUMNS = ("product_code", "quantity", "unit")
MOST_DOCUMENTS, MOST_LINES = 3, 5
MOST_COPIES = 500
LONGEST_DETAILS = 2000

NAMES: tuple[str, ...] = (
    "document_ids",
    "version_shown",
    "purpose",
    "quote_lines",
    "format",
    "send_by",
    "address",
    "fax",
    "shop",
    "copies",
    "need_by",
    "details",
    "segment",
    "name",
    "phone",
    "email",
)

_WITHOUT_QUOTES = tuple(name for name in NAMES if name != "quote_lines")
_NEEDED = {
    "email": "Nhập email để nhận tài liệu.",
    "address": "Nhập địa chỉ để gửi bưu điện.",
    "fax": "Nhập số fax.",
    "shop": "Ghi cửa hàng hoặc nơi Quý khách muốn đến lấy.",
}
_BY_WAY = {"email": "email", "post": "address", "fax": "fax", "pick_up": "shop"}


def document_request(
    raw: Mapping[str, Any], policy: Policy, now: datetime, *, json: bool = False
) -> FileDocumentRequest:
    """Read a request for documents; every document must be in the register.

    Raises:
        ValidationFailed: with every fault at once.
    """
    quotes = policy.matrix.allowed("quotes") is not None
    if not json:
        raw = gathered(raw, "document_ids", DOCUMENT_COLUMNS, MOST_DOCUMENTS)
        if quotes:
            raw = gathered(raw, "quote_lines", LINE_COLUMNS, MOST_LINES)
    fields = Fields(raw, NAMES if quotes else _WITHOUT_QUOTES, json=json)
    command = FileDocumentRequest(
        document_ids=_documents(fields, policy, json=json),
        version_shown=fields.optional("version_shown", inputs.count, number=True),
        purpose=fields.choice(
            "purpose", words.purposes(policy.matrix), "Chọn Quý khách xin để làm gì."
        ),
        quote_lines=fields.rows("quote_lines", LINE_COLUMNS, _line, MOST_LINES),
        format=fields.optional_choice("format", words.DOCUMENT_FORMATS) or "pdf",
        send_by=fields.choice("send_by", words.SEND_BY, "Chọn cách nhận tài liệu."),
        address=fields.optional("address", partial(inputs.line, longest=300)),
        fax=fields.optional("fax", inputs.phone),
        shop=fields.optional("shop", inputs.line),
        copies=fields.optional("copies", partial(inputs.count, most=MOST_COPIES), number=True),
        need_by=fields.optional("need_by", _coming_day(now)),
        details=fields.optional("details", partial(inputs.paragraphs, longest=LONGEST_DETAILS)),
        segment=fields.segment(policy.matrix),
        contact=fields.contact(),
    )
    _check(fields, command, json=json)
    fields.refuse_if_faulty()
    return command


def _documents(fields: Fields, policy: Policy, *, json: bool) -> tuple[str, ...]:
    def read(row: Fields) -> str:
        return row.required("id", known, "Chọn một tài liệu.")

    def known(text: str) -> str:
        issues = policy.register.of(inputs.code(text))
        if not issues:
            raise BadInput("Không có tài liệu này; chọn một tài liệu trong danh sách.")
        return issues[0].id

    found = fields.rows("document_ids", DOCUMENT_COLUMNS, read, MOST_DOCUMENTS)
    return tuple(dict.fromkeys(found))


def _line(row: Fields) -> QuoteLine:
    quantity = row.optional("quantity", inputs.count, number=True)
    if quantity is None and not row.has_fault("quantity"):
        row.add("quantity", "Ghi số lượng.")
    code = row.required("product_code", inputs.code, "Chọn sản phẩm.")
    unit = row.optional("unit", partial(inputs.line, longest=20))
    return QuoteLine(code, quantity or 0, unit or "cái")


def _check(fields: Fields, command: FileDocumentRequest, *, json: bool) -> None:
    """Check what depends on another answer: the way, and what a quote is about."""
    needed = _BY_WAY.get(command.send_by, "")
    given = command.contact.email if needed == "email" else getattr(command, needed, None)
    if needed and given is None and not fields.has_fault(needed):
        fields.add(needed, _NEEDED[needed])
    wants_quote = command.purpose == "quote" or bool(command.quote_lines)
    document_fault = any(one.field.startswith("document_ids") for one in fields.errors)
    if not (command.document_ids or wants_quote or document_fault):
        fields.add("document_ids" if json else "document_ids-1-id", "Chọn một tài liệu.")
    first_line = "quote_lines" if json else "quote_lines-1-product_code"
    faulty = any(one.field.startswith("quote_lines") for one in fields.errors)
    if command.purpose == "quote" and not command.quote_lines and not faulty:
        fields.add(first_line, "Ghi ít nhất một sản phẩm cần báo giá.")
    if command.quote_lines and command.purpose != "quote" and not fields.has_fault("purpose"):
        fields.add("purpose", "Có sản phẩm cần báo giá thì chọn “Xin báo giá”.")


def _coming_day(now: datetime) -> Callable[[str], date]:
    today = now.astimezone(VIETNAM).date()
    return partial(inputs.day, not_before=today)
