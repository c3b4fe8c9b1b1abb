"""Photographs: read by their header, encoded once, and free of everything but pixels."""

import hashlib
import io
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from plugins.picture_encoder import BrokenPicture, encoded
from plugins.product_view import PictureView
from service_policy.content.picture_size import Unreadable, jpeg_size, png_size
from service_policy.pictures import PictureFile
from tests.support.pictures import JPEG, PLACE, PNG, noted_png, photo

RED_LEFT = (200, 30, 30)
BLUE_RIGHT = (20, 40, 200)


def camera_picture() -> bytes:
    """A photograph of 1500 × 900 held upright, with a place, a camera and a profile in it."""
    image = Image.new("RGB", (1500, 900), RED_LEFT)
    image.paste(BLUE_RIGHT, (750, 0, 1500, 900))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = PLACE.decode()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", exif=exif, icc_profile=profile, comment=PLACE)
    return buffer.getvalue()


def made(folder: Path, name: str, data: bytes) -> tuple[PictureFile, Path]:
    """Write a picture and return what the content reader knows of it."""
    source = folder / name
    source.write_bytes(data)
    kind, measure = ("png", png_size) if name.endswith(".png") else ("jpg", jpeg_size)
    width, height, orientation = measure(data)
    digest = hashlib.sha256(data).hexdigest()
    return PictureFile(name, kind, width, height, digest, orientation), source


def test_every_format_and_width_is_read_back_upright_and_empty_of_notes(tmp_path: Path) -> None:
    picture, source = made(tmp_path, "bep.jpg", camera_picture())
    assert (picture.width, picture.height) == (900, 1500)
    files = encoded(picture, source, tmp_path / "cache")
    formats = {".avif": "AVIF", ".webp": "WEBP", ".jpg": "JPEG"}
    assert len(files) == 2 * len(formats)
    for address, data in files.items():
        image = Image.open(io.BytesIO(data))
        assert image.format == formats[Path(address).suffix]
        width = int(address.rpartition("-")[2].partition(".")[0])
        assert image.size == (width, picture.height_at(width))
        # The camera was turned: what was left in the file is on top.
        top = image.convert("RGB").getpixel((width // 2, 20))
        assert all(abs(a - b) < 25 for a, b in zip(top, RED_LEFT, strict=True)), address
        assert dict(image.getexif()) == {}
        assert not {"exif", "icc_profile", "xmp", "comment"} & set(image.info)
        assert PLACE not in data


def test_the_widths_are_those_of_screens_and_never_more_than_there_is(tmp_path: Path) -> None:
    large = PictureFile("a.png", "png", 1440, 1080, "0" * 64)
    small = PictureFile("a.png", "png", 200, 100, "0" * 64)
    assert large.widths == (360, 720, 1080)
    assert small.widths == (200,)
    assert (large.usual_width, large.height_at(large.usual_width)) == (720, 540)
    shown = PictureView(large, "Bếp")
    assert shown.src.endswith("-720.png")
    assert list(shown.srcsets) == ["image/avif", "image/webp", ""]
    assert shown.srcsets[""].endswith("-1080.png 1080w")


def test_a_picture_that_stays_the_same_costs_nothing_at_the_next_build(tmp_path: Path) -> None:
    picture, source = made(tmp_path, "bep.png", noted_png())
    first = encoded(picture, source, tmp_path / "cache")
    source.unlink()
    assert encoded(picture, source, tmp_path / "cache") == first
    assert all(PLACE not in data for data in first.values())


def test_a_picture_that_ends_too_early_stops_the_build_by_name(tmp_path: Path) -> None:
    picture, source = made(tmp_path, "bep.jpg", camera_picture())
    source.write_bytes(camera_picture()[:4000])
    with pytest.raises(BrokenPicture, match=r"san-pham/hinh/bep\.jpg"):
        encoded(picture, source, tmp_path / "cache")


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(("orientation", "size"), [(1, (16, 8)), (3, (16, 8)), (6, (8, 16))])
def test_the_size_is_that_of_the_picture_as_shown(
    order: str, orientation: int, size: tuple[int, int]
) -> None:
    assert jpeg_size(photo(orientation, order)) == (*size, orientation)


def test_the_size_of_a_bare_picture_is_read() -> None:
    assert (png_size(PNG), jpeg_size(JPEG)) == ((16, 8, 1), (16, 8, 1))


@pytest.mark.parametrize("data", [b"", b"\xff\xd8", JPEG[:30], b"\xff\xd8\xff\xe1\0\0", PNG])
def test_what_is_no_jpeg_has_no_size(data: bytes) -> None:
    with pytest.raises(Unreadable):
        jpeg_size(data)


@pytest.mark.parametrize("data", [b"", PNG[:20], JPEG, PNG[:16] + bytes(8)])
def test_what_is_no_png_has_no_size(data: bytes) -> None:
    with pytest.raises(Unreadable):
        png_size(data)
