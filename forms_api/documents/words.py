"""What is said about documents: on the receipt and in the history of a case."""

from service_policy.cases import Case
from service_policy.cases.core.facts import AskedDocument

QUOTE_ONLY = "Đây là yêu cầu báo giá, chưa phải đặt hàng, chưa phải giao kết hợp đồng."


def receipt_notes(case: Case) -> tuple[str, ...]:
    """Say on a receipt what happens to the documents; a quote is not an order."""
    notes = [QUOTE_ONLY] if case.kind == "document_request" and case.topic == "quote" else []
    sent = [one for one in case.documents_asked if one.current_id is not None]
    if sent and case.category == "email":
        copies = ", ".join(f"{one.current_id} phiên bản {one.current_version}" for one in sent)
        notes.append(f"Bản đang hiệu lực được gửi tới email của Quý khách: {copies}.")
    notes += [said for one in case.documents_asked if (said := _instead(one))]
    return tuple(notes)


def _instead(one: AskedDocument) -> str:
    if one.current_id is None:
        return f"Hiện không có bản {one.id} nào đang hiệu lực; người phụ trách sẽ trả lời."
    if one.current_id != one.id:
        return f"{one.id} không còn hiệu lực; bản thay là {one.current_id}."
    if one.version is not None and one.version != one.current_version:
        return f"{one.id} phiên bản {one.version} đã thay bằng phiên bản {one.current_version}."
    return ""
