"""The letters of a running case: messages and news to the customer, notices to departments.

Plain text; no subject holds anything personal. A notice names the case and what happened, never
what anybody wrote: that stays behind the desk's login.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from forms_api import contacts, words
from forms_api.letters import Letter, plain
from forms_api.portal import Portal
from forms_api.views import FOLLOW_URL
from service_policy.cases import Case, Event
from service_policy.cases.core.event import Telling
from service_policy.cases.holding.hand_off import HandedOff
from service_policy.cases.money.owing import CompensationOwed
from service_policy.company import Company
from theme.words import FEEDBACK_URL

DESK_URL = "/noi-bo/ho-so/"
Private = Mapping[int, Mapping[str, Any]]


def write(
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


# ---------------------------------------------------------------- to the customer


def _to_the_customer(
    portal: Portal,
    reference: str,
    address: str,
    before: Case,
    happened: Sequence[Event],
    private: Private,
) -> list[Letter]:
    company, site_url = portal.policy.company, portal.settings.site_url
    follow = f"{site_url}{FOLLOW_URL}"
    letters = []
    for event in happened:
        if not event.brings:
            continue
        count = len(event.attached)
        files = f"Kèm {count} tệp, xem trên trang theo dõi." if count else ""
        body = _letter(
            company,
            (_said(private, event.brings), files, event.below(portal.policy)),
            reference,
            follow,
        )
        subject = f"[{reference}] {event.SUBJECT}"
        letters.append(Letter("message", address, subject, body, message=event.brings))
    feedback_url = f"{site_url}{FEEDBACK_URL}"
    news = [
        event.news(Telling(portal.policy, _said(private, seq), site_url, feedback_url))
        for seq, event in enumerate(happened, before.seq + 1)
        if not _was_announced(before, event)
    ]
    if any(news):
        lines = "\n".join(f"- {line}" for line in news if line)
        body = _letter(company, (lines,), reference, follow)
        letters.append(Letter("news", address, f"[{reference}] Tin về phiếu của Quý khách", body))
    return letters


def _was_announced(before: Case, event: Event) -> bool:
    """Say whether a sum only grows by the day as its first letter said that it would."""
    if not isinstance(event, CompensationOwed) or event.reason == "late_payment":
        return False
    promise = before.promise(event.promise)
    owes = any(one.promise == event.promise for one in before.debts)
    return owes and promise is not None and promise.found is not None


def _said(private: Private, seq: int) -> str:
    return str(private.get(seq, {}).get("text", ""))


def _letter(company: Company, parts: Sequence[str], reference: str, follow: str) -> str:
    said = "\n\n".join(part for part in parts if part)
    return plain(f"""Kính gửi Quý khách,

{said}

Mã phiếu: {reference}
Theo dõi và trả lời (cần mã bí mật trên biên nhận): {follow}
Cần gặp người thật: {company.hotline}, {company.email}.
{company.name}
{company.banner if company.fictional else ""}""")


# ---------------------------------------------------------------- to departments


def _to_departments(
    portal: Portal, reference: str, before: Case, happened: Sequence[Event], private: Private
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
