"""The letter of a case that the company opened itself: what we found, what we owe, and where to say
that it is not so.

It is the receipt of such a case: the secret code travels in it as in any other.
"""

from forms_api import views
from forms_api.kinds.own_report import DOCUMENT_NO
from forms_api.letters import CODE_MARK, Letter, plain
from forms_api.loading import Loaded
from forms_api.own_reports.words import findings
from forms_api.views import FOLLOW_URL, Receipt
from service_policy.cases import Case
from service_policy.obligations.seen import day_of
from service_policy.promises.policy import Policy
from service_policy.text import vnd
from theme.filters import date_vi, datetime_vi

NOT_ON_PAPER = "(không in trên giấy; Quý khách gọi số dưới đây để mở hồ sơ)"


def first_letter(
    case: Case,
    number: str,
    receipt: Receipt,
    recipient: str,
    policy: Policy,
    site_url: str,
) -> Letter:
    """Write to the customer what the company found about the paper of this ``number``."""
    company = policy.company
    found = "".join(f"- {one}.\n" for one in findings(case, number))
    body = f"""Kính gửi Quý khách,

Quý khách chưa báo; chúng tôi tự thấy khi đối chiếu sổ{_known(case)}:

{found}
Chúng tôi xin lỗi. {_money(case)}
{_formulas(case)}
Mã hồ sơ: {receipt.reference}
Mã bí mật: {CODE_MARK}
Xin giữ kín mã bí mật: ai có mã này đều xem được hồ sơ.
Xem hồ sơ và trả lời bằng hai mã ấy tại: {site_url}{FOLLOW_URL}

Số liệu này sai? Viết ở mục ấy trên trang hồ sơ, hoặc gọi {company.hotline}: có người xem lại.
Ngại thư giả? Gọi số ở trang Kênh chính thức của chúng tôi, đọc mã hồ sơ. Không ai của chúng tôi hỏi
Quý khách mật khẩu, mã OTP hay thu phí để trả tiền.

Người chịu trách nhiệm: {receipt.owner.role}, {receipt.owner.department}.
Cần nói chuyện: {company.hotline}, {company.email}.
{company.name}
{company.banner if company.fictional else ""}"""
    subject = f"Chúng tôi tự thấy mình trễ hẹn với Quý khách (hồ sơ {receipt.reference})"
    return Letter("receipt", recipient, subject, plain(body))


def paper_letter(loaded: Loaded, policy: Policy, site_url: str) -> str:
    """Write the letter to be printed; staff read it, so the secret code does not stand in it."""
    filed, events = loaded.filed, loaded.events
    receipt = views.receipt(loaded.reference, "", views.as_filed(events), filed, policy)
    number = str(filed.get(DOCUMENT_NO, ""))
    letter = first_letter(loaded.case, number, receipt, "", policy, site_url)
    return letter.body.replace(CODE_MARK, NOT_ON_PAPER)


def _known(case: Case) -> str:
    known = [one.found.as_of for one in case.promises if one.found is not None]
    return f" ngày {date_vi(day_of(max(known)))}" if known else ""


def _money(case: Case) -> str:
    debts = case.open_debts
    if not debts:
        return (
            "Chúng tôi nợ Quý khách một khoản bù; số tiền cần thêm một số liệu mà sổ không có, "
            "chúng tôi sẽ báo sau. Quý khách không phải khiếu nại."
        )
    pay_by = datetime_vi(debts[0].pay_by)
    return (
        f"Chúng tôi nợ Quý khách {vnd(case.open_vnd)}, trả trước {pay_by}; Quý khách không phải "
        "khiếu nại."
    )


def _formulas(case: Case) -> str:
    """Say of each promise by which formula its sum came out, and how it goes on growing."""
    lines = []
    for promise in case.promises:
        debts = [one for one in case.debts if one.promise == promise.key and not one.void]
        if not debts:
            continue
        total = vnd(sum(one.vnd for one in debts))
        grows = "" if promise.end is not None else f". Mức bù: {promise.if_missed}"
        lines.append(f"- {promise.title}: {total} = {debts[-1].formula}{grows}.\n")
    return "\nCách tính:\n" + "".join(lines) if lines else ""
