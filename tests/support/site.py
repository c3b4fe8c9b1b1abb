"""The built site for tests: built once for a session, with a fixed day and address."""

import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from tests.support.html import Document

SITE_URL = "https://nhakhe.example"
BUILD_EPOCH = "1795395600"
"""The morning of 23 November 2026 in Vietnam, a day on which the sample price sheets are valid."""


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


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """Build a copy of the real content with the real Pelican into a temporary folder."""
    # Imported here, so that tests of other rooms do not load Pelican's side of the house.
    from tooling.build import build
    from tooling.paths import CONTENT

    folder = tmp_path_factory.mktemp("site")
    content = folder / "content"
    shutil.copytree(CONTENT, content)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SOURCE_DATE_EPOCH", BUILD_EPOCH)
        environment.setenv("PORTAL_SITE_URL", SITE_URL)
        return BuiltSite(build(folder / "output", content).output, content)
