"""Vietnamese words for the codes of the forms: what forms, letters and case pages all show."""

from collections.abc import Mapping

from service_policy.cases.states import STATE_WORDS, State

KINDS: Mapping[str, str] = {
    "complaint": "khiếu nại",
    "invoice_inquiry": "yêu cầu về hóa đơn, công nợ, giao hàng",
    "question": "câu hỏi",
}

SEGMENTS: Mapping[str, str] = {
    "household": "Hộ gia đình, cơ quan mua để dùng",
    "dealer": "Đại lý",
    "project": "Dự án (trường học, bếp ăn, khách sạn, nhà thầu)",
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

STATES: Mapping[State, str] = STATE_WORDS

DESK = "Hệ thống tiếp nhận (tự động)"
"""Who speaks when no person did."""
