"""Leave out of a WebP whatever is not picture: EXIF, XMP and chunks that nobody knows.

A walk over the chunks of RFC 9649. Moving pictures are not taken: each of their frames could hold
chunks of its own, and a proof does not move.
"""

import struct

from forms_api.uploads.picture import Picture, Unreadable

MOST_CHUNKS = 100
_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP"))
_HAS_EXIF, _HAS_XMP, _MOVES = 0x08, 0x04, 0x02


def is_webp(data: bytes) -> bool:
    """Say whether the bytes begin as a WebP does."""
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def without_metadata(data: bytes) -> Picture:
    """Return the picture alone; whatever follows its end is left out, too.

    Raises:
        Unreadable: it is cut off, not well formed, or it moves.
    """
    (length,) = struct.unpack("<I", data[4:8])
    end = 8 + length
    if end > len(data) or length < 4:
        raise Unreadable("the file is cut off")
    kept: dict[bytes, bytes] = {}
    at = 12
    for _ in range(MOST_CHUNKS):
        if at == end:
            return _picture(kept)
        name, (size,) = data[at : at + 4], struct.unpack("<I", data[at + 4 : at + 8].ljust(4))
        after = at + 8 + size + size % 2
        if after > end or name in kept:
            raise Unreadable("a chunk is cut off or stands twice")
        if name in _KEPT:
            kept[name] = data[at:after]
        at = after
    raise Unreadable("too many chunks")


def _picture(kept: dict[bytes, bytes]) -> Picture:
    """Put the kept chunks together again."""
    if len(kept.keys() & {b"VP8 ", b"VP8L"}) != 1:
        raise Unreadable("no picture")
    extended = bytearray(kept.get(b"VP8X", b""))
    if extended:
        if len(extended) != 18 or extended[8] & _MOVES or next(iter(kept)) != b"VP8X":
            raise Unreadable("the header is wrong, or the picture moves")
        extended[8] &= ~(_HAS_EXIF | _HAS_XMP)
        kept[b"VP8X"] = bytes(extended)
    body = b"WEBP" + b"".join(kept.values())
    data = b"RIFF" + struct.pack("<I", len(body)) + body
    return Picture(data, *_size(kept))


def _size(kept: dict[bytes, bytes]) -> tuple[int, int]:
    """Read width and height from the compressed picture, which is what a browser will unpack."""
    lossy, lossless = kept.get(b"VP8 ", b"")[8:], kept.get(b"VP8L", b"")[8:]
    if lossy[3:6] == b"\x9d\x01\x2a" and len(lossy) >= 10:
        width, height = struct.unpack("<HH", lossy[6:10])
        return width & 0x3FFF, height & 0x3FFF
    if lossless[:1] == b"\x2f" and len(lossless) >= 5:
        (bits,) = struct.unpack("<I", lossless[1:5])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    raise Unreadable("the compressed picture does not begin as it must")
