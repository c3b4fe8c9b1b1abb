"""Small files made byte by byte: real pictures of 16 × 8 pixels, and what cameras hide in them."""

import struct
import zlib
from base64 import b64decode

JPEG = b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQ"
    "c1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSk"
    "pKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAARCAAIABADASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAA"
    "AAME/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/EABQBAQAAAAAAAAAAAAAAAAAAAAL/xAAZEQABBQAAAAAAAAAAAAAA"
    "AAAAAwRBQoH/2gAMAwEAAhEDEQA/AMaoEhI3ldP/2Q=="
)
PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAABAAAAAICAYAAADwdn+XAAAAKklEQVR4AeyQMQ0AAAjDFixNHJ5mcjjYw8FDk749"
    "WiKdZMvJwpIPAPcPBgAA//+pY3asAAAABklEQVQDAKzOIyHYLhGmAAAAAElFTkSuQmCC"
)
VP8 = b64decode("VlA4ICgAAABwAQCdASoQAAgABABoJaACdAFAAAD+5Gegve+/TZVv6u9i/evHAAAA")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xffThis program cannot be run in DOS mode"
ZIP = b"PK\x03\x04" + b"evil.js" * 4 + b"PK\x05\x06" + bytes(18)
PLACE = b"GPS-10.762622N-106.660172E"
"""Stands in every piece of metadata below, so that one search finds whatever was left."""


def exif(orientation: int = 6, order: str = "<") -> bytes:
    """Return a TIFF block as cameras write it: the turn of the camera, and where it was."""
    mark = b"II*\0" if order == "<" else b"MM\0*"
    text = PLACE + b"\0"
    entries = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    entries += struct.pack(f"{order}HHII", 0x010E, 2, len(text), 38)
    return mark + struct.pack(f"{order}IH", 8, 2) + entries + bytes(4) + text


def segment(marker: int, body: bytes) -> bytes:
    """Return a segment of a JPEG."""
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def photo(orientation: int = 6, order: str = "<", seed: bytes = b"") -> bytes:
    """Return a JPEG as a phone makes it, notes everywhere, a film behind its end."""
    notes = [
        segment(0xE1, b"Exif\0\0" + exif(orientation, order)),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>" + PLACE + b"</x>"),
        segment(0xED, b"Photoshop 3.0\x008BIM" + PLACE),
        segment(0xE2, b"MPF\0" + PLACE),
        segment(0xE4, PLACE),
        segment(0xFE, PLACE + seed),
    ]
    jfif = JPEG[:20]
    return jfif + b"".join(notes) + JPEG[20:] + b"SEFT" + PLACE + ZIP


def chunk(name: bytes, body: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def noted_png() -> bytes:
    """Return a PNG with a place in every chunk that can hold one, and something behind its end."""
    notes = [
        chunk(b"eXIf", exif()),
        chunk(b"tEXt", b"Comment\0" + PLACE),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + PLACE),
        chunk(b"zTXt", b"Comment\0\0" + PLACE),
        chunk(b"tIME", bytes(7)),
        chunk(b"caBX", PLACE),
    ]
    return PNG[:33] + b"".join(notes) + PNG[33:] + ZIP + PLACE


def webp(*notes: tuple[bytes, bytes], flags: int = 0x0C) -> bytes:
    """Return a WebP of the extended kind, with more chunks behind the picture."""
    header = b"VP8X" + struct.pack("<I", 10) + bytes((flags, 0, 0, 0)) + b"\x0f\0\0\x07\0\0"
    more = b"".join(
        name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2) for name, body in notes
    )
    body = b"WEBP" + header + VP8 + more
    return b"RIFF" + struct.pack("<I", len(body)) + body


def noted_webp() -> bytes:
    """Return a WebP with a place in its EXIF and XMP, and something behind its end."""
    return webp((b"EXIF", exif()), (b"XMP ", PLACE), (b"ABCD", PLACE)) + ZIP + PLACE
