"""Size and orientation of a photograph, read from its bytes: PNG and JPEG, whole to the end."""

import struct
import zlib
from collections.abc import Iterator

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8"
_SIZES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
"""Segments that begin a frame and say its size."""
_TURNED = frozenset({5, 6, 7, 8})
"""Values of the EXIF orientation that swap width and height."""
_ORIENTATION = 0x0112
_SCAN = 0xDA
"""The segment after which the pixels stand."""
_PIECE = 1 << 20
MAX_PIXELS = 40_000_000
"""No camera that shops use makes larger pictures; a small file may claim a gigantic one."""


class Unreadable(Exception):
    """The file is not the kind of picture that its name says, or it ends too early."""


class Moving(Exception):
    """The picture is a film; only its first image would be shown."""


Measured = tuple[int, int, int]
"""Width and height in pixels as the picture is shown, and its EXIF orientation (1: as it is)."""


def png_size(data: bytes) -> Measured:
    """Return size and orientation. Raises Unreadable; a picture that ends early is unreadable."""
    if len(data) < 24 or not data.startswith(PNG) or data[12:16] != b"IHDR":
        raise Unreadable
    width, height = struct.unpack(">II", data[16:24])
    if width * height > MAX_PIXELS:
        return width, height, 1
    orientation, ended, unpacked = 1, False, zlib.decompressobj()
    pixels = 0
    for kind, body in _chunks(data):
        if kind == b"acTL":
            raise Moving
        if kind == b"eXIf":
            orientation = _orientation(body.removeprefix(b"Exif\0\0"))
        if kind == b"IDAT":
            pixels += _unpack(unpacked, body)
        ended = ended or kind == b"IEND"
    if not ended or not unpacked.eof or pixels < height:
        raise Unreadable
    return _turned(_plausible(width, height), orientation)


def jpeg_size(data: bytes) -> Measured:
    """Return size and orientation. Raises Unreadable; a picture that ends early is unreadable."""
    orientation = 1
    size: tuple[int, int] | None = None
    for marker, body, end in _segments(data):
        if marker == 0xE1 and body.startswith(b"Exif\0\0"):
            orientation = _orientation(body[6:])
        if marker in _SIZES and len(body) >= 5:
            height, width = struct.unpack(">HH", body[1:5])
            size = _plausible(width, height)
        # Pixels begin; a whole picture says where they end.
        if marker == _SCAN and size is not None and data.find(b"\xff\xd9", end) > 0:
            return _turned(size, orientation)
    raise Unreadable


def _turned(size: tuple[int, int], orientation: int) -> Measured:
    width, height = size
    if orientation in _TURNED:
        width, height = height, width
    return width, height, orientation


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield (kind, body) up to the end of the picture. Raises Unreadable at a wrong sum.

    What programs hang behind the end is no part of the picture.
    """
    at = len(PNG)
    while at + 12 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        checked = data[at + 8 + length : at + 12 + length]
        if len(checked) < 4 or zlib.crc32(kind + body) != struct.unpack(">I", checked)[0]:
            raise Unreadable
        yield kind, body
        if kind == b"IEND":
            return
        at += 12 + length


def _unpack(stream: "zlib._Decompress", packed: bytes) -> int:
    """Return how many bytes come out, a piece at a time. Raises Unreadable."""
    out = 0
    try:
        while packed and not stream.eof:
            out += len(stream.decompress(packed, _PIECE))
            packed = stream.unconsumed_tail
    except zlib.error:
        raise Unreadable from None
    return out


def _plausible(width: int, height: int) -> tuple[int, int]:
    if width < 1 or height < 1:
        raise Unreadable
    return width, height


def _segments(data: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Yield (marker, body, end) up to the first one that is broken."""
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
        yield marker, data[at + 4 : at + 2 + length], at + 2 + length
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
