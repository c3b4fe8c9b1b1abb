"""The files of documents: every version of every document of the register, to download."""

from pathlib import Path
from typing import Any

from pelican import signals

from plugins.extra_files import FileGenerator, public_url
from plugins.model import House, PageFile
from plugins.papers.drawings import first_drawings
from plugins.papers.issue_files import all_files
from plugins.papers.press import Press
from plugins.papers.shelf import Shelf


class DocumentFiles(FileGenerator):
    """Writes the files; finished papers are kept in the folder of the setting PAPER_SHELF."""

    def __init__(self, *, path: str, settings: dict[str, Any], **given: Any) -> None:
        super().__init__(**given)
        self._originals = Path(path) / "san-pham" / "hinh"
        self._pictures = Path(settings["PICTURE_CACHE"])
        self._shelf = Shelf(Path(settings["PAPER_SHELF"]))

    def files(self, house: House, pages: tuple[PageFile, ...]) -> dict[str, bytes]:
        """Return the files of all issues, and the register that lists them for machines."""
        drawings = first_drawings(house.library, self._originals, self._pictures)
        return all_files(Press(house.library, public_url(house), drawings), self._shelf)


def get_generators(_: object) -> type[DocumentFiles]:
    """Answer Pelican's call for generators."""
    return DocumentFiles


def register() -> None:
    """Register the plugin with Pelican."""
    signals.get_generators.connect(get_generators)
