"""Width and height of a photograph, read from its first bytes: PNG and JPEG."""

import struct
from collections.abc import Iterator

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8"
_SIZES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
"""Segments that begin a frame and say its size."""
_TURNED = frozenset({5, 6, 7, 8})
"""Values of the EXIF orientation that swap width and height."""
_ORIENTATION = 0x0112


class Unreadable(Exception):
    """The file is not the kind of picture that its name says, or it ends too early."""


def png_size(data: bytes) -> tuple[int, int]:
    """Return width and height in pixels. Raises Unreadable."""
    if len(data) < 24 or not data.startswith(PNG) or data[12:16] != b"IHDR":
        raise Unreadable
    width, height = struct.unpack(">II", data[16:24])
    return _plausible(width, height)


def jpeg_size(data: bytes) -> tuple[int, int]:
    """Return width and height in pixels as the picture is shown. Raises Unreadable."""
    turned = False
    for marker, body in _segments(data):
        if marker == 0xE1 and body.startswith(b"Exif\0\0"):
            turned = _orientation(body[6:]) in _TURNED
        if marker in _SIZES and len(body) >= 5:
            height, width = struct.unpack(">HH", body[1:5])
            return _plausible(height, width) if turned else _plausible(width, height)
    raise Unreadable


def _plausible(width: int, height: int) -> tuple[int, int]:
    if width < 1 or height < 1:
        raise Unreadable
    return width, height


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield (marker, body) up to the first one that is broken."""
    if not data.startswith(JPEG):
        raise Unreadable
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, length = struct.unpack(">BH", data[at + 1 : at + 4])
        if marker == 0xFF:
            # A marker may be padded with more of the same byte.
            at += 1
            continue
        if length < 2:
            return
        yield marker, data[at + 4 : at + 2 + length]
        at += 2 + length


def _orientation(tiff: bytes) -> int:
    """Return the EXIF orientation; 1, not turned, when there is none."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None or len(tiff) < 10:
        return 1
    (start,) = struct.unpack(f"{order}I", tiff[4:8])
    (count,) = struct.unpack(f"{order}H", tiff[start : start + 2].ljust(2, b"\0"))
    for entry in range(count):
        at = start + 2 + entry * 12
        field = tiff[at : at + 12]
        if len(field) == 12 and struct.unpack(f"{order}H", field[:2])[0] == _ORIENTATION:
            return int(struct.unpack(f"{order}H", field[8:10])[0])
    return 1
