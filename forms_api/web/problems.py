"""What can go wrong with a request, in the words that people and programs are told.

Every refusal of a submission says plainly that nothing was recorded and which other channel is
open.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request

from forms_api.errors import FieldError
from forms_api.kinds import DECLARED, KINDS, feedback
from service_policy.promises.policy import Policy

SUBMISSIONS = (*DECLARED.forms, *(kind.api_url for kind in KINDS), feedback.API_URL)
"""Addresses that record a case; everything else only reads, or repeats what is recorded."""

NOT_RECORDED = "Phiếu chưa được ghi nhận."


@dataclass(frozen=True)
class Problem:
    """A refusal: its status, a title, what to do, faults by field, headers to send along."""

    status: int
    title: str
    text: str
    errors: tuple[FieldError, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


class Refused(Exception):
    """A request is refused before anything was done; carries what to answer."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.title)
        self.problem = problem


_WORDS: Mapping[int, tuple[str, str]] = {
    400: (
        "Không đọc được yêu cầu",
        "Có phần bị hỏng trên đường gửi. Quý khách hãy mở lại trang rồi thử lần nữa.",
    ),
    401: (
        "Không tìm thấy hồ sơ",
        (
            "Không có hồ sơ nào ứng với mã đã gửi. Hãy gửi mã bí mật trên biên nhận trong đầu mục "
            "Authorization: Bearer."
        ),
    ),
    403: ("Không được phép", "Yêu cầu này không đến từ trang của chúng tôi nên không được nhận."),
    404: ("Không tìm thấy trang này", "Địa chỉ có thể gõ nhầm, hoặc trang đã dời."),
    405: ("Cách gửi không đúng", "Địa chỉ này không nhận kiểu yêu cầu đó."),
    409: (
        "Khóa gửi này đã dùng cho nội dung khác",
        "Phiếu gửi trước bằng khóa này vẫn còn nguyên. Nội dung mới cần một khóa mới.",
    ),
    413: ("Nội dung quá dài", "Hãy viết ngắn lại rồi gửi lần nữa."),
    415: ("Kiểu dữ liệu không đúng", "Địa chỉ này chỉ nhận JSON (application/json), mã UTF-8."),
    422: ("Có mục cần sửa", "Hãy sửa các mục được nêu rồi gửi lại."),
    429: (
        "Gửi quá nhiều lần trong thời gian ngắn",
        "Hãy đợi một chút rồi gửi lại; những gì Quý khách đã gõ vẫn còn.",
    ),
    500: (
        "Hệ thống của chúng tôi gặp lỗi",
        "Lỗi này thuộc về chúng tôi và đã được ghi lại. Quý khách hãy thử lại sau ít phút.",
    ),
    503: (
        "Hệ thống tạm thời không ghi được",
        "Lỗi này thuộc về chúng tôi. Quý khách hãy gửi lại sau ít phút.",
    ),
}


def problem(
    status: int,
    text: str = "",
    *,
    errors: tuple[FieldError, ...] = (),
    headers: Mapping[str, str] | None = None,
) -> Problem:
    """Return the problem of a status; ``text`` takes the place of its usual advice."""
    title, usual = _WORDS.get(status) or (_WORDS[400] if status < 500 else _WORDS[500])
    return Problem(status, title, text or usual, errors, headers or {})


def is_submission() -> bool:
    """Say whether this request wanted to record a case."""
    return request.method == "POST" and request.path.startswith(SUBMISSIONS)


def other_channels(policy: Policy) -> tuple[str, ...]:
    """Name the channels that are open when the form is not, the safety line first."""
    company = policy.company
    return (
        f"{policy.danger or 'Nguy hiểm'}: gọi {company.safety_line}",
        f"Điện thoại: {company.hotline}",
        f"Thư điện tử: {company.email}",
    )


def problem_document(found: Problem, policy: Policy) -> dict[str, Any]:
    """Write a problem as a problem document (RFC 9457).

    A refused submission has ``recorded: false`` and the ``channels`` that are open.
    """
    document: dict[str, Any] = {
        "type": "about:blank",
        "title": found.title,
        "status": found.status,
        "detail": found.text,
    }
    if found.errors:
        document["errors"] = [
            {"field": error.field, "message": error.message} for error in found.errors
        ]
    if is_submission():
        recorded = "Không có phiếu mới nào được ghi nhận." if found.status == 409 else NOT_RECORDED
        document["detail"] = f"{recorded} {found.text}"
        document["recorded"] = False
        document["channels"] = list(other_channels(policy))
    return document
