"""The files of product pictures: drawings as they are, photographs in sizes and formats."""

from pathlib import Path

from plugins.model import Files, House, Pages, Settings
from plugins.picture_encoder import encoded


def files(house: House, pages: Pages, settings: Settings) -> Files:
    """Return every file of every picture; the setting `PICTURE_CACHE` names earlier results.

    Raises BrokenPicture, which stops the build.
    """
    found: Files = {}
    for picture in house.library.pictures:
        source = Path(settings["PATH"]) / "san-pham" / "hinh" / picture.name
        if picture.kind == "svg":
            found[picture.address(picture.width, "svg")] = source.read_bytes()
        else:
            found |= encoded(picture, source, Path(settings["PICTURE_CACHE"]))
    return {address.lstrip("/"): content for address, content in found.items()}
