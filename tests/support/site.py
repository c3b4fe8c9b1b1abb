"""The built site for tests: built once for a session, with a fixed day and address."""

import shutil
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.support.company import COMPANY
from tests.support.html import Document

SITE_URL = "https://nhakhe.example"
DAY = date(2026, 11, 23)
BUILD_EPOCH = "1795395600"
"""The morning of that day in Vietnam, on which the tests' price sheets are valid."""


@dataclass(frozen=True)
class BuiltSite:
    """The output folder of a build, the content it was built from, and its pages by address."""

    output: Path
    content: Path

    @cached_property
    def pages(self) -> dict[str, Document]:
        """Every page, parsed, by its root-relative address."""
        return {
            self.url_of(path): Document(path.read_text(encoding="utf-8"))
            for path in sorted(self.output.rglob("*.html"))
        }

    def url_of(self, path: Path) -> str:
        """Return the address under which a file of the output is served."""
        url = "/" + path.relative_to(self.output).as_posix()
        return url.removesuffix("index.html")

    def text(self, name: str) -> str:
        """Return the text of a file of the output."""
        return (self.output / name).read_text(encoding="utf-8")


def built_on(day: date, output: Path, content: Path, address: str = SITE_URL) -> BuiltSite:
    """Build ``content`` with the real Pelican into ``output``, on the morning of a day."""
    # Imported here, so that tests of other rooms do not load Pelican's side of the house.
    from tooling.build import build

    morning = datetime.combine(day, time(8), ZoneInfo("Asia/Ho_Chi_Minh"))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SOURCE_DATE_EPOCH", str(int(morning.timestamp())))
        environment.setenv("PORTAL_SITE_URL", address)
        return BuiltSite(build(output, content).output, content)


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """Build a copy of the tests' company with the real Pelican into a temporary folder."""
    folder = tmp_path_factory.mktemp("site")
    content = Path(shutil.copytree(COMPANY, folder / "content"))
    return built_on(DAY, folder / "output", content)
