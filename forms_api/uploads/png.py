"""Leave out of a PNG whatever is not picture: eXIf, texts, times, notes of programs, trailers.

A walk over the chunks of the PNG specification (third edition), each with its checksum.
"""

import struct
import zlib

from forms_api.uploads.picture import Picture, Unreadable

START = b"\x89PNG\r\n\x1a\n"
MOST_CHUNKS = 20_000
"""Programs write 8 KB a chunk at least, so that 10 MB have far fewer."""

_KEPT = frozenset(
    (
        *(b"IHDR", b"PLTE", b"IDAT", b"IEND"),
        *(b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"bKGD", b"pHYs"),
    )
)
"""Chunks that change how the picture looks; of a moving picture the first one stays."""

_ANCILLARY = 0x20
"""The bit of a chunk's first letter that says one can do without it."""


def without_metadata(data: bytes) -> Picture:
    """Return the picture alone; whatever follows its end is left out, too.

    Raises:
        Unreadable: it is cut off or not well formed.
    """
    kept, width, height, at, pixels = [START], 0, 0, len(START), False
    for number in range(MOST_CHUNKS):
        (length,) = struct.unpack(">I", data[at : at + 4].rjust(4, b"\xff"))
        end = at + 12 + length
        if end > len(data):
            raise Unreadable("a chunk is cut off")
        name, chunk = data[at + 4 : at + 8], data[at:end]
        if zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:], "big"):
            raise Unreadable("a checksum is wrong")
        if (name == b"IHDR") != (number == 0) or (name == b"IHDR" and length != 13):
            raise Unreadable("the header is not where it must be")
        if name == b"IHDR":
            width, height = struct.unpack(">II", chunk[8:16])
        if name in _KEPT:
            kept.append(chunk)
        elif not name[0] & _ANCILLARY:
            raise Unreadable("a chunk that nobody knows and nobody can do without")
        pixels = pixels or name == b"IDAT"
        at = end
        if name == b"IEND":
            if not (pixels and width and height):
                raise Unreadable("no picture")
            return Picture(b"".join(kept), width, height)
    raise Unreadable("too many chunks")
