"""The letter that brings documents; it quotes nothing that the asker typed."""

from collections.abc import Iterable, Sequence

from forms_api.documents.enclosing import Enclosed
from forms_api.documents.words import QUOTE_ONLY
from forms_api.letters import ENCLOSED_MARK, Enclosure, Letter, plain
from service_policy.cases.documents import DocumentsAsked
from service_policy.company import Company
from theme.filters import date_vi


def document_letter(
    reference: str,
    recipient: str,
    number: int,
    event: DocumentsAsked,
    enclosures: Sequence[Enclosure],
    company: Company,
    *,
    quote: bool,
) -> Letter:
    """Write the letter; what it encloses is said when it leaves (``ENCLOSED_MARK``).

    ``number`` is the number of ``event`` in its case, under which the sending is recorded.
    """
    more = f"\nBáo giá do người phụ trách gửi riêng. {QUOTE_ONLY}\n" if quote else ""
    body = f"""Kính gửi Quý khách,

Quý khách xin tài liệu của {company.short_name}. Đây là bản đang hiệu lực hôm nay:

{ENCLOSED_MARK}
{more}
Mã phiếu: {reference}
Thư này do hệ thống gửi tự động. Cần gặp người thật: {company.hotline}, {company.email}.
{company.name}
{company.banner if company.fictional else ""}"""
    names = ", ".join(one.id for one in event.documents)
    return Letter(
        "document",
        recipient,
        f"[{reference}] Tài liệu Quý khách xin: {names}",
        plain(body),
        message=number,
        enclosures=tuple(enclosures),
    )


def enclosed_lines(copies: Iterable[Enclosed], site_url: str) -> str:
    """Say in a letter what comes with it, and where to see later whether it still holds."""
    return "\n".join(_lines(one, site_url) for one in copies)


def _lines(one: Enclosed, site_url: str) -> str:
    issue = one.issue
    until = "" if issue.valid_to is None else f" đến hết {date_vi(issue.valid_to)}"
    held = f"hiệu lực từ {date_vi(issue.valid_from)}{until}"
    lines = [
        f"- {issue.title}: {issue.id}, phiên bản {issue.version}, {held}.",
        f"  Tệp kèm thư: {one.file.name}" if one.file else f"  Xem tại: {site_url}{issue.url}",
        f"  Xem bản này còn hiệu lực hay không: {site_url}{issue.permalink}",
    ]
    wanted = one.wanted
    if wanted.asked != issue.id:
        lines.append(f"  {wanted.asked} không còn hiệu lực; đây là bản thay thế.")
    elif wanted.asked_version not in (None, issue.version):
        old = wanted.asked_version
        lines.append(f"  Phiên bản {old} đã thay bằng phiên bản {issue.version}; đây là bản mới.")
    return "\n".join(lines)
