"""A small base for generators that write files without a template."""

from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

from plugins.model import House, PageFile

DEVELOPMENT_URL = "http://127.0.0.1:8000"
"""Stands for the site's address in files that must have one, while none is configured."""


class FileGenerator(ABC):
    """Has the shape that Pelican wants of a generator; `files` of a subclass does the work."""

    folder = ""
    """Where all files of a generator stand, when nothing else stands there."""

    def __init__(self, *, context: dict[str, Any], output_path: str, **_: object) -> None:
        self.context = context
        self.output_path = Path(output_path)

    @abstractmethod
    def files(self, house: House, pages: tuple[PageFile, ...]) -> dict[str, bytes]:
        """Return the content of each file by its path inside the output folder."""

    def generate_output(self, _: object) -> None:
        """Write the files; an existing one is a fault of ours and is not overwritten."""
        files = self.files(self.context["house"], self.context["house_pages"])
        for name, content in files.items():
            target = self.output_path / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                file.write(content)


def public_url(house: House) -> str:
    """Return the site's address, or the address of development."""
    return house.site.url or DEVELOPMENT_URL
