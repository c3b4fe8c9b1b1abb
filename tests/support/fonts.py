"""Which characters a font file has, read from its table `cmap` (OpenType, format 4)."""

import struct
from pathlib import Path


def letters_of(font: Path) -> frozenset[int]:
    """Return the code points of the basic plane that a TrueType font can draw."""
    data = font.read_bytes()
    (tables,) = struct.unpack(">H", data[4:6])
    records = (struct.unpack(">4sIII", data[12 + n * 16 : 28 + n * 16]) for n in range(tables))
    start = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    (count,) = struct.unpack(">H", data[start + 2 : start + 4])
    found: set[int] = set()
    for n in range(count):
        _, _, offset = struct.unpack(">HHI", data[start + 4 + n * 8 : start + 12 + n * 8])
        if struct.unpack(">H", data[start + offset : start + offset + 2]) == (4,):
            found |= _format_4(data[start + offset :])
    return frozenset(found)


def _format_4(table: bytes) -> set[int]:
    (double,) = struct.unpack(">H", table[6:8])
    ends = struct.unpack(f">{double // 2}H", table[14 : 14 + double])
    starts = struct.unpack(f">{double // 2}H", table[16 + double : 16 + 2 * double])
    pairs = zip(starts, ends, strict=True)
    return {point for first, last in pairs for point in range(first, last + 1)} - {0xFFFF}
