"""The renderer of papers: a template of `theme/typst/` and its data in, the bytes of a PDF out.

Data reaches a template as JSON, never as source, so nothing an editor writes is ever run. A site is
built again and again while few documents change, so finished papers are kept by the fingerprint of
all they were made from: the data, the templates, the fonts, the code and the versions of the tools.
"""

import hashlib
import io
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

import segno
import typst

import theme
from plugins.model import write_whole
from service_policy.paper_letters import on_paper

TEMPLATES: Final = Path(theme.__file__).parent / "typst"
STANDARD: Final = "ua-1"
"""PDF/UA-1: the renderer refuses what a screen reader could not read, such as a missing title."""

Data = Mapping[str, object]


class PdfError(Exception):
    """Raised when a template does not compile cleanly: a fault of ours, never of an editor."""


@dataclass(frozen=True, slots=True)
class PdfContext:
    """What a PDF is made from, and nothing else.

    Attributes:
        template: a name in `theme/typst/` without `.typ`.
        data: what the template reads; everything in it can be written as JSON.
        issued_on: the day the document was issued.
        link: the address in its QR code.
    """

    template: str
    data: Data
    issued_on: date
    link: str

    def as_json(self) -> str:
        """Write the data in letters that the fonts have; equal data gives equal text."""
        return json.dumps(_printed(self.data), ensure_ascii=False, sort_keys=True)


def _printed(value: object) -> object:
    """Return data with every text in letters that the fonts have."""
    if isinstance(value, str):
        return on_paper(value)
    if isinstance(value, Mapping):
        return {key: _printed(inner) for key, inner in value.items()}
    return [_printed(one) for one in value] if isinstance(value, list | tuple) else value


def pdf(paper: PdfContext) -> bytes:
    """Render a paper to a tagged PDF.

    The same paper gives the same bytes on every machine and on every day: only the vendored fonts
    are used, and the day of issue stands for the day of creation.

    Raises:
        PdfError: the template failed or warned.
    """
    try:
        made, warnings = _compiler().compile_with_warnings(
            input=TEMPLATES / f"{paper.template}.typ",
            format="pdf",
            sys_inputs={"data": paper.as_json(), "link": paper.link, "qr": _qr_svg(paper.link)},
            pdf_standards=STANDARD,
            timestamp=datetime.combine(paper.issued_on, time(), UTC),
        )
    except typst.TypstError as error:
        raise PdfError(f"{paper.template}.typ: {error.message[:300]}") from error
    if warnings:
        raise PdfError(f"{paper.template}.typ: {'; '.join(one.message for one in warnings)}")
    if not isinstance(made, bytes):
        raise PdfError(f"{paper.template}.typ: no PDF came out")
    return made


@cache
def _compiler() -> typst.Compiler:
    """Load the fonts once; fonts of the machine would make papers differ between machines."""
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[TEMPLATES / "fonts"],
    )
    return typst.Compiler(root=TEMPLATES, font_paths=fonts, ignore_system_fonts=True)


def _qr_svg(text: str) -> str:
    """Return a QR code as SVG, one unit for each module, without a border (the paper leaves one).

    Level M survives a fold or a stain over 15 % of the code (ISO/IEC 18004).
    """
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False, boost_error=False).save(
        drawn, kind="svg", border=0, xmldecl=False, svgns=True
    )
    return drawn.getvalue().decode("utf-8")


MOST: Final = 400
"""How many papers are kept; those that nobody asked for the longest go first."""


class PdfCache:
    """A folder of finished papers; any number of builds may use it at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def pdf(self, paper: PdfContext) -> bytes:
        """Return the PDF of a paper, from the shelf when it stands there.

        Raises:
            PdfError: see `typst_pdf.pdf`.
        """
        kept = self._folder / f"{_key(paper)}.pdf"
        try:
            found = kept.read_bytes()
            os.utime(kept)
        except FileNotFoundError:
            found = pdf(paper)
            write_whole(kept, found)
        return found

    def tidy(self) -> None:
        """Keep the `MOST` papers that were asked for last."""
        ages = []
        for paper in self._folder.glob("*.pdf"):
            try:
                ages.append((paper.stat().st_mtime, paper))
            except FileNotFoundError:  # Another build tidies too.
                continue
        for _, paper in sorted(ages, reverse=True)[MOST:]:
            paper.unlink(missing_ok=True)


def _key(paper: PdfContext) -> str:
    words = (_tools(), paper.template, paper.issued_on.isoformat(), paper.link, paper.as_json())
    return hashlib.sha256("\0".join(words).encode()).hexdigest()


@cache
def _tools() -> str:
    """Return one word for everything besides the paper itself that shapes its bytes."""
    digest = hashlib.sha256(f"typst {version('typst')} segno {version('segno')}".encode())
    for source in (*sorted(TEMPLATES.rglob("*")), *sorted(Path(__file__).parent.glob("*.py"))):
        if source.is_file():
            digest.update(source.name.encode())
            digest.update(hashlib.sha256(source.read_bytes()).digest())
    return digest.hexdigest()
