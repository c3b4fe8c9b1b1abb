"""The letters of a new case: a receipt to the customer, a notice to the department.

Both are plain text. No subject holds anything personal, and the secret code is never part of a
stored letter: ``CODE_MARK`` stands for it until the moment of sending.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forms_api import kinds, words
from forms_api.views import FOLLOW_URL, Receipt
from service_policy.promises.policy import Policy
from service_policy.text import NO_BREAK_SPACE, isolated
from theme.filters import datetime_vi

CODE_MARK = "[[ma-bi-mat]]"
ENCLOSED_MARK = "[[tai-lieu]]"
LOST_CODE = "(mã đã hiện ra khi Quý khách gửi phiếu)"

_LINK = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,15}://|www\.)\S+"
    r"|(?<![\w.@-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}"
    r"\.(?:com|net|org|vn|info|biz|xyz|top|site|online|shop|club|link|click|me|io|ly|cc|ru|cn)"
    r"(?:[/?:]\S*|(?![\w-]))",
    re.IGNORECASE,
)
LINK_LEFT_OUT = "(địa chỉ trang web, xem trên trang theo dõi)"


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
    promises = "".join(
        f"- {one.id} {one.title}: trước {datetime_vi(one.due_at)}."
        + (f" Nếu trễ: {one.if_missed}.\n" if one.if_missed else "\n")
        for one in receipt.promises
    )
    if promises:
        paid = "Tiền bù do chúng tôi tự trả, Quý khách không phải yêu cầu."
        promises = f"Chúng tôi hứa:\n{promises}{paid}\n"
    notes = "".join(f"\n{note}" for note in receipt.notes) + ("\n" if receipt.notes else "")
    body = f"""Kính gửi Quý khách,

{company.short_name} đã nhận {kind} của Quý khách lúc {_at(receipt)}.

Mã phiếu: {receipt.reference}
Mã bí mật: {CODE_MARK}
Xin giữ kín mã bí mật: ai có mã này đều xem được tiến độ của phiếu.

Người chịu trách nhiệm: {receipt.owner.role}, {receipt.owner.department}.

{promises}{notes}{said}
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
    told = kinds.of(receipt.kind).described(personal, policy)
    sent = "\n".join(f"{label}: {isolated(said)}" for label, said in told)
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


def fit_for_letters(words: str) -> str:
    """Leave the addresses of web pages out of words that go to an address nobody has checked.

    Whoever types somebody else's address must not be able to make us send them his links.
    """
    return _LINK.sub(LINK_LEFT_OUT, words)


def _at(receipt: Receipt) -> str:
    return datetime_vi(receipt.received_at)


def plain(text: str) -> str:
    """Bring a letter's text to plain spaces and one line end."""
    return text.replace(NO_BREAK_SPACE, " ").rstrip() + "\n"
