"""The letter of a case that the company opened itself: what we found, what we owe, and where to say
that it is not so.

It is the receipt of such a case: the secret code travels in it as in any other.
"""

from collections.abc import Sequence

from forms_api.letters import CODE_MARK, Letter, plain
from forms_api.views import FOLLOW_URL, Receipt
from service_policy.cases import Case
from service_policy.obligations import Obligation
from service_policy.obligations.seen import day_of
from service_policy.promises.policy import Policy
from service_policy.text import vnd
from theme.filters import date_vi, datetime_vi

CHANNELS_URL = "/kenh-chinh-thuc/"
_SAID: dict[str, str] = {
    "orders.delivered": "đơn hàng {no} của Quý khách phải giao đủ trước {due}",
    "orders.shortage_notified": "hàng thiếu của đơn {no} phải báo Quý khách trước {due}, "
    "kèm ngày có hàng",
    "orders.invoice_issued": "hóa đơn của đơn hàng {no} phải lập trước {due}",
    "warranty_slips.returned": "máy theo phiếu {no} phải trả Quý khách trước {due}",
    "warranty_slips.delivered": "máy mới theo phiếu {no} phải tới Quý khách trước {due}",
    "visits.arrived": "lượt hẹn {no} phải có người đến trước {due}",
    "invoices.invoice_right": "hóa đơn {no} phải đúng ngay lần đầu",
}


def found_words(one: Obligation) -> str:
    """Say what was promised about a paper and what the books show instead, in one sentence."""
    words = _SAID[f"{one.document.table}.{one.condition}"]
    promised = words.format(no=" ".join(one.document.key), due=datetime_vi(one.due_at))
    return f"{promised}; {_instead(one)}"


def _instead(one: Obligation) -> str:
    if one.reason == "wrong_document":
        return "chúng tôi đã phải điều chỉnh, thay thế hoặc báo sai sót"
    if one.reason == "no_show":
        return "không có ai đến, hoặc chúng tôi đổi hẹn quá sát giờ"
    if one.stopped_at is not None:
        return f"đến {datetime_vi(one.stopped_at)} mới xong"
    known = "" if one.as_of is None else f", theo sổ đến {datetime_vi(one.as_of)}"
    return f"chưa đủ{known}" if one.reason == "short" else f"chưa xong{known}"


def first_letter(
    broken: Sequence[Obligation],
    case: Case,
    receipt: Receipt,
    recipient: str,
    policy: Policy,
    site_url: str,
) -> Letter:
    """Write to the customer what the company found in its own books."""
    company = policy.company
    found = "".join(f"- {found_words(one)}.\n" for one in broken)
    body = f"""Kính gửi Quý khách,

Quý khách chưa báo; chúng tôi tự thấy khi đối chiếu sổ{_known(broken)}:

{found}
Chúng tôi xin lỗi. {_money(case)}
{_formulas(case)}
Mã hồ sơ: {receipt.reference}
Mã bí mật: {CODE_MARK}
Xin giữ kín mã bí mật: ai có mã này đều xem được hồ sơ.
Xem hồ sơ và trả lời bằng hai mã ấy tại: {site_url}{FOLLOW_URL}

Số liệu này sai? Viết vào ô “Bổ sung” trên trang hồ sơ, hoặc gọi {company.hotline}: có người
xem lại.
Ngại thư giả? Gọi số ở trang {site_url}{CHANNELS_URL}, đọc mã hồ sơ. Không ai của chúng tôi hỏi
Quý khách mật khẩu, mã OTP hay thu phí để trả tiền.

Người chịu trách nhiệm: {receipt.owner.role}, {receipt.owner.department}.
Cần nói chuyện: {company.hotline}, {company.email}.
{company.name}
{company.banner if company.fictional else ""}"""
    subject = f"Chúng tôi tự thấy mình trễ hẹn với Quý khách (hồ sơ {receipt.reference})"
    return Letter("receipt", recipient, subject, plain(body))


def _known(broken: Sequence[Obligation]) -> str:
    known = [one.as_of for one in broken if one.as_of is not None]
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
