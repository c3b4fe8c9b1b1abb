"""Product pictures as templates show them: addresses, sizes and words."""

from dataclasses import dataclass

from service_policy.content import Library
from service_policy.pictures import FORMATS, PictureFile
from service_policy.products import Product


@dataclass(frozen=True, slots=True)
class PictureView:
    """One picture, and its content in words."""

    file: PictureFile
    alt: str

    @property
    def src(self) -> str:
        """The address for browsers that choose none of the others: that of the usual width."""
        return self.file.address(self.file.usual_width, self.file.kind)

    @property
    def srcsets(self) -> dict[str, str]:
        """Files by width, by media type; the smallest format first, the picture's own ("") last.

        There are none of a drawing, which fits every screen.
        """
        formats = {media: extension for extension, media in FORMATS.items()} | {"": self.file.kind}
        return {
            media: ", ".join(
                f"{self.file.address(width, extension)} {width}w" for width in self.file.widths
            )
            for media, extension in (formats.items() if self.file.kind != "svg" else ())
        }


def pictures_of(library: Library, product: Product) -> tuple[PictureView, ...]:
    """Return the pictures of a product in the order of its file."""
    return tuple(PictureView(library.picture(one.file), one.alt) for one in product.images)


def first_pictures(library: Library) -> dict[str, PictureView]:
    """Return the first picture of every product that has one, by the product's code."""
    return {one.id: pictures_of(library, one)[0] for one in library.products if one.images}
