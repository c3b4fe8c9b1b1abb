"""Submissions as customers send them, complete and correct; tests change what they need."""

from typing import Any

COMPLAINT: dict[str, Any] = {
    "category": "GT",
    "description": "Đơn hàng giao trễ ba ngày, gọi tổng đài không ai trả lời.",
    "name": "Nguyễn Thị Mẫu",
    "phone": "0912 345 678",
    "email": "mau@khach.example",
    "segment": "household",
    "order_no": "DH-2026-0042",
}

QUESTION: dict[str, Any] = {
    "question": "Bên mình có nhận sinh viên thực tập ở nhà máy không?",
    "name": "Lê Thị Mẫu",
    "email": "hoi@khach.example",
}

INQUIRY: dict[str, Any] = {
    "segment": "dealer",
    "topic": "wrong_details",
    "invoice_series": "1C26TNK",
    "invoice_no": "00001234",
    "invoice_date": "20/11/2026",
    "tax_code": "9900000016",
    "total_vnd": 12345678,
    "error_kind": "name_address",
    "correct_details": "Tên đúng: Cửa hàng Mẫu",
    "name": "Trần Văn Mẫu",
    "email": "ke-toan@daily.example",
}
