"""Vietnamese words for the codes of the forms: what forms, letters and case pages all show."""

from collections.abc import Iterable, Mapping
from typing import Any

from service_policy.cases.core.states import STATE_WORDS, State
from service_policy.segments import Matrix

KINDS: Mapping[str, str] = {
    "complaint": "khiếu nại",
    "invoice_inquiry": "yêu cầu về hóa đơn",
    "question": "câu hỏi",
    "document_request": "yêu cầu tài liệu, báo giá",
}

REMEDIES: Mapping[str, str] = {
    "repair": "Sửa",
    "replace": "Đổi",
    "refund": "Hoàn tiền",
    "compensate": "Bù tiền",
    "apologise": "Xin lỗi",
    "explain": "Giải thích rõ",
    "feedback_only": "Chỉ góp ý",
}

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

INVOICE_ERRORS: Mapping[str, str] = {
    "tax_code": "Sai mã số thuế",
    "name_address": "Sai tên, địa chỉ",
    "goods": "Sai hàng hóa",
    "amount_tax": "Sai tiền, thuế",
}

PURPOSES: Mapping[str, str] = {
    "buy": "Xem để mua",
    "quote": "Xin báo giá",
    "partner": "Làm đại lý, đối tác",
    "other": "Việc khác",
}

DOCUMENT_FORMATS: Mapping[str, str] = {
    "pdf": "Tệp PDF",
    "xlsx": "Bảng tính XLSX",
    "web": "Liên kết tới trang",
    "print": "Bản in",
}

SEND_BY: Mapping[str, str] = {
    "email": "Email, gửi ngay",
    "post": "Bưu điện, không thu phí",
    "fax": "Fax",
    "pick_up": "Nhận tại cửa hàng",
}

STATES: Mapping[State, str] = STATE_WORDS

DESK = "Hệ thống tiếp nhận (tự động)"
"""Who speaks when no person did."""


def segments(matrix: Matrix) -> Mapping[str, str]:
    """Return the kinds of customers, in the words in which forms ask."""
    return {one.id: one.choice for one in matrix.segments}


def segment(code: str, matrix: Matrix) -> str:
    """Say what kind a customer is; the code of a kind that is no longer declared."""
    found = matrix.segment(code)
    return code if found is None else found.choice


def kind(code: str, matrix: Matrix) -> str:
    """Say what kind of case it is; an inquiry names what else the company can be asked about."""
    return KINDS[code] + (also_asked(matrix) if code == "invoice_inquiry" else "")


def also_asked(matrix: Matrix) -> str:
    """Say what belongs to invoices: balances where somebody has credit, deliveries of goods."""
    balances = ", công nợ" if matrix.allowed("credit") else ""
    return balances + (", giao hàng" if matrix.delivers else "")


def topics(matrix: Matrix) -> Mapping[str, str]:
    """Return what may be asked about an invoice: balances with credit, deliveries with goods."""
    return {code: said for code, said in TOPICS.items() if matrix.may_be_asked(code)}


def purposes(matrix: Matrix) -> Mapping[str, str]:
    """Return what documents may be asked for: quotes and partnership where somebody has them."""
    return {code: said for code, said in PURPOSES.items() if matrix.may_be_asked(code)}


def quote_lines(lines: Iterable[Mapping[str, Any]]) -> str:
    """Write the lines of a request for a quote in one sentence."""
    return "; ".join(f"{one['product_code']}: {one['quantity']} {one['unit']}" for one in lines)
