"""Product pictures as templates show them: addresses, sizes and words."""

from dataclasses import dataclass

from service_policy.content import Library
from service_policy.pictures import FORMATS, PictureFile
from service_policy.products import Product


@dataclass(frozen=True, slots=True)
class PictureView:
    """One picture.

    Attributes:
        alt: its content in words.
        src: the file for browsers that choose none of the others.
        srcset: files of the same format by width; empty for a drawing, which fits every screen.
        sources: (media type, srcset) pairs of smaller formats, the smallest first.
        width: of ``src`` in pixels, so that a page keeps its shape while pictures load.
        height: likewise.
    """

    alt: str
    src: str
    srcset: str
    sources: tuple[tuple[str, str], ...]
    width: int
    height: int


def pictures_of(library: Library, product: Product) -> tuple[PictureView, ...]:
    """Return the pictures of a product in the order of its file."""
    return tuple(view(library.picture(image.file), image.alt) for image in product.images)


def first_pictures(library: Library) -> dict[str, PictureView]:
    """Return the first picture of every product that has one, by the product's code."""
    return {
        product.id: pictures_of(library, product)[0]
        for product in library.products
        if product.images
    }


def view(picture: PictureFile, alt: str) -> PictureView:
    """Arrange one picture; the address in ``src`` is that of its middle width."""
    width = picture.widths[len(picture.widths) // 2]
    drawing = picture.kind == "svg"
    return PictureView(
        alt=alt,
        src=picture.address(width, picture.kind),
        srcset="" if drawing else _srcset(picture, picture.kind),
        sources=()
        if drawing
        else tuple((media, _srcset(picture, extension)) for extension, media in FORMATS.items()),
        width=width,
        height=picture.height_at(width),
    )


def _srcset(picture: PictureFile, extension: str) -> str:
    return ", ".join(f"{picture.address(width, extension)} {width}w" for width in picture.widths)
