"""What the books show of a broken promise, in one sentence: for the letter and the case's page."""

from collections.abc import Iterator

from service_policy.cases import Case
from service_policy.cases.core.found import Found
from service_policy.cases.core.parts import PromiseState
from theme.filters import datetime_vi

_PROMISED: dict[str, str] = {
    "orders.delivered": "đơn hàng {no} của Quý khách phải giao đủ trước {due}",
    "orders.shortage_notified": "hàng thiếu của đơn {no} phải báo Quý khách trước {due}, "
    "kèm ngày có hàng",
    "orders.invoice_issued": "hóa đơn của đơn hàng {no} phải lập trước {due}",
    "warranty_slips.returned": "máy theo phiếu {no} phải trả Quý khách trước {due}",
    "warranty_slips.delivered": "máy mới theo phiếu {no} phải tới Quý khách trước {due}",
    "visits.arrived": "lượt hẹn {no} phải có người đến trước {due}",
    "invoices.invoice_right": "hóa đơn {no} phải đúng ngay lần đầu",
}


def findings(case: Case, number: str) -> Iterator[str]:
    """Say of each promise that the books judge what was promised and what they show instead.

    ``number`` is that of the paper, empty once it is erased.
    """
    for promise in case.promises:
        words = _PROMISED.get(f"{case.topic}.{promise.stops_on}")
        if promise.found is not None and words is not None:
            promised = " ".join(words.format(no=number, due=datetime_vi(promise.due_at)).split())
            yield f"{promised}; {_instead(promise, promise.found)}"


def _instead(promise: PromiseState, found: Found) -> str:
    if found.reason == "wrong_document":
        return "chúng tôi đã phải điều chỉnh, thay thế hoặc báo sai sót"
    if found.reason == "no_show":
        return "không có ai đến, hoặc chúng tôi đổi hẹn quá sát giờ"
    if promise.ended_at is not None:
        return f"đến {datetime_vi(promise.ended_at)} mới xong"
    lacking = "chưa đủ" if found.reason == "short" else "chưa xong"
    return f"{lacking}, theo sổ đến {datetime_vi(found.as_of)}"
