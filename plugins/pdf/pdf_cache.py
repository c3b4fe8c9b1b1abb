"""Finished papers, kept by the fingerprint of all they were made from.

A site is built again and again while few documents change; a paper that was made once is taken
from the shelf. The key holds the data, the templates, the fonts and the versions of the tools, so
what is found is what would be made.
"""

import hashlib
import os
import tempfile
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from plugins.pdf.typst_pdf import TEMPLATES, PdfContext, pdf

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
            self._keep(kept, found)
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

    def _keep(self, kept: Path, content: bytes) -> None:
        """Put a paper on the shelf whole or not at all: another build may be reading."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as file:
            file.write(content)
        Path(file.name).replace(kept)


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
