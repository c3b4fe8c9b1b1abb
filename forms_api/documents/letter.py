"""The letter that brings documents; it quotes nothing that the asker typed."""

from collections.abc import Iterable, Sequence

from forms_api.documents.enclosing import Enclosed
from forms_api.documents.words import QUOTE_ONLY
from forms_api.letters import ENCLOSED_MARK, Enclosure, Letter, plain, written
from service_policy.cases.documents import DocumentsAsked
from service_policy.company import Company


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
    told = {"company": company, "reference": reference, "quote": QUOTE_ONLY if quote else ""}
    body = written("document", **told, enclosed_mark=ENCLOSED_MARK)
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
    return written("enclosed", copies=list(copies), site_url=site_url)
