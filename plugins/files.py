"""The files that no template writes: pictures, papers, feeds, the search index and the like."""

from pathlib import Path
from typing import Any

from pelican import signals

from plugins import (
    brand_files,
    document_files,
    feeds,
    pictures,
    redirects,
    scorecard_files,
    security_txt,
    sitemap,
)
from plugins.editing import page as editing_page
from plugins.model import FileMaker, Files, House, Pages, Settings
from search_index import site_files
from service_policy.brand import FOLDER


def _search(house: House, pages: Pages, settings: Settings) -> Files:
    return site_files(house.library)


MAKERS: tuple[tuple[str, FileMaker], ...] = (
    ("", pictures.files),
    (f"{FOLDER}/", brand_files.files),
    ("", security_txt.files),
    ("", sitemap.files),
    ("", redirects.files),
    ("", feeds.files),
    ("", scorecard_files.files),
    ("", document_files.files),
    ("", _search),
    ("", editing_page.files),
)
"""Each with the folder where all of its files stand and nobody else's do; "" without one."""


class FileGenerator:
    """Has the shape that Pelican wants of a generator; it runs after that of the pages."""

    def __init__(self, *, context: dict[str, Any], output_path: str, **_: object) -> None:
        self.context = context
        self.output_path = Path(output_path)

    def generate_output(self, _: object) -> None:
        """Write the files of every maker."""
        for _folder, maker in MAKERS:
            write(maker, self.context, self.output_path)


def write(maker: FileMaker, context: dict[str, Any], output: Path) -> None:
    """Write the files of one maker; an existing one is a fault of ours and is not overwritten."""
    # Pelican's context holds its settings, and what the generator of the pages left there.
    for name, content in maker(context["house"], context["house_pages"], context).items():
        target = output / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            file.write(content)


def get_generators(_: object) -> type[FileGenerator]:
    """Answer Pelican's call for generators."""
    return FileGenerator


def register() -> None:
    """Register the plugin with Pelican."""
    signals.get_generators.connect(get_generators)
