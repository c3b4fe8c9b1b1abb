"""The kinds of files that are taken, told apart by their bytes."""

from collections.abc import Callable
from dataclasses import dataclass

from forms_api.uploads import heic, jpeg, png, webp
from forms_api.uploads.picture import Picture, Unreadable
from service_policy.cases.core.facts import MediaType

MOST_PIXELS = 100_000_000
"""A small file may unpack to a huge picture; cameras of today have fewer pixels at 10 MB."""

_PDF_END = 1024
"""ISO 32000-1, annex H.3.18: readers look for the end mark in the last 1024 bytes."""

_PDF_START = 1024
"""The same annex, H.3.13: the header may stand anywhere in the first 1024 bytes."""

_PADDING = b"\0\r\n\t\f \x1a"
"""What scanners and mail programs leave behind the end."""

MOST_BYTES = 10 * 1024 * 1024
"""A converted picture may be no larger than one that came as JPEG."""


@dataclass(frozen=True)
class Kind:
    """A kind of file; the first of ``suffixes`` ends a name that has none of them."""

    media_type: MediaType
    words: str
    suffixes: tuple[str, ...]

    @property
    def is_picture(self) -> bool:
        """Whether a browser may show it by itself."""
        return self.media_type.startswith("image/")


JPEG = Kind("image/jpeg", "Ảnh JPEG", (".jpg", ".jpeg"))
PNG = Kind("image/png", "Ảnh PNG", (".png",))
WEBP = Kind("image/webp", "Ảnh WebP", (".webp",))
PDF = Kind("application/pdf", "Tệp PDF", (".pdf",))
KINDS: dict[str, Kind] = {one.media_type: one for one in (JPEG, PNG, WEBP, PDF)}


def cleaned(data: bytes) -> tuple[Kind, bytes] | None:
    """Return what the bytes are and what is kept of them; None for a kind that is not taken.

    Raises:
        Unreadable: they begin as one of the kinds and are damaged, or unpack to far too much.
    """
    if data.startswith(jpeg.START):
        return JPEG, _picture(data, jpeg.without_metadata)
    if data.startswith(png.START):
        return PNG, _picture(data, png.without_metadata)
    if webp.is_webp(data):
        return WEBP, _picture(data, webp.without_metadata)
    if heic.is_heic(data):
        taken = heic.as_jpeg(data, MOST_PIXELS, MOST_BYTES)
        return None if taken is None else (JPEG, _picture(taken, jpeg.without_metadata))
    if b"%PDF-" in data[:_PDF_START]:
        if b"%%EOF" not in data.rstrip(_PADDING)[-_PDF_END:]:
            raise Unreadable("the end is missing")
        return PDF, data
    return None


def cleaned_by_head(head: bytes) -> bool:
    """Say whether the first bytes of a file are those of a kind that is taken."""
    known = (jpeg.START, png.START, b"%PDF-")
    return head.startswith(known) or webp.is_webp(head) or heic.is_heic(head)


def _picture(data: bytes, without_metadata: Callable[[bytes], Picture]) -> bytes:
    picture = without_metadata(data)
    if picture.width * picture.height > MOST_PIXELS:
        raise Unreadable("too many pixels")
    return picture.data
