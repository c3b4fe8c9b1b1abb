"""What is taken is known by its bytes, and nothing but the picture is kept of a picture."""

import struct

import pytest

from forms_api.uploads import jpeg
from forms_api.uploads.kinds import JPEG, PDF, PNG, WEBP, cleaned
from forms_api.uploads.picture import Unreadable
from tests.support import pictures


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (pictures.JPEG, JPEG),
        (pictures.PNG, PNG),
        (pictures.webp(flags=0), WEBP),
        (b"RIFF" + struct.pack("<I", 52) + b"WEBP" + pictures.VP8, WEBP),
        (pictures.PDF, PDF),
    ],
)
def test_a_file_without_metadata_is_kept_byte_for_byte(data, kind) -> None:
    assert cleaned(data) == (kind, data)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (pictures.photo(), JPEG),
        (pictures.noted_png(), PNG),
        (pictures.noted_webp(), WEBP),
    ],
)
def test_no_place_no_note_and_no_trailer_is_left(data, kind) -> None:
    assert pictures.PLACE in data
    found = cleaned(data)
    assert found is not None
    assert found[0] is kind
    for trace in (pictures.PLACE, b"PK\x03\x04", b"SEFT", b"8BIM", b"xap", b"MPF"):
        assert trace not in found[1], trace
    assert cleaned(found[1]) == found


def test_the_compressed_picture_is_the_same_afterwards() -> None:
    assert cleaned(pictures.photo(orientation=1)) == (JPEG, pictures.JPEG)
    assert cleaned(pictures.noted_png()) == (PNG, pictures.PNG)
    assert cleaned(pictures.noted_webp()) == (WEBP, pictures.webp(flags=0))


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("turn", [2, 3, 6, 8])
def test_a_photo_keeps_its_turn_and_nothing_else_of_its_exif(turn, order) -> None:
    found = cleaned(pictures.photo(turn, order))
    assert found is not None
    _, _, exif = found[1].partition(b"Exif\0\0")
    assert len(exif.partition(b"\xff\xdb")[0]) == 26
    assert jpeg._orientation(exif) == turn


@pytest.mark.parametrize(
    "tiff",
    [
        b"", b"II*\0", b"II*\0\xff\xff\xff\xff", b"MM\0*\0\0\0\x08", b"XX*\0\0\0\0\0",
        b"II*\0\x08\0\0\0\xff\xff" + b"\x12\x01\x03\0\x01\0\0\0\x63\0\0\0",
    ],
)  # fmt: skip
def test_a_broken_exif_means_upright(tiff) -> None:
    exif = pictures.segment(0xE1, b"Exif\0\0" + tiff)
    assert cleaned(pictures.JPEG[:20] + exif + pictures.JPEG[20:]) == (JPEG, pictures.JPEG)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Hello",
        pictures.EXE,
        pictures.ZIP,
        b"GIF89a" + pictures.JPEG,
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"\0\0\0\x18ftypheic" + bytes(40),
        b" " + pictures.JPEG,
        b"\n" * 1024 + b"%PDF-1.4\n%%EOF",
    ],
)
def test_every_other_kind_is_not_taken(data) -> None:
    assert cleaned(data) is None


BROKEN = [
    pictures.JPEG[:-2],
    pictures.JPEG[:40],
    b"\xff\xd8\xff\xd9",
    b"\xff\xd8" + pictures.EXE,
    b"\xff\xd8\xff\xe0\0\x01",
    b"\xff\xd8" + pictures.segment(0xFE, b"x") * 5000 + pictures.JPEG[2:],
    pictures.JPEG.replace(b"\0\x08\0\x10\x03", b"\xff\xff\xff\xff\x03"),
    pictures.PNG[:-5],
    pictures.PNG[:40],
    pictures.PNG[:8] + pictures.EXE,
    pictures.PNG.replace(b"IDAT", b"IDAX"),
    pictures.PNG[:8] + pictures.PNG[33:],
    pictures.PNG[:33] + pictures.chunk(b"ABCD", b"") + pictures.PNG[33:],
    pictures.PNG[:8]
    + pictures.chunk(b"IHDR", struct.pack(">II", 13_000, 13_000) + b"\x08\x06\0\0\0")
    + pictures.PNG[33:],
    pictures.PNG[:33] + pictures.chunk(b"IEND", b""),
    pictures.webp()[:-10],
    b"RIFF\x04\0\0\0WEBP",
    b"RIFF\0\0\0\0WEBP",
    b"RIFF\xff\xff\xff\xffWEBP" + bytes(100),
    pictures.webp(flags=0x02),
    pictures.webp((b"VP8 ", b"again")),
    pictures.webp((b"VP8X", b"again")),
    b"%PDF-1.4\nno end",
    pictures.PDF + pictures.EXE * 100,
]


@pytest.mark.parametrize("data", BROKEN, ids=range(len(BROKEN)))
def test_what_is_not_well_formed_or_unpacks_to_too_much_is_refused(data) -> None:
    with pytest.raises(Unreadable):
        cleaned(data)


def test_no_cut_and_no_flipped_byte_of_a_picture_is_more_than_refused() -> None:
    for whole in (pictures.photo(), pictures.noted_png(), pictures.noted_webp()):
        for at in range(0, len(whole), 7):
            flipped = bytearray(whole)
            flipped[at] ^= 0xFF
            for data in (whole[:at], bytes(flipped)):
                try:
                    cleaned(data)
                except Unreadable:
                    continue


def test_a_hostile_file_of_the_largest_size_is_walked_over_at_once() -> None:
    for hostile in (b"\xff\xd8" + b"\xff" * 10_000_000, pictures.JPEG[:-2] + b"\xff\0" * 5_000_000):
        with pytest.raises(Unreadable):
            cleaned(hostile)
