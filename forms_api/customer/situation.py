"""Where a case stands, in one heading and a sentence or two: what the customer reads first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from forms_api.kinds.own_report import DOCUMENT_NO
from forms_api.loading import Loaded
from forms_api.own_reports.words import findings
from forms_api.promise_view import PromiseView
from service_policy.cases import Case
from service_policy.cases.messages.contact import InformationAdded
from service_policy.cases.messages.pauses import THING_WORDS, QuestionAsked
from service_policy.cases.own_report import KIND as OWN_REPORT
from service_policy.cases.split_merge import CaseMergedAway
from service_policy.promises.clock import due_at
from service_policy.promises.policy import Policy
from theme.filters import datetime_vi


@dataclass(frozen=True)
class Situation:
    """``asks`` is what the customer is asked for: answer, decide, follow_up, or nothing.

    ``message`` is the number of the message that asks.
    """

    title: str
    text: str
    asks: str = ""
    message: int = 0


def situation(
    loaded: Loaded,
    case: Case,
    promises: Iterable[PromiseView],
    policy: Policy,
    now: datetime,
) -> Situation:
    """Say where a case stands at ``now``; ``case`` is the case as it is now."""
    match case.state_at(now):
        case "proposed":
            return _proposed(case)
        case "refused":
            return _refused(case)
        case "review":
            by = "" if case.review is None else f" trước {datetime_vi(case.review.review_by)}"
            text = f"Người chưa tham gia lần trước đang xem từ đầu và trả lời bằng văn bản{by}."
            return Situation("Đang xem xét lại", f"{text} Quý khách không phải làm gì.")
        case "closed" | "withdrawn":
            return _closed(loaded, case, policy, now)
        case "merged":
            into = [one.into for one in loaded.events if isinstance(one, CaseMergedAway)]
            where = f" vào phiếu {into[-1]}" if into else ""
            return Situation("Phiếu đã gộp", f"Việc của Quý khách đi tiếp{where}, giữ ngày cũ.")
        case _:
            return _open(loaded, case, promises, now)


def _open(loaded: Loaded, case: Case, promises: Iterable[PromiseView], now: datetime) -> Situation:
    pause, asked = case.pause(now), _unanswered(loaded, case)
    if pause is not None:
        text = (
            "Trong lúc chờ, đồng hồ tạm dừng. Đồng hồ tự chạy lại khi Quý khách trả lời, chậm nhất "
            f"{datetime_vi(pause.until)}. Thấy không cần hỏi, Quý khách bấm không đồng ý tạm dừng."
        )
        title = f"Chúng tôi cần Quý khách cho biết: {THING_WORDS[pause.thing]}"
        return Situation(title, text, "answer", pause.number)
    if asked is not None:
        text = "Đồng hồ của chúng tôi vẫn chạy. Quý khách trả lời được bất cứ lúc nào."
        title = f"Chúng tôi còn chờ: {THING_WORDS[asked.thing]}"
        return Situation(title, text, "answer", asked.message)
    text = "Quý khách không phải làm gì."
    if case.in_favour_at is not None:
        text = "Đã quá hạn kết luận: vụ này xử theo hướng có lợi cho Quý khách. " + text
    missed = any(one.is_open and one.status == "missed" for one in promises)
    if case.kind == OWN_REPORT and case.objected is None:
        return _found(loaded, case)
    title = "Chúng tôi đang trễ hẹn" if missed else "Chúng tôi đang xử lý"
    if case.objected is not None:
        text += (
            " Quý khách đã lên tiếng sau kết luận dưới đây, nên phiếu không tự đóng và đồng hồ vẫn "
            "chạy. Nếu thật ra Quý khách đồng ý, xin bấm nút."
        )
        return Situation(title, text + _code(case), "decide", case.objected.number)
    return Situation(title, text)


def _found(loaded: Loaded, case: Case) -> Situation:
    """Say what the company found in its own books, and where to say that it is not so."""
    found = "; ".join(findings(case, str(loaded.filed.get(DOCUMENT_NO, ""))))
    text = (
        f"Quý khách chưa báo; chúng tôi tự thấy khi đối chiếu sổ: {found}. Quý khách không phải "
        "khiếu nại. Thấy khác thì viết ở mục “Số liệu này sai?” dưới đây: có người xem lại."
    )
    return Situation("Chúng tôi trễ hẹn, xin lỗi Quý khách", text)


def _unanswered(loaded: Loaded, case: Case) -> QuestionAsked | None:
    """Return the latest question, unless the customer wrote something after it."""
    for event in reversed(loaded.events):
        if isinstance(event, InformationAdded):
            return None
        if isinstance(event, QuestionAsked):
            return event
    return None


def _proposed(case: Case) -> Situation:
    proposal = case.proposal
    number = 0 if proposal is None else proposal.number
    until = None if proposal is None else proposal.confirm_by
    if case.is_safety or until is None:
        text = "Phiếu về an toàn không bao giờ tự đóng: chúng tôi chờ lời của Quý khách."
    else:
        text = (
            f"Quý khách trả lời trước {datetime_vi(until)}. Im lặng đến lúc đó thì phiếu đóng, "
            "Quý khách vẫn mở lại được; viết hay gọi một lời thì phiếu không tự đóng. Không đồng ý "
            "thì toàn bộ thời gian được tính đủ."
        )
    return Situation("Chúng tôi đề nghị cách giải quyết này", text + _code(case), "decide", number)


def _code(case: Case) -> str:
    """Say why a page has no button to agree with: somebody else could press it."""
    if not case.staff_know_code:
        return ""
    then = "phiếu ở lại đây" if case.is_safety else "đồng ý thì Quý khách không phải làm gì"
    return f" Mã của phiếu này do nhân viên đưa, nên không đóng phiếu bằng mã được: {then}."


def _refused(case: Case) -> Situation:
    proposal = case.proposal
    number = 0 if proposal is None else proposal.number
    until = None if proposal is None else proposal.confirm_by
    by = "" if until is None else f" đến {datetime_vi(until)}"
    text = f"Không đồng ý: Quý khách yêu cầu xem xét lại{by}. Người chưa tham gia sẽ xem từ đầu."
    return Situation("Chúng tôi từ chối, bằng văn bản", text + _code(case), "decide", number)


def _closed(loaded: Loaded, case: Case, policy: Policy, now: datetime) -> Situation:
    ended = case.closed[-1].start
    until = due_at(policy.company.handling.reopen_within, ended, policy.calendar)
    again = (
        f"Mở lại được đến {datetime_vi(until)}."
        if now <= until
        else ("Đã quá hạn mở lại; xin gửi phiếu mới, chúng tôi nối hai phiếu.")
    )
    if case.state == "withdrawn":
        return Situation("Quý khách đã rút phiếu này", again)
    last = [one.type for one in loaded.events if one.type.startswith("follow_up_")]
    if case.follow_up_asked and (not last or last[-1] == "follow_up_asked"):
        text = "Xin cho biết để chúng tôi khỏi tưởng là đã xong. Chưa hết thì phiếu mở lại."
        return Situation("Đã hết lỗi chưa?", f"{text} {again}", "follow_up")
    return Situation("Phiếu đã đóng", f"Đóng lúc {datetime_vi(ended)}. {again}")
