"""The letters of cases: receipts, messages and news to the customer, notices to departments.

All are plain text. No subject holds anything personal, and the secret code is never part of a
stored letter: ``CODE_MARK`` stands for it until the moment of sending. A notice about a running
case names it and what happened, never what anybody wrote: that stays behind the desk's login.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forms_api import contacts, kinds, words
from forms_api.contacts import Private
from forms_api.payouts import masked_account
from forms_api.portal import Portal
from forms_api.views import FOLLOW_URL, Receipt
from service_policy.cases import Case, Event
from service_policy.cases.core.event import Telling, evolve
from service_policy.cases.holding.hand_off import HandedOff
from service_policy.cases.money.owing import CompensationOwed
from service_policy.cases.money.payout import PayoutAsked
from service_policy.promises.policy import Policy
from service_policy.text import NO_BREAK_SPACE, isolated
from theme.env import build_environment
from theme.words import FEEDBACK_URL

DESK_URL = "/noi-bo/ho-so/"
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
_TEMPLATES = build_environment().overlay(autoescape=False)
"""A letter is no page: plain text, in which nothing is to be escaped."""

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
    told = {"receipt": receipt, "company": policy.company, "code_mark": CODE_MARK}
    told["kind"] = words.kind(receipt.kind, policy.matrix)
    told["wrote"] = isolated(fit_for_letters(receipt.wrote))
    body = written("receipt", **told, follow_url=f"{site_url}{FOLLOW_URL}")
    subject = f"[{receipt.reference}] {policy.company.short_name} đã nhận phiếu của Quý khách"
    return Letter("receipt", recipient, subject, plain(body))


def notice_letter(
    receipt: Receipt, recipient: str, personal: Mapping[str, Any], policy: Policy
) -> Letter:
    """Write the notice to the department that owns the case, with everything that was sent."""
    said = kinds.of(receipt.kind).described(personal, policy)
    told = [(label, isolated(one)) for label, one in said]
    kind = words.kind(receipt.kind, policy.matrix)
    subject = f"[{receipt.reference}] Phiếu mới: {kind}"
    body = written("notice", receipt=receipt, told=told, kind=kind)
    return Letter("notice", recipient, subject, plain(body))


def fit_for_letters(words: str) -> str:
    """Leave the addresses of web pages out of words that go to an address nobody has checked.

    Whoever types somebody else's address must not be able to make us send them his links.
    """
    return _LINK.sub(LINK_LEFT_OUT, words)


def written(template: str, **told: Any) -> str:
    """Write the text of a letter by its template, without a line end."""
    return _TEMPLATES.get_template(f"letters/{template}.txt").render(told).rstrip("\n")


def plain(text: str) -> str:
    """Bring a letter's text to plain spaces and one line end."""
    return text.replace(NO_BREAK_SPACE, " ").rstrip() + "\n"


# ---------------------------------------------------------------- of a running case


def letters_of(
    portal: Portal,
    reference: str,
    before: Case,
    happened: Sequence[Event],
    private: Private,
) -> list[Letter]:
    """Write every letter that follows from ``happened``.

    ``private`` holds the customer's addresses. Each address gets a letter of its own, so that
    nobody learns who else is told.
    """
    letters = []
    for address in contacts.emails(private):
        letters += _to_the_customer(portal, reference, address, before, happened, private)
    letters += _to_departments(portal, reference, before, happened, private)
    return letters


def _to_the_customer(
    portal: Portal,
    reference: str,
    address: str,
    before: Case,
    happened: Sequence[Event],
    private: Private,
) -> list[Letter]:
    site_url, letters = portal.settings.site_url, []
    told = {"company": portal.policy.company, "reference": reference}
    told["follow_url"] = f"{site_url}{FOLLOW_URL}"
    lines, alert = _news(portal, before, happened, private)
    for event in happened:
        if not event.brings:
            continue
        count = len(event.attached)
        files = f"Kèm {count} tệp, xem trên trang theo dõi." if count else ""
        parts: tuple[str, ...] = (_said(private, event.brings), files, event.below(portal.policy))
        if isinstance(event, PayoutAsked):
            # Why money is owed and where it should go is one letter, not two.
            parts, lines = (lines, *parts), ""
        body = plain(written("case", **told, parts=parts))
        subject = f"[{reference}] {event.SUBJECT}"
        letters.append(Letter("message", address, subject, body, message=event.brings))
    if lines:
        body = plain(written("case", **told, parts=(lines,)))
        subject = f"[{reference}] {alert or 'Tin về phiếu của Quý khách'}"
        letters.append(Letter("news", address, subject, body))
    return letters


def _news(
    portal: Portal, before: Case, happened: Sequence[Event], private: Private
) -> tuple[str, str]:
    """Return the lines of news, and the subject of what must not be overlooked among them."""
    site_url = portal.settings.site_url
    after, lines, alert = before, [], ""
    for seq, event in enumerate(happened, before.seq + 1):
        after = evolve(after, event)
        account = masked_account(after.payout, private, portal.policy.banks)
        telling = Telling(
            portal.policy, _said(private, seq), site_url, f"{site_url}{FEEDBACK_URL}", account
        )
        line = "" if _was_announced(before, event) else event.news(telling)
        if line:
            lines.append(f"- {line}")
            alert = alert or event.alert()
    return "\n".join(lines), alert


def _was_announced(before: Case, event: Event) -> bool:
    """Say whether a sum only grows by the day as its first letter said that it would."""
    if not isinstance(event, CompensationOwed) or event.reason == "late_payment":
        return False
    promise = before.promise(event.promise)
    owes = any(one.promise == event.promise for one in before.debts)
    return owes and promise is not None and promise.found is not None


def _said(private: Private, seq: int) -> str:
    return str(private.get(seq, {}).get("text", ""))


def _to_departments(
    portal: Portal,
    reference: str,
    before: Case,
    happened: Sequence[Event],
    private: Private,
) -> list[Letter]:
    told: dict[str, list[str]] = {}
    holder = before.holder_department
    for seq, event in enumerate(happened, before.seq + 1):
        if isinstance(event, HandedOff):
            holder = event.to_department
        asked = str(private.get(seq, {}).get("reader_department", ""))
        known = portal.policy.company.department(asked)
        receiver = event.concerns(holder, holder if known is None else known.id)
        if receiver:
            told.setdefault(receiver, []).append(event.INSIDE or event.TITLE)
    emails = {one.id: one.email for one in portal.policy.company.departments}
    where = f"{portal.settings.site_url}{DESK_URL}{reference}/"
    kind = words.kind(before.kind, portal.policy.matrix)
    return [
        Letter(
            "notice",
            emails[department],
            f"[{reference}] {lines[-1]}",
            plain(f"Phiếu {reference} ({kind})\n\n" + "\n".join(lines) + f"\n\nXem: {where}"),
        )
        for department, lines in told.items()
        if department in emails
    ]
