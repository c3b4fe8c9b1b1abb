"""``/gui/hoa-don/``: ask about an invoice, a balance or a delivery.

Whether an invoice exists is never looked at: the answer must not depend on it.
"""

from collections.abc import Mapping
from dataclasses import replace

from forms_api import inputs
from forms_api.kinds.common import (
    CONTACT_HINT,
    DETAILS,
    EMAIL,
    LONGEST_TEXT,
    NAME,
    ORDER_NO,
    PHONE,
    PRIORITY,
    SEGMENT,
    code,
    where,
)
from forms_api.kinds.field import Field, Setting, choices
from forms_api.kinds.kind import Kind
from forms_api.kinds.questions import Section
from service_policy.segments import Matrix

TOPICS: Mapping[str, str] = {
    "resend": "Gửi lại hóa đơn",
    "wrong_details": "Hóa đơn sai thông tin",
    "missing": "Chưa có hóa đơn",
    "authenticity": "Kiểm tra hóa đơn thật hay giả",
    "balance": "Đối chiếu công nợ",
    "delivery_status": "Hàng đang ở đâu",
    "delivery_schedule": "Lịch giao hàng",
    "payment_not_recorded": "Đã trả tiền mà chưa được ghi nhận",
}
_ERRORS: Mapping[str, str] = {
    "tax_code": "Sai mã số thuế",
    "name_address": "Sai tên, địa chỉ",
    "goods": "Sai hàng hóa",
    "amount_tax": "Sai tiền, thuế",
}


def _topics(field: Field, setting: Setting) -> Field:
    """Offer balances where somebody has credit, deliveries where goods are delivered."""
    offered = setting.policy.matrix.may_be_asked
    return replace(field, choices=tuple(one for one in field.choices if offered(one.value)))


def _also_asked(matrix: Matrix) -> str:
    balances = ", công nợ" if matrix.allowed("credit") else ""
    return balances + (", giao hàng" if matrix.delivers else "")


def _description(matrix: Matrix) -> str:
    balances = ", đối chiếu công nợ" if matrix.allowed("credit") else ""
    deliveries = ", hỏi hàng đang ở đâu" if matrix.delivers else ""
    return f"Xin lại hóa đơn, báo hóa đơn sai{balances}{deliveries}."


_TOPIC = Field(
    "topic",
    "Quý khách cần gì?",
    "radios",
    "What is asked.",
    required=True,
    missing="Chọn việc Quý khách cần hỏi.",
    choices=choices(TOPICS),
    brief="Việc cần hỏi",
    fit=_topics,
)
_INVOICE = (
    code(
        "invoice_series",
        "Ký hiệu hóa đơn",
        "Invoice series, such as 1C26TNK; spaces, / and - are ignored.",
        hint="Ví dụ 1C26TNK, in ở góc trên hóa đơn",
        reader=inputs.invoice_series,
    ),
    code(
        "invoice_no",
        "Số hóa đơn",
        "Invoice number, up to eight digits.",
        hint="Ví dụ 1234",
        reader=inputs.invoice_number,
    ),
    Field(
        "invoice_date",
        "Ngày hóa đơn",
        "day",
        "Invoice date, not in the future; ISO or day/month/year.",
        hint="Ví dụ 21/11/2026",
        longest=40,
        width="m",
    ),
    code(
        "tax_code",
        "Mã số thuế của bên mua",
        "Tax code of the buyer: 10 or 13 digits, or a 12-digit personal id.",
        hint="10 hoặc 13 chữ số, hoặc số định danh 12 chữ số",
        reader=inputs.tax_code,
        brief="Mã số thuế",
        fit=where(lambda matrix: matrix.allowed("tax_code")),
    ),
    Field(
        "total_vnd",
        "Tổng tiền trên hóa đơn",
        "money",
        "Total in đồng.",
        hint="Ví dụ 1.200.000, 500k hoặc 1tr2",
        longest=40,
        width="m",
        brief="Tổng tiền",
    ),
    ORDER_NO,
)
_WRONG = (
    Field(
        "error_kind",
        "Hóa đơn sai chỗ nào?",
        "radios",
        "What is wrong on the invoice; the way to correct it depends on it.",
        choices=choices(_ERRORS),
        brief="Loại sai",
    ),
    Field(
        "correct_details",
        "Thông tin đúng",
        "text",
        "What the invoice should say.",
        longest=LONGEST_TEXT,
    ),
)

KIND = Kind(
    id="invoice_inquiry",
    slug="hoa-don",
    api="invoice-inquiries",
    prefix="HD",
    place=20,
    title=lambda matrix: f"Hỏi hóa đơn{_also_asked(matrix)}",
    description=_description,
    noun=lambda matrix: f"yêu cầu về hóa đơn{_also_asked(matrix)}",
    entry=lambda matrix: f"Hóa đơn{_also_asked(matrix)}",
    summary="Ask about an invoice",
    sections=(
        Section("viec-can", "Việc cần hỏi", (_TOPIC, DETAILS)),
        Section(
            "hoa-don",
            lambda matrix: "Hóa đơn hoặc đơn hàng" if matrix.delivers else "Hóa đơn",
            _INVOICE,
            "Có gì điền nấy. Càng đủ càng nhanh, thiếu chúng tôi vẫn nhận.",
        ),
        Section("cho-sai", "Nếu hóa đơn sai", _WRONG, "Bỏ qua phần này nếu hóa đơn không sai gì."),
        Section("lien-he", "Chúng tôi trả lời ai", (SEGMENT, NAME, PHONE, EMAIL), CONTACT_HINT),
        Section("lua-chon", "Lựa chọn thêm", (PRIORITY,)),
    ),
    main_text=("details", "correct_details"),
    kept_months=12,
    template="forms/inquiry",
    topic="topic",
    topics=TOPICS,
)
