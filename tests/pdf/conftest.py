"""Papers of the sample company, made once for each day that a test asks for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from plugins.pdf.issue_files import Formats, issue_files
from plugins.pdf.press import Press, first_drawings
from plugins.pdf.typst_pdf import PdfCache
from service_policy.content import read
from service_policy.register import Issue
from tests.support.site import SITE_URL
from tooling.paths import CONTENT

AUTUMN = date(2026, 11, 23)
"""BG-2026.11 version 2 holds, BG-2027.01 is announced, BG-2026.05 has expired."""
WINTER = date(2027, 1, 15)
"""BG-2027.01 holds; what held in autumn has expired or was replaced."""


@dataclass(frozen=True)
class Papers:
    """The files of every issue on one day."""

    press: Press
    shelf: PdfCache
    made: dict[tuple[str, int], Formats] = field(default_factory=dict)

    @property
    def issues(self) -> tuple[Issue, ...]:
        return tuple(one for one in self.press.library.register.issues if one.has_files)

    def issue(self, document_id: str, version: int) -> Issue:
        found = self.press.library.register.find(document_id, version)
        assert found is not None
        return found

    def of(self, document_id: str, version: int) -> Formats:
        key = (document_id, version)
        if key not in self.made:
            self.made[key] = issue_files(self.press, self.issue(*key), self.shelf)
        return self.made[key]


@pytest.fixture(scope="session")
def papers_on(tmp_path_factory: pytest.TempPathFactory) -> Callable[[date], Papers]:
    shelf = PdfCache(Path(tmp_path_factory.mktemp("shelf")))
    pictures = Path(tmp_path_factory.mktemp("pictures"))

    @cache
    def on(day: date) -> Papers:
        library = read(CONTENT, day)
        drawings = first_drawings(library, CONTENT / "san-pham" / "hinh", pictures)
        return Papers(Press(library, SITE_URL, drawings), shelf)

    return on


@pytest.fixture
def papers(papers_on: Callable[[date], Papers]) -> Papers:
    """The papers of a day in autumn."""
    return papers_on(AUTUMN)
