"""The pictures of products for papers: each as a drawing in SVG, which a template can place.

A photograph is wrapped: its pixels, made ready as for the pages, stand inside the drawing.
"""

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from plugins.picture_encoder import encoded
from service_policy.content import Library
from service_policy.pictures import PictureFile

_MEDIA: Final = {"png": "image/png", "jpg": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture as SVG, and its content in words for those who cannot see it."""

    svg: str
    alt: str


def first_drawings(library: Library, originals: Path, cache: Path) -> dict[str, Drawing]:
    """Return the first picture of every product that has one, by the product's code.

    Args:
        library: the content.
        originals: the folder of the picture files.
        cache: where photographs that were made ready once are kept.

    Raises:
        BrokenPicture: a photograph cannot be decoded.
    """
    return {
        product.id: Drawing(
            svg=_svg(library.picture(product.images[0].file), originals, cache),
            alt=product.images[0].alt,
        )
        for product in library.products
        if product.images
    }


def _svg(picture: PictureFile, originals: Path, cache: Path) -> str:
    source = originals / picture.name
    if picture.kind == "svg":
        return source.read_text(encoding="utf-8")
    width = picture.usual_width
    content = encoded(picture, source, cache)[picture.address(width, picture.kind)]
    pixels = base64.b64encode(content).decode("ascii")
    size = f'width="{width}" height="{picture.height_at(width)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
        f'<image {size} href="data:{_MEDIA[picture.kind]};base64,{pixels}"/></svg>'
    )
