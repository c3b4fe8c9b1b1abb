"""What is said about documents: on the receipt and in the history of a case."""

from collections.abc import Iterable

from service_policy.cases import Case
from service_policy.cases.events_documents import AskedDocument, DocumentsAsked, SentCopy
from service_policy.cases.words import WAY_WORDS
from service_policy.register import document_page
from theme.words import FEEDBACK_URL

QUOTE_ONLY = "Đây là yêu cầu báo giá, chưa phải đặt hàng, chưa phải giao kết hợp đồng."
FORMATS = {
    "web": "liên kết trên trang",
    "pdf": "PDF",
    "xlsx": "bảng tính XLSX",
    "csv": "CSV",
    "print": "bản in",
}


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


def asked_words(event: DocumentsAsked) -> str:
    """Say what was asked for and how it should come."""
    documents = ", ".join(
        one.id if one.version is None else f"{one.id} phiên bản {one.version}"
        for one in event.documents
    )
    return f"{documents}; {FORMATS[event.format]}, qua {WAY_WORDS[event.way]}"


def copy_words(copies: Iterable[SentCopy]) -> str:
    """Name copies with their versions and, where another was asked for, what they stand for."""
    return ", ".join(
        f"{one.id} phiên bản {one.version} ({FORMATS[one.format]}"
        + (f", thay cho {one.asked})" if one.asked != one.id else ")")
        for one in copies
    )


def feedback_url(copy: SentCopy) -> str:
    """Return where somebody says whether a copy was clear, root-relative: its page in the register.

    The page of a price sheet moves when the next version takes its place; this one does not.
    """
    return f"{FEEDBACK_URL}?trang={document_page(copy.id)}&phien-ban={copy.version}"
