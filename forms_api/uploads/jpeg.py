"""Leave out of a JPEG whatever is not picture: EXIF (place, camera), XMP, IPTC, notes, trailers.

A walk over the segments of ITU-T T.81, annex B; the compressed picture is copied byte for byte.
Only the turn of the camera (EXIF orientation) is written again, or photos would lie on their side.
"""

import re
import struct

from forms_api.uploads.picture import Picture, Unreadable

START = b"\xff\xd8"
MOST_SEGMENTS = 4000
"""A progressive picture has some dozens; the rest is room for colour profiles in pieces."""

_SCAN, _END, _EXIF = 0xDA, 0xD9, 0xE1
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})
_PICTURE = frozenset(range(0xC0, 0xE0)) - _WITHOUT_LENGTH - {_END}
_KEPT_NOTES = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""Application segments that change how the picture looks; all others tell about somebody."""

_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
"""The end of compressed data: a marker that is neither a stuffed byte nor a restart."""


def without_metadata(data: bytes) -> Picture:
    """Return the picture alone; whatever follows its end is left out, too.

    Raises:
        Unreadable: it is cut off or not well formed.
    """
    kept, turn, size, at, scans = [START], 1, (0, 0), len(START), 0
    for _ in range(MOST_SEGMENTS):
        at, marker = _marker(data, at)
        if marker == _END:
            if not (scans and all(size)):
                raise Unreadable("no picture")
            return Picture(b"".join((*_turned(kept, turn), b"\xff\xd9")), *size)
        segment = _segment(data, at, marker)
        body = segment[4:]
        at += len(segment) - 2
        if marker in _FRAMES and len(body) >= 5:
            height, width = struct.unpack(">HH", body[1:5])
            size = (width, height)
        if marker in _PICTURE or _is_kept_note(marker, body):
            kept.append(segment)
        elif marker == _EXIF and body.startswith(b"Exif\0\0"):
            turn = _orientation(body[6:])
        if marker == _SCAN:
            end = _MARKER.search(data, at)
            if end is None or end.start() == at:
                raise Unreadable("no end of the compressed data")
            kept.append(data[at : end.start()])
            at, scans = end.start(), scans + 1
    raise Unreadable("too many segments")


def _marker(data: bytes, at: int) -> tuple[int, int]:
    """Return where the segment behind the next marker begins, and the marker."""
    if data[at : at + 1] != b"\xff":
        raise Unreadable("no marker where one must be")
    while data[at : at + 1] == b"\xff":
        at += 1
    marker = data[at : at + 1]
    if not marker or marker[0] in _WITHOUT_LENGTH or marker == b"\0":
        raise Unreadable("a marker that cannot stand here")
    return at + 1, marker[0]


def _segment(data: bytes, at: int, marker: int) -> bytes:
    """Return a whole segment, its marker included."""
    length = int.from_bytes(data[at : at + 2], "big")
    if length < 2 or at + length > len(data):
        raise Unreadable("a segment is cut off")
    return bytes((0xFF, marker)) + data[at : at + length]


def _is_kept_note(marker: int, body: bytes) -> bool:
    return marker in _KEPT_NOTES and body.startswith(_KEPT_NOTES[marker])


def _orientation(tiff: bytes) -> int:
    """Read tag 0x0112 of the first directory (EXIF 2.32, 4.6.4); 1, upright, when in doubt."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None or len(tiff) < 8:
        return 1
    (start,) = struct.unpack(f"{order}I", tiff[4:8])
    count = struct.unpack(f"{order}H", tiff[start : start + 2])[0] if start + 2 <= len(tiff) else 0
    for number in range(min(count, 200)):
        entry = tiff[start + 2 + 12 * number : start + 14 + 12 * number]
        if len(entry) < 12:
            return 1
        tag, kind, _, value = struct.unpack(f"{order}HHIH", entry[:10])
        if tag == 0x0112 and kind == 3:
            return int(value) if 1 <= value <= 8 else 1
    return 1


def _turned(kept: list[bytes], turn: int) -> list[bytes]:
    """Put an EXIF segment with nothing but the turn where programs look for it."""
    if turn == 1:
        return kept
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, turn, 0, 0)
    exif = struct.pack(">BBH", 0xFF, _EXIF, 2 + 6 + len(tiff)) + b"Exif\0\0" + tiff
    place = 2 if kept[1][:2] == b"\xff\xe0" else 1
    return [*kept[:place], exif, *kept[place:]]
