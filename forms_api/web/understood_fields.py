"""What is asked of a reader: was it clear, and if not, what was wrong."""

from collections.abc import Mapping

from forms_api import feedback
from forms_api.web.fields import Choice, Field, Questions, Section


def feedback_questions() -> Questions:
    """Return the questions about a page."""
    fields = (
        Field(
            "page_url",
            "Trang nào?",
            "line",
            "Path of the page, from the root of the site.",
            required=True,
            hint="Ví dụ /bang-gia/ban-le-2026-11/",
            longest=200,
        ),
        Field(
            "page_version",
            "Phiên bản",
            "hidden",
            "Version that the page says it is; empty where it has none.",
            longest=feedback.LONGEST_VERSION,
        ),
        Field(
            "useful",
            "Trang này có dễ hiểu, đầy đủ không?",
            "radios",
            "Whether the page was clear and complete.",
            required=True,
            choices=_choices(feedback.USEFUL),
        ),
        Field(
            "reason",
            "Nếu chưa, vì sao?",
            "radios",
            "What was wrong with it.",
            choices=_choices(feedback.REASONS),
        ),
        Field(
            "comment",
            "Nói rõ thêm",
            "text",
            f"A remark, up to {feedback.LONGEST_COMMENT} characters after NFC.",
            hint="Câu nào khó hiểu, thiếu điều gì. Không ghi chuyện riêng ở đây.",
            longest=feedback.LONGEST_COMMENT,
        ),
        Field(
            "contact",
            "Email hoặc điện thoại",
            "line",
            "E-mail address or phone number, only to ask back; erased when the remark is handled.",
            hint="Chỉ để hỏi lại về trang này; xóa khi góp ý được xử lý xong",
            longest=320,
            width="l",
        ),
    )
    return Questions((Section("gop-y", "Góp ý", fields),))


def _choices(table: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(code, words) for code, words in table.items())
