"""Picture files: what is known of one, and the addresses at which it is published.

The page that shows a picture and the generator that writes its files compute the same addresses
here. A name carries the picture's bytes (a digest), so that a browser may keep a file for ever.
"""

from dataclasses import dataclass
from typing import Literal

PictureKind = Literal["svg", "png", "jpg"]

WIDTHS = (360, 720, 1080)
"""Widths in pixels at which photographs are published: a phone, a dense phone, a desktop."""

FORMATS = {"avif": "image/avif", "webp": "image/webp"}
"""Formats that a photograph is offered in before its own, the smallest first."""

FOLDER = "/san-pham/hinh"
"""Where product pictures are published, and where they stand in the content folder."""


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture of the content folder.

    Attributes:
        name: its file name.
        kind: a drawing (``svg``) or a photograph.
        width: in pixels, as shown (a camera held upright is taken into account).
        height: likewise.
        sha256: of its bytes, in hex.
        orientation: how the camera was held, as EXIF numbers it; 1 is upright.
    """

    name: str
    kind: PictureKind
    width: int
    height: int
    sha256: str
    orientation: int = 1

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths at which it is published; a photograph is never made larger."""
        if self.kind == "svg":
            return (self.width,)
        return tuple(width for width in WIDTHS if width <= self.width) or (self.width,)

    @property
    def usual_width(self) -> int:
        """The width that is shown where no other is asked for: the middle one."""
        return self.widths[len(self.widths) // 2]

    def height_at(self, width: int) -> int:
        """Return the height in pixels that belongs to a width, at least one."""
        return max(1, (self.height * width * 2 + self.width) // (self.width * 2))

    def address(self, width: int, extension: str) -> str:
        """Return the root-relative address of one of its files; a drawing has only one."""
        stem = f"{FOLDER}/{self.name.rpartition('.')[0]}-{self.sha256[:10]}"
        return f"{stem}.svg" if self.kind == "svg" else f"{stem}-{width}.{extension}"
