"""The files of product pictures: drawings as they are, photographs in sizes and formats."""

from pathlib import Path
from typing import Any

from pelican import signals

from plugins.extra_files import FileGenerator
from plugins.model import House, PageFile
from plugins.picture_encoder import encoded


class PictureGenerator(FileGenerator):
    """Writes the files; the setting `PICTURE_CACHE` names the folder of earlier results."""

    def __init__(
        self, *, context: dict[str, Any], output_path: str, path: str, settings: dict[str, Any],
        **_: object,
    ) -> None:  # fmt: skip
        super().__init__(context=context, output_path=output_path)
        self.originals = Path(path) / "san-pham" / "hinh"
        self.cache = Path(settings["PICTURE_CACHE"])

    def files(self, house: House, pages: tuple[PageFile, ...]) -> dict[str, bytes]:
        """Return every file of every picture. Raises BrokenPicture, which stops the build."""
        found: dict[str, bytes] = {}
        for picture in house.library.pictures:
            source = self.originals / picture.name
            if picture.kind == "svg":
                found[picture.address(picture.width, "svg")] = source.read_bytes()
            else:
                found |= encoded(picture, source, self.cache)
        return {address.lstrip("/"): content for address, content in found.items()}


def get_generators(_: object) -> type[PictureGenerator]:
    """Answer Pelican's call for generators."""
    return PictureGenerator


def register() -> None:
    """Register the plugin with Pelican."""
    signals.get_generators.connect(get_generators)
