"""Reading a PDF back, as a person, a screen reader and a phone's camera do."""

import io
import subprocess
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import segno
from PIL import Image
from pypdf import PdfReader

from service_policy.content import read
from tooling.paths import CONTENT


def text_of(pdf: bytes) -> str:
    """Return the words of all pages in the order of the page, with single spaces."""
    return " ".join(pages_of(pdf))


def pages_of(pdf: bytes) -> list[str]:
    """Return the words of each page, with single spaces."""
    done = subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"],
        input=pdf,
        capture_output=True,
        check=True,
    )
    pages = done.stdout.decode("utf-8").split("\f")[:-1]
    return [" ".join(page.split()) for page in pages]


def tags_of(pdf: bytes) -> set[str]:
    """Return the kinds of structure elements, such as `H1`, `TH` and `Figure`."""
    return {str(element["/S"]).removeprefix("/") for element in elements_of(pdf) if "/S" in element}


def pictures_of(pdf: bytes) -> list[str]:
    """Return what is read aloud in the place of each picture."""
    return [str(one.get("/Alt", "")) for one in elements_of(pdf) if one.get("/S") == "/Figure"]


def elements_of(pdf: bytes) -> Iterator[dict[str, Any]]:
    """Yield the elements of the structure that a screen reader walks."""
    stack: list[Any] = [PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]]
    while stack:
        element = stack.pop().get_object()
        if isinstance(element, dict):
            yield element
            below = element.get("/K", [])
            stack += below if isinstance(below, list) else [below]


def shows_qr(pdf: bytes, text: str, folder: Path) -> bool:
    """Say whether the first page shows the QR code of `text`, module by module.

    The code is the one thing on our papers that is printed in pure black.
    """
    (folder / "paper.pdf").write_bytes(pdf)
    subprocess.run(
        [
            "pdftoppm",
            "-r",
            "200",
            "-f",
            "1",
            "-l",
            "1",
            "-gray",
            "-singlefile",
            "paper.pdf",
            "page",
        ],
        cwd=folder,
        check=True,
    )
    with Image.open(folder / "page.pgm") as page:
        black = page.point(lambda grey: 255 if grey < 8 else 0)
        box = black.getbbox()
        assert box is not None
        code = black.crop(box)
    wanted = [list(row) for row in segno.make(text, error="m", boost_error=False).matrix]
    size = code.width / len(wanted)
    seen = [
        [
            int(code.getpixel((int((x + 0.5) * size), int((y + 0.5) * size))) == 255)
            for x in range(len(wanted))
        ]
        for y in range(len(wanted))
    ]
    return seen == wanted


@cache
def colours() -> dict[str, str]:
    """Return the sample's colours by name, as papers are given them."""
    return read(CONTENT, date(2026, 11, 30)).chrome.brand.scheme("light")
