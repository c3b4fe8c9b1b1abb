"""The history of a case in plain words: what happened, who by role, and what was written.

One telling for everybody. Customers read the messages and their own words; the desk also reads
its notes. Persons are named at the desk only.
"""

from collections.abc import Mapping
from typing import Any

from forms_api import words
from forms_api.documents.words import asked_words, copy_words
from forms_api.growing import Line, gathered
from forms_api.loading import Loaded
from forms_api.spans import working_time
from service_policy.actors import ROLE_WORDS, Actor
from service_policy.cases import Event, PromiseMade, Received
from service_policy.cases import events_documents as documents
from service_policy.cases import events_letters as letters
from service_policy.cases import events_money as money
from service_policy.cases import events_outcome as outcome
from service_policy.cases import events_service as service
from service_policy.cases.identification import words_wait
from service_policy.cases.words import (
    EVENT_WORDS,
    FAILURE_WORDS,
    HAND_OFF_WORDS,
    IDENTITY_WORDS,
    LETTER_WORDS,
    OUTCOME_WORDS,
    OWED_WORDS,
    REMEDY_WORDS,
    THING_WORDS,
    WAY_OF_CONTACT,
    WAY_WORDS,
)
from service_policy.policy import Policy
from theme.filters import datetime_vi, vnd

MESSAGES = (
    service.AnswerSent,
    service.UpdateSent,
    service.QuestionAsked,
    outcome.ResolutionProposed,
    outcome.ReviewDecided,
    outcome.RefusalIssued,
)
"""Events that carry a message to the customer, under the number of the message."""

TOLD_WITH_WORDS = (
    money.ExemptionClaimed,
    service.ContactRecorded,
    outcome.CaseSplit,
    outcome.MergedIn,
    outcome.CaseMergedAway,
)
"""Other events whose words the customer reads."""

PAYING = {
    "transfer": "chuyển khoản",
    "offset": "trừ công nợ",
    "voucher": "phiếu mua hàng",
    "cash": "tiền mặt",
}
FACTS = {
    "price_vnd": "giá mua",
    "late_value_vnd": "giá trị phần hàng trễ",
    "short_value_vnd": "giá trị phần hàng thiếu",
    "difference_vnd": "số tiền thu sai",
    "months_used": "số tháng đã dùng",
    "warranty_months": "số tháng bảo hành",
    "damage_vnd": "thiệt hại thực tế",
    "obligation_value_vnd": "giá trị nghĩa vụ bị vi phạm",
    "no_show": "kỹ thuật viên không đến (1 là đúng)",
}
MEANS = {
    "mail_accepted": "máy chủ thư của Quý khách đã nhận",
    "page_opened": "Quý khách đã mở trang hồ sơ",
    "told_by_phone": "đã đọc qua điện thoại",
    "handed_over": "đã giao tận tay",
}

WAITS = "; lời ghi có số liệu hóa đơn, công nợ, hiện ra sau khi xác minh người hỏi"


def told(
    loaded: Loaded,
    policy: Policy,
    *,
    names: Mapping[str, str] | None = None,
    notes: bool = False,
) -> tuple[Line, ...]:
    """Tell the history of a case, the first thing first.

    ``names`` turns the ids of staff into names, at the desk; ``notes`` adds what staff wrote for
    each other. Without ``notes`` only messages and the customer's own words are quoted, and of
    these not what waits until the asker is identified.
    """
    waits = frozenset() if notes else _waiting(loaded, policy)
    lines = tuple(
        Line(
            seq=seq,
            at=event.at,
            type=event.type,
            title=EVENT_WORDS[event.type],
            detail=detail(event, policy) + (WAITS if seq in waits else ""),
            who=_who(getattr(event, "by", None), policy, names or {}),
            text="" if seq in waits else _text(event, seq, loaded.private, notes=notes),
            evidence=evidence_of(event, loaded.private, notes=notes),
        )
        for seq, event in enumerate(loaded.events, 1)
    )
    return gathered(lines, loaded.events, loaded.case, policy)


def _waiting(loaded: Loaded, policy: Policy) -> frozenset[int]:
    """Return the numbers of the events whose words wait until the asker is identified."""
    return frozenset(
        seq
        for seq, event in enumerate(loaded.events, 1)
        if words_wait(loaded.case, event, str(loaded.private.get(seq, {}).get("text", "")), policy)
    )


def in_words(event: Event, policy: Policy) -> str:
    """Say an event in one sentence, without anything personal."""
    if isinstance(event, Received):
        return f"Đã nhận {words.kind(event.kind, policy.matrix)}."
    if isinstance(event, PromiseMade):
        return f"Hẹn {detail(event, policy)}."
    more = detail(event, policy)
    return f"{EVENT_WORDS[event.type]}: {more}." if more else f"{EVENT_WORDS[event.type]}."


def detail(event: Event, policy: Policy) -> str:
    """Return the particulars of an event in words, or nothing."""
    parts = (_detail(event, policy), _with_files(event))
    return ", ".join(part for part in parts if part)


def _with_files(event: Event) -> str:
    number = len(getattr(event, "files", ()))
    return f"kèm {number} tệp" if number else ""


def _detail(event: Event, policy: Policy) -> str:
    match event:
        case Received():
            return words.kind(event.kind, policy.matrix)
        case PromiseMade():
            return f"“{event.title}” trước {datetime_vi(event.due_at)}"
        case money.PromiseMissed():
            return f"{event.commitment_id}, hạn {datetime_vi(event.due_at)}"
        case money.CompensationOwed():
            why, by = OWED_WORDS[event.reason], datetime_vi(event.pay_by)
            return f"{vnd(event.vnd)}, {why} ({event.formula}); trả chậm nhất {by}"
        case money.PaymentRecorded():
            return f"{vnd(event.vnd)}, {PAYING[event.method]}"
        case money.FactRecorded():
            return f"{FACTS[event.name]}: {_figure(event)}"
        case money.ExemptionClaimed() | money.ExemptionGranted():
            return event.promise
        case _:
            return _of_outcome(event) or _of_service(event, policy)


def _figure(event: money.FactRecorded) -> str:
    if event.name.endswith("_vnd"):
        return vnd(event.value)
    return str(event.value) if event.name == "no_show" else f"{event.value} tháng"


def _of_outcome(event: Event) -> str:
    match event:
        case outcome.ResolutionProposed():
            other = "" if event.remedy is None else f": {REMEDY_WORDS[event.remedy]}"
            return OUTCOME_WORDS[event.outcome] + other
        case outcome.ResolutionNoticed():
            return f"xác nhận hoặc phản đối đến {datetime_vi(event.confirm_by)}"
        case outcome.ResolutionConfirmed():
            return {"customer": "Quý khách xác nhận", "silence": "hết thời gian phản đối"}.get(
                event.how, "sau khi xem xét lại"
            )
        case outcome.RefusalProposed():
            return f"theo điều kiện {event.clause}; phải ký trước {datetime_vi(event.sign_by)}"
        case outcome.RefusalIssued():
            until = datetime_vi(event.appeal_by)
            return f"theo điều kiện {event.clause}; yêu cầu xem xét lại đến {until}"
        case _:
            return _of_reviews(event)


def _of_reviews(event: Event) -> str:
    match event:
        case outcome.AppealMade():
            return f"trả lời trước {datetime_vi(event.review_by)}"
        case outcome.ReviewDecided():
            return "giữ kết luận cũ" if event.upheld else "bỏ kết luận cũ"
        case outcome.FollowUpAnswered():
            return "đã hết lỗi" if event.fixed else "chưa hết lỗi"
        case outcome.CaseSplit() | outcome.MergedIn():
            return event.other
        case outcome.CaseMergedAway():
            return event.into
        case _:
            return ""


def _of_service(event: Event, policy: Policy) -> str:
    name = policy.company.department_name
    match event:
        case service.HandedOff():
            held = working_time(event.held_minutes, policy.calendar)
            why = HAND_OFF_WORDS[event.reason]
            gave, took = (name(one) for one in (event.from_department, event.to_department))
            return f"{gave} → {took}, vì {why}; đã giữ {held}"
        case service.ContactRecorded():
            said = "; khách nói việc chưa xong" if event.disputes else ""
            where = "" if event.elsewhere is None else f" ({event.elsewhere})"
            return f"{WAY_OF_CONTACT[event.way]}{where}{said}"
        case service.SubCaseOpened():
            return policy.company.third_party(event.party)
        case service.Escalated():
            return f"{event.role}, {name(event.department)}"
        case service.Recategorised():
            category = policy.category(event.category)
            return event.category if category is None else category.title
        case service.Reminded():
            return event.promise
        case service.ProgressDue() | service.ProgressMissed():
            return f"phải báo trước {datetime_vi(event.due_at)}"
        case _:
            return _of_messages(event)


def _of_messages(event: Event) -> str:
    match event:
        case service.AskerIdentified():
            return IDENTITY_WORDS[event.way]
        case service.AnswerPublished():
            return f"“{event.title}” ({event.url})"
        case documents.DocumentsAsked():
            return asked_words(event)
        case documents.DocumentsSent():
            return f"{copy_words(event.copies)}, qua {WAY_WORDS[event.way]}"
        case documents.UnderstoodAsked():
            return copy_words(event.copies)
        case service.QuestionAsked():
            return THING_WORDS[event.thing]
        case service.PauseStarted():
            return f"{THING_WORDS[event.thing]}; tự chạy lại lúc {datetime_vi(event.until)}"
        case service.Delivered() | letters.CustomerReached():
            return MEANS[event.means]
        case letters.LetterFailed():
            return f"{LETTER_WORDS[event.letter]}, qua email: {FAILURE_WORDS[event.failure]}"
        case _:
            return ""


def _who(by: Actor | None, policy: Policy, names: Mapping[str, str]) -> str:
    if by is None:
        return words.DESK
    department = policy.company.department(by.department or "")
    where = "" if department is None else f", {department.name}"
    name = f"{names[by.id]}, " if by.id in names else ""
    role = ROLE_WORDS[by.role]
    return f"{name}{role.lower() if name else role}{where}"


def _text(event: Event, seq: int, private: Mapping[int, Mapping[str, Any]], *, notes: bool) -> str:
    if isinstance(event, outcome.RefusalIssued):
        return str(private.get(event.message, {}).get("text", ""))
    by = getattr(event, "by", None)
    mine = by is not None and by.role == "customer"
    quoted = isinstance(event, (*MESSAGES, *TOLD_WITH_WORDS)) or mine
    return str(private.get(seq, {}).get("text", "")) if quoted or notes else ""


def evidence_of(
    event: Event, private: Mapping[int, Mapping[str, Any]], *, notes: bool = False
) -> tuple[str, ...]:
    """Name the pieces of evidence of an event that the reader may see; all of them at the desk."""
    ids = getattr(event, "evidence", ())
    kept: dict[str, Any] = {}
    for payload in private.values():
        kept |= payload.get("evidence", {})
    found = [kept[one] for one in ids if one in kept] if isinstance(ids, tuple) else []
    return tuple(str(one["what"]) for one in found if notes or one.get("readable"))
