"""``/gui/gop-y/``: was a page clear? What is sent is no case, so this is no ``Kind``."""

from collections.abc import Mapping

from forms_api import inputs
from forms_api.kinds.field import Field, choices
from forms_api.kinds.questions import Questions, Section

API_URL = "/api/v1/feedback"
USEFUL: Mapping[str, str] = {"yes": "Có, dễ hiểu và đủ", "no": "Chưa"}
REASONS: Mapping[str, str] = {
    "unclear": "Khó hiểu",
    "missing": "Thiếu điều cần biết",
    "wrong": "Có chỗ sai",
    "out_of_date": "Đã cũ",
    "hard_to_find": "Khó tìm",
}
LONGEST_COMMENT = 1000
LONGEST_VERSION = 40


_FIELDS = (
    Field(
        "page_url",
        "Trang nào?",
        "line",
        "Path of the page, from the root of the site.",
        required=True,
        missing="Ghi trang Quý khách góp ý.",
        hint="Ví dụ /bang-gia/ban-le-2026-11/",
        longest=200,
        reader=inputs.page_address,
    ),
    Field(
        "page_version",
        "Phiên bản",
        "hidden",
        "Version that the page says it is; empty where it has none.",
        longest=LONGEST_VERSION,
        default="",
    ),
    Field(
        "useful",
        "Trang này có dễ hiểu, đầy đủ không?",
        "radios",
        "Whether the page was clear and complete.",
        required=True,
        missing="Chọn có hoặc chưa.",
        choices=choices(USEFUL),
    ),
    Field(
        "reason",
        "Nếu chưa, vì sao?",
        "radios",
        "What was wrong with it.",
        choices=choices(REASONS),
    ),
    Field(
        "comment",
        "Nói rõ thêm",
        "text",
        f"A remark, up to {LONGEST_COMMENT} characters after NFC.",
        hint="Câu nào khó hiểu, thiếu điều gì. Không ghi chuyện riêng ở đây.",
        longest=LONGEST_COMMENT,
    ),
    Field(
        "contact",
        "Email hoặc điện thoại",
        "line",
        "E-mail address or phone number, only to ask back; erased when the remark is handled.",
        hint="Chỉ để hỏi lại về trang này; xóa khi góp ý được xử lý xong",
        longest=320,
        width="l",
        reader=lambda text: inputs.email(text) if "@" in text else inputs.phone(text),
    ),
)
QUESTIONS = Questions((Section("gop-y", "Góp ý", _FIELDS),))
