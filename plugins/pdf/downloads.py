"""How big a download is, for the page that offers it."""

from dataclasses import dataclass

from plugins.pdf.issue_files import issue_files
from plugins.pdf.pdf_cache import PdfCache
from plugins.pdf.press import Press
from service_policy.register import Issue


@dataclass(frozen=True, slots=True)
class Downloads:
    """The files of documents as they will be written; each is made when a page asks for it."""

    press: Press
    shelf: PdfCache

    def size(self, issue: Issue) -> int:
        """Return the size of the PDF of an issue, in bytes.

        Raises:
            PdfError: its template is broken.
        """
        return len(issue_files(self.press, issue, self.shelf)["pdf"])


@dataclass(frozen=True, slots=True)
class PaperLink:
    """The PDF of an issue on a page; `downloads` is None where sizes are not known."""

    issue: Issue
    downloads: Downloads | None

    @property
    def url(self) -> str:
        """The address of the file, root-relative."""
        return self.issue.files["pdf"]

    @property
    def size(self) -> int | None:
        """Its size in bytes, made known only when a page is written; or None."""
        return self.downloads.size(self.issue) if self.downloads else None
