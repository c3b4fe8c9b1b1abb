"""Every amount that a tree of files shows, in whatever way it is written or packed."""

import re
import subprocess
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from search_index import browser
from search_index.published import INDEX_FOLDER

_BETWEEN_THOUSANDS = re.compile(r"(?<=\d)[.,\s\u00a0\u202f](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"\d+")
_DRAWN = {".woff2", ".png", ".ico", ".jpg", ".webp", ".avif"}


def amounts_in(text: str) -> set[int]:
    """Return every whole number of a text: 7490000, 7.490.000 and 7,490,000 are the same."""
    return {int(found) for found in _NUMBER.findall(_BETWEEN_THOUSANDS.sub("", text))}


def files_with(amounts: Iterable[int], shown: Mapping[str, set[int]]) -> dict[str, set[int]]:
    """Return the files that show any of ``amounts``, with what they show."""
    wanted = set(amounts)
    return {name: found & wanted for name, found in shown.items() if found & wanted}


def amounts_of_site(output: Path) -> dict[str, set[int]]:
    """Return the whole numbers that every file of a built site shows."""
    return {name: amounts_in(text) for name, text in texts_of(output)}


def texts_of(output: Path) -> Iterator[tuple[str, str]]:
    """Yield every file of a built site with its text; packed ones are unpacked first."""
    for path in sorted(output.rglob("*")):
        if path.is_file() and path.suffix not in _DRAWN:
            yield path.relative_to(output).as_posix(), _text_of(path)
    index = browser.read(output / INDEX_FOLDER)
    for number, name in enumerate(index.ids):
        fields = range(len(index.fields[number]))
        text = " ".join("".join(index.shown(number, field)) for field in fields)
        yield f"{INDEX_FOLDER} {name}", text


def _text_of(path: Path) -> str:
    if path.suffix == ".pdf":
        command = ["pdftotext", "-layout", str(path), "-"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return "\n".join(book.read(name).decode("utf-8") for name in book.namelist())
    return path.read_text(encoding="utf-8")
