"""The files of documents: every version of every document of the register, to download."""

from pathlib import Path

from plugins.model import Files, House, Pages, Settings
from plugins.papers.drawings import first_drawings
from plugins.papers.issue_files import all_files
from plugins.papers.press import Press
from plugins.papers.shelf import Shelf


def files(house: House, pages: Pages, settings: Settings) -> Files:
    """Return the files of all issues, and the register that lists them for machines.

    Finished papers are kept in the folder of the setting PAPER_SHELF.
    """
    originals = Path(settings["PATH"]) / "san-pham" / "hinh"
    drawings = first_drawings(house.library, originals, Path(settings["PICTURE_CACHE"]))
    press = Press(house.library, house.public_url, drawings)
    return all_files(press, Shelf(Path(settings["PAPER_SHELF"])))
