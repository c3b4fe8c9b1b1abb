"""`inv quote`: from the YAML file of a quote to the PDF for the customer."""

import os
from dataclasses import dataclass
from pathlib import Path

from plugins.model import DEVELOPMENT_URL, write_whole
from plugins.pdf.press import Press
from plugins.pdf.quote_pdf import paper
from plugins.pdf.typst_pdf import pdf
from service_policy.content.quotes import read_quote
from service_policy.quotes import Quote
from tooling.check import check
from tooling.paths import CONTENT, OUTPUT
from tooling.words import Refused


@dataclass(frozen=True, slots=True)
class Made:
    """A quote and its PDF; `warnings` are for the person who made it."""

    quote: Quote
    pdf: Path
    warnings: tuple[str, ...]


def make_quote(file: Path, out: Path | None = None, content: Path = CONTENT) -> Made:
    """Write the PDF of a quote into the folder `out`, or beside its file.

    A PDF of the same number is replaced. Files never go to content/ or output/: what stands
    there is public, and a quote is for one customer.

    Raises:
        ContentErrors: the file or the content has faults; all of them are named.
        Refused: the file or the folder is public.
        OSError: a file cannot be read or written.
    """
    folder = file.parent if out is None else out
    for place in (file, folder):
        if any(place.resolve().is_relative_to(public.resolve()) for public in (content, OUTPUT)):
            raise Refused(f"{place} is public; keep quotes outside content/ and output/")
    if not file.is_file():
        raise Refused(f"không có tệp báo giá {file}")
    library = check(content)
    quote, sheet = read_quote(file, library)
    issue = library.register.find(sheet.id, sheet.version)
    if issue is None:
        raise AssertionError(f"{sheet.id} version {sheet.version} is not in the register")
    site_url = os.environ.get("PORTAL_SITE_URL", "").rstrip("/")
    made = pdf(paper(Press(library, site_url or DEVELOPMENT_URL), quote, sheet, issue))
    target = folder / f"{quote.id}.pdf"
    write_whole(target, made)
    lost = "PORTAL_SITE_URL is not set: the QR code of this PDF leads to this machine only"
    return Made(quote, target, () if site_url else (lost,))
