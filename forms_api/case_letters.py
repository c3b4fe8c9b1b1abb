"""The letters of a running case: messages and news to the customer, notices to departments.

Plain text; no subject holds anything personal. A notice names the case and what happened, never
what anybody wrote: that stays behind the desk's login.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from forms_api import contacts, words
from forms_api.documents.words import copy_words, feedback_url
from forms_api.letters import Letter, plain
from forms_api.portal import Portal
from forms_api.views import FOLLOW_URL
from service_policy.cases import Case, Event
from service_policy.cases import events_documents as documents
from service_policy.cases import events_letters as failed
from service_policy.cases import events_money as money
from service_policy.cases import events_outcome as outcome
from service_policy.cases import events_service as service
from service_policy.cases.words import EVENT_WORDS, OWED_WORDS, THING_WORDS, WAY_WORDS
from service_policy.company import Company
from service_policy.policy import Policy
from theme.filters import date_vi, datetime_vi, vnd

DESK_URL = "/noi-bo/ho-so/"
Private = Mapping[int, Mapping[str, Any]]

_BY_THE_CUSTOMER = (
    service.InformationAdded,
    service.ContactRecorded,
    service.AnswerContested,
    service.PauseVoided,
    outcome.ResolutionDisputed,
    outcome.AppealMade,
    outcome.CaseReopened,
    outcome.CaseWithdrawn,
    outcome.FollowUpAnswered,
)
_FOR_THE_HOLDER = (
    service.Reminded,
    service.ProgressDue,
    service.ProgressMissed,
    service.Bounced,
    failed.LetterFailed,
    outcome.MergedIn,
    outcome.CaseMergedAway,
)
_TO_BE_SIGNED = (outcome.RefusalProposed, money.ExemptionClaimed)


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
        found = _message(event, portal.policy)
        if found is None:
            continue
        number, title, after = found
        text = str(private.get(number, {}).get("text", ""))
        number_of_files = len(getattr(event, "files", ()))
        files = f"Kèm {number_of_files} tệp, xem trên trang theo dõi." if number_of_files else ""
        body = _letter(company, (text, files, after), reference, follow)
        subject = f"[{reference}] {title}"
        letters.append(Letter("message", address, subject, body, message=number))
    news = [
        line
        for seq, event in enumerate(happened, before.seq + 1)
        if (line := _news(event, str(private.get(seq, {}).get("text", "")), company, site_url))
    ]
    if news:
        lines = "\n".join(f"- {line}" for line in news)
        body = _letter(company, (lines,), reference, follow)
        letters.append(Letter("news", address, f"[{reference}] Tin về phiếu của Quý khách", body))
    return letters


def _message(event: Event, policy: Policy) -> tuple[int, str, str] | None:
    """Return the number of the message that an event sends, its subject, and what follows it."""
    match event:
        case service.AnswerSent():
            return event.message, "Trả lời của chúng tôi", _IF_NO_ANSWER
        case service.UpdateSent():
            return event.message, "Tiến độ xử lý", ""
        case service.QuestionAsked():
            thing = THING_WORDS[event.thing]
            return event.message, "Chúng tôi cần hỏi Quý khách một việc", _asked(thing)
        case outcome.ResolutionProposed():
            return event.message, "Đề nghị cách giải quyết", _IF_NOT_RESOLVED
        case outcome.RefusalIssued():
            return event.message, "Kết luận bằng văn bản", _refused(event, policy)
        case outcome.ReviewDecided():
            return event.message, "Kết quả xem xét lại", ""
        case _:
            return None


_IF_NO_ANSWER = (
    "Nếu đây chưa phải câu trả lời cho điều Quý khách hỏi, xin bấm “Chưa trả lời đúng câu hỏi” "
    "trên trang theo dõi: thời gian của chúng tôi được tính lại như chưa trả lời."
)
_IF_NOT_RESOLVED = (
    "Đây là đề nghị. Quý khách xác nhận hoặc không đồng ý trên trang theo dõi; không đồng ý thì "
    "toàn bộ thời gian được tính đủ."
)


def _asked(thing: str) -> str:
    return (
        f"Việc cần: {thing}. Trong lúc chờ, đồng hồ tạm dừng và tự chạy lại khi Quý khách trả lời "
        "hoặc khi hết hạn chờ. Nếu thấy không cần hỏi, Quý khách bấm “Không đồng ý tạm dừng”."
    )


def _refused(event: outcome.RefusalIssued, policy: Policy) -> str:
    clause = next(
        (
            one
            for one in policy.clauses
            if (one.id, one.version) == (event.clause, event.clause_version)
        ),
        None,
    )
    condition = "" if clause is None else f"Điều kiện đã công bố ({event.clause}): {clause.text}\n"
    return (
        f"{condition}Hai người đã đọc và ký kết luận này. Bằng chứng có trên trang theo dõi.\n"
        f"Không đồng ý: bấm “Yêu cầu xem xét lại” ít nhất đến hết ngày {date_vi(event.appeal_by)}; "
        "người chưa tham gia sẽ xem lại từ đầu."
    )


def _news(event: Event, said: str, company: Company, site_url: str) -> str:
    """Say in one line what the customer should hear of at once, or nothing.

    ``said`` is what was written beside the event.
    """
    match event:
        case money.PromiseMissed():
            return f"Chúng tôi đã trễ hẹn {event.commitment_id} (hạn {datetime_vi(event.due_at)})."
        case money.CompensationOwed():
            why = OWED_WORDS[event.reason]
            return (
                f"Chúng tôi nợ Quý khách thêm {vnd(event.vnd)} ({why}; cách tính: {event.formula})"
                f", trả chậm nhất {datetime_vi(event.pay_by)}. Quý khách không phải làm gì."
            )
        case money.PaymentRecorded():
            return f"Đã trả {vnd(event.vnd)}."
        case money.ExemptionGranted() | outcome.DecidedForCustomer() | outcome.FollowUpAsked():
            return f"{EVENT_WORDS[event.type]}."
        case outcome.ResolutionConfirmed():
            return "Phiếu đã đóng. Chưa ổn thì Quý khách mở lại được trên trang theo dõi."
        case service.HandedOff():
            where = company.department_name(event.to_department)
            return f"Phiếu chuyển tới {where}; mọi hạn giữ nguyên."
        case _:
            return _more_news(event, said, site_url)


def _more_news(event: Event, said: str, site_url: str) -> str:
    match event:
        case service.AnswerPublished():
            return (
                f"Mục Hỏi đáp vừa có câu trả lời gần với điều Quý khách hỏi, “{event.title}”: "
                f"{site_url}{event.url}\n  Người phụ trách vẫn trả lời riêng phiếu này đúng hẹn."
            )
        case documents.DocumentsSent() if event.way != "email":
            return f"Đã gửi {copy_words(event.copies)}, qua {WAY_WORDS[event.way]}."
        case documents.UnderstoodAsked():
            asked = (f"  {one.id}: {site_url}{feedback_url(one)}" for one in event.copies)
            return "\n".join(("Tài liệu này có dễ hiểu, đầy đủ không? Xin trả lời ở đây:", *asked))
        case outcome.CaseSplit():
            return (
                f"Một phần việc đi tiếp ở phiếu riêng {event.other}, giữ ngày nhận cũ: {said} Mã "
                "bí mật của phiếu đó ở biên nhận gửi riêng và trên trang theo dõi phiếu này."
            )
        case outcome.MergedIn():
            return f"Phiếu {event.other} đi tiếp ở phiếu này, giữ ngày sớm hơn: {said}"
        case outcome.CaseMergedAway():
            return (
                f"Phiếu này đi tiếp ở phiếu {event.into}, giữ ngày sớm hơn: {said} Trang theo dõi "
                "phiếu này dẫn tới phiếu đó. Khoản đã nợ ở đây vẫn trả."
            )
        case _:
            return ""


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
        if isinstance(event, service.HandedOff):
            holder = event.to_department
        receiver = _receiver(event, holder, private.get(seq, {}), portal.policy)
        if receiver:
            told.setdefault(receiver, []).append(_said_inside(event))
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


def _said_inside(event: Event) -> str:
    """Say what happened to those who work on it; a letter that failed is work for them."""
    if isinstance(event, service.Bounced | failed.LetterFailed):
        return "Thư không đến được khách: gọi khách"
    return EVENT_WORDS[event.type]


def _receiver(event: Event, holder: str, beside: Mapping[str, Any], policy: Policy) -> str:
    """Return the id of the department that must hear of an event at once, or nothing."""
    match event:
        case service.HandedOff():
            return event.to_department
        case service.Escalated():
            return event.department
        case _ if isinstance(event, (*_BY_THE_CUSTOMER, *_FOR_THE_HOLDER)):
            return holder
        case _ if isinstance(event, _TO_BE_SIGNED):
            wanted = policy.company.department(str(beside.get("reader_department", "")))
            return holder if wanted is None else wanted.id
        case _:
            return ""
