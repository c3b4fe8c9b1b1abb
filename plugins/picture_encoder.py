"""Photographs made ready for browsers: turned, scaled down, encoded, and nothing else inside.

A camera writes place, time and its owner into a picture; what is written here holds pixels only.
Encoding is slow, so each result is kept in a cache under the digest of everything that shapes it.
"""

import contextlib
import hashlib
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import PIL
from PIL import Image, ImageCms

from plugins.model import write_whole
from service_policy.pictures import FORMATS, PictureFile

ENCODERS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "avif": ("AVIF", {"quality": 62, "speed": 6}),
    "webp": ("WEBP", {"quality": 80, "method": 5}),
    "jpg": ("JPEG", {"quality": 82, "progressive": True, "optimize": True}),
    "png": ("PNG", {"optimize": True}),
}
"""By file extension: Pillow's name of the format, and how it is told to encode."""

_TURNS: Mapping[int, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""By EXIF orientation, which the content reader found: size and pixels follow one number."""
_WAY = 2
"""Counts the ways in which pixels were made ready; a new one forgets earlier results."""


class BrokenPicture(Exception):
    """A picture whose header is fine cannot be decoded; the message names the file."""


def encoded(picture: PictureFile, source: Path, cache: Path) -> dict[str, bytes]:
    """Return the bytes of each published file of a photograph by its root-relative address.

    Args:
        picture: what the content reader knows of it.
        source: the original.
        cache: a folder of earlier results; it may be deleted at any time.

    Raises:
        BrokenPicture: the original cannot be decoded.
    """
    wanted = [
        (width, extension) for extension in (*FORMATS, picture.kind) for width in picture.widths
    ]
    files = {(width, ext): cache / _key(picture, width, ext) for width, ext in wanted}
    missing = [one for one in wanted if not files[one].is_file()]
    if missing:
        original = _decode(picture, source)
        for width, extension in missing:
            size = (width, picture.height_at(width))
            write_whole(files[width, extension], _encode(original, size, extension))
    return {picture.address(width, ext): file.read_bytes() for (width, ext), file in files.items()}


def _key(picture: PictureFile, width: int, extension: str) -> str:
    how = f"{_WAY} {picture.sha256} {width} {ENCODERS[extension]} {PIL.__version__}"
    return f"{hashlib.sha256(how.encode()).hexdigest()}.{extension}"


def _decode(picture: PictureFile, source: Path) -> Image.Image:
    """Return the pixels, upright and in the colours of the web."""
    try:
        with Image.open(source) as opened:
            opened.load()
            turn = _TURNS.get(picture.orientation)
            upright = opened if turn is None else opened.transpose(turn)
            return _in_srgb(upright, opened.info.get("icc_profile"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise BrokenPicture(f"san-pham/hinh/{picture.name}: {error}") from error


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Change to RGB; without its profile a picture would be shown in other colours."""
    if image.mode.startswith("I"):
        # Sixteen bits of grey: Pillow would cut everything above the darkest 256th to white.
        image = image.convert("I").point(lambda grey: grey * (1 / 257)).convert("L")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    if profile is not None and image.mode in ("RGB", "RGBA", "CMYK"):
        # A damaged profile says nothing about the colours; the pixels are still good.
        with contextlib.suppress(ImageCms.PyCMSError):
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            web = ImageCms.createProfile("sRGB")
            # Without an output mode of its own the picture is changed to the same mode.
            output = "RGB" if image.mode == "CMYK" else None
            image = ImageCms.profileToProfile(image, own, web, outputMode=output) or image
    return image.convert(mode)


def _encode(image: Image.Image, size: tuple[int, int], extension: str) -> bytes:
    scaled = image.resize(size, Image.Resampling.LANCZOS)
    # A new picture has pixels only: no place, no camera, no thumbnail of what was cut away.
    bare = Image.new(scaled.mode, scaled.size)
    bare.paste(scaled)
    if extension == "jpg":
        bare = bare.convert("RGB")
    buffer = io.BytesIO()
    name, options = ENCODERS[extension]
    bare.save(buffer, name, **options)
    return buffer.getvalue()
