"""The letters of a new case: a receipt to the customer, a notice to the department.

Both are plain text. No subject holds anything personal, and the secret code is never part of a
stored letter: ``CODE_MARK`` stands for it until the moment of sending.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from forms_api import words
from forms_api.inputs import phone_words
from forms_api.main_text import fit_for_letters
from forms_api.views import FOLLOW_URL, Receipt
from service_policy.policy import Policy
from service_policy.text import NO_BREAK_SPACE, isolated
from theme.filters import date_vi, datetime_vi, vnd
from theme.words import CHANNELS

CODE_MARK = "[[ma-bi-mat]]"
ENCLOSED_MARK = "[[tai-lieu]]"
LOST_CODE = "(mã đã hiện ra khi Quý khách gửi phiếu)"

_LABELS: Mapping[str, str] = {
    "name": "Họ và tên",
    "phone": "Điện thoại",
    "email": "Email",
    "segment": "Khách hàng",
    "priority": "Cần ưu tiên",
    "category": "Loại",
    "topic": "Việc cần hỏi",
    "description": "Nội dung",
    "question": "Câu hỏi",
    "document_ids": "Tài liệu",
    "version_shown": "Phiên bản đang có",
    "purpose": "Để làm gì",
    "format": "Dạng",
    "send_by": "Gửi qua",
    "address": "Địa chỉ nhận",
    "fax": "Số fax",
    "shop": "Cửa hàng nhận",
    "copies": "Số bản",
    "need_by": "Cần trước ngày",
    "quote_lines": "Hàng cần báo giá",
    "details": "Nội dung",
    "product_code": "Mã sản phẩm",
    "product": "Sản phẩm",
    "page_url": "Hỏi từ trang",
    "search_terms_tried": "Đã tìm",
    "hits_shown": "Đã được gợi ý",
    "publish_ok": "Cho đăng câu hỏi, không nêu tên",
    "serial": "Số sê-ri",
    "order_no": "Mã đơn hàng",
    "invoice_series": "Ký hiệu hóa đơn",
    "invoice_no": "Số hóa đơn",
    "invoice_date": "Ngày hóa đơn",
    "tax_code": "Mã số thuế",
    "total_vnd": "Tổng tiền",
    "error_kind": "Loại sai",
    "correct_details": "Thông tin đúng",
    "occurred_on": "Ngày xảy ra",
    "remedy_wanted": "Mong muốn",
    "province": "Tỉnh, thành phố",
    "commune": "Xã, phường",
    "marketing_consent": "Nhận tin sản phẩm mới",
    "channel": "Kênh nhận",
}


@dataclass(frozen=True)
class Enclosure:
    """A file of the published site that a letter is to bring, as chosen when it was written.

    ``asked`` is the document that the customer named and ``asked_version`` the version in hand;
    ``id`` and ``version`` are the copy that held then, ``url`` and ``sha256`` its file. The hash
    is empty while the site publishes no such file, and for a mere link (format ``web``).
    """

    asked: str
    asked_version: int | None
    id: str
    version: int
    format: str
    url: str
    sha256: str


@dataclass(frozen=True)
class Letter:
    """A letter before it has a Message-ID.

    ``kind`` is ``receipt``, ``message``, ``news``, ``document`` (to customers) or ``notice`` (to
    departments). ``message`` is the number of the case's event that it carries, if it carries one.
    """

    kind: str
    recipient: str
    subject: str
    body: str
    message: int | None = None
    enclosures: tuple[Enclosure, ...] = ()


def receipt_letter(receipt: Receipt, recipient: str, policy: Policy, site_url: str) -> Letter:
    """Write the customer's receipt, with the customer's own words, as taken, but for links.

    Whoever types somebody else's address must not be able to make us send them his links.
    """
    company, kind = policy.company, words.kind(receipt.kind, policy.matrix)
    wrote = isolated(fit_for_letters(receipt.wrote))
    said = f"\nQuý khách viết:\n\n{wrote}\n\n(hết lời Quý khách viết)\n" if wrote else ""
    promises = "\n".join(
        f"- {one.id} {one.title}: trước {datetime_vi(one.due_at)}."
        + (f" Nếu trễ: {one.if_missed}." if one.if_missed else "")
        for one in receipt.promises
    )
    notes = "".join(f"\n{note}" for note in receipt.notes) + ("\n" if receipt.notes else "")
    body = f"""Kính gửi Quý khách,

{company.short_name} đã nhận {kind} của Quý khách lúc {_at(receipt)}.

Mã phiếu: {receipt.reference}
Mã bí mật: {CODE_MARK}
Xin giữ kín mã bí mật: ai có mã này đều xem được tiến độ của phiếu.

Người chịu trách nhiệm: {receipt.owner.role}, {receipt.owner.department}.

Chúng tôi hứa:
{promises}
Tiền bù do chúng tôi tự trả, Quý khách không phải yêu cầu.
{notes}{said}
Theo dõi phiếu bằng mã phiếu và mã bí mật tại: {site_url}{FOLLOW_URL}

Thư này do hệ thống gửi tự động. Cần gặp người thật: {company.hotline}, {company.email}.
{company.name}
{company.banner if company.fictional else ""}"""
    subject = f"[{receipt.reference}] {company.short_name} đã nhận phiếu của Quý khách"
    return Letter("receipt", recipient, subject, plain(body))


def notice_letter(
    receipt: Receipt, recipient: str, personal: Mapping[str, Any], policy: Policy
) -> Letter:
    """Write the notice to the department that owns the case, with everything that was sent."""
    sent = "\n".join(f"{label}: {isolated(said)}" for label, said in described(personal, policy))
    dues = "\n".join(
        f"- {one.id} {one.title}: {datetime_vi(one.due_at)}" for one in receipt.promises
    )
    kind = words.kind(receipt.kind, policy.matrix)
    body = f"""Phiếu mới: {kind}
Mã phiếu: {receipt.reference}
Nhận lúc: {_at(receipt)}
Chịu trách nhiệm: {receipt.owner.role}, {receipt.owner.department}

Hạn:
{dues}

{sent}
"""
    subject = f"[{receipt.reference}] Phiếu mới: {kind}"
    return Letter("notice", recipient, subject, plain(body))


def described(personal: Mapping[str, Any], policy: Policy) -> list[tuple[str, str]]:
    """Write everything that was sent as (label, words), for a reader of the company."""
    return [
        (label, _words(name, personal[name], policy))
        for name, label in _LABELS.items()
        if personal.get(name) not in (None, False)
        and not (name == "segment" and policy.matrix.one_segment)
    ]


def _at(receipt: Receipt) -> str:
    return datetime_vi(receipt.received_at)


def plain(text: str) -> str:
    """Bring a letter's text to plain spaces and one line end."""
    return text.replace(NO_BREAK_SPACE, " ").rstrip() + "\n"


_CODES: Mapping[str, Mapping[str, str]] = {
    "topic": words.TOPICS,
    "error_kind": words.INVOICE_ERRORS,
    "remedy_wanted": words.REMEDIES,
    "channel": CHANNELS,
    "purpose": words.PURPOSES,
    "format": words.DOCUMENT_FORMATS,
    "send_by": words.SEND_BY,
}


def _words(name: str, value: Any, policy: Policy) -> str:
    """Write one field for a reader of the department."""
    if name in _CODES:
        return _CODES[name][value]
    match name:
        case "segment":
            return words.segment(value, policy.matrix)
        case "phone" | "fax":
            return phone_words(value)
        case "category":
            return _category(value, policy)
        case "total_vnd":
            return vnd(value)
        case "search_terms_tried" | "hits_shown" | "document_ids":
            return "; ".join(value)
        case "quote_lines":
            return words.quote_lines(value)
        case "priority" | "marketing_consent" | "publish_ok":
            return "có"
        case "invoice_date" | "occurred_on" | "need_by":
            return date_vi(date.fromisoformat(value))
        case _:
            return str(value)


def _category(code: str, policy: Policy) -> str:
    """Name what is complained of, or what is asked about."""
    if category := policy.category(code):
        return f"{code} · {category.title}"
    topic = policy.topic(code)
    return topic.name if topic else code
