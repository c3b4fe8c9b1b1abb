"""What pages show of a product: its pictures, an opening to cut for it, its label, its catalogues.

The drawing of an opening has two views to scale, as on a workshop drawing: from the front above,
from the top below it. Its coordinates are whole units; the template only draws what stands here.
"""

from dataclasses import dataclass
from fractions import Fraction

from service_policy.company import Company
from service_policy.content import Library
from service_policy.pictures import FORMATS, PictureFile
from service_policy.products import Catalogue, CutOut, Product


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


def label_rows(product: Product, company: Company) -> tuple[tuple[str, str | None], ...]:
    """Return the label as (title, text) pairs; a text is None where the law wants none.

    The order is that of Decree 43/2017/NĐ-CP, article 10: what it is, who answers, from where.
    """
    label = product.label
    return (
        ("Tên hàng hóa", f"{product.name}, mã {product.id}"),
        ("Chịu trách nhiệm về hàng hóa", f"{company.name}, {company.address}"),
        ("Xuất xứ", label.origin),
        ("Nơi sản xuất", label.manufactured_at),
        ("Định lượng", label.contents),
        ("Tháng, năm sản xuất", label.made_on),
        ("Thông số điện", label.power),
        ("Tiêu chuẩn, hợp quy", label.standard),
        ("Nhãn năng lượng", label.energy),
    )


def catalogues_with(library: Library, product: Product) -> tuple[Catalogue, ...]:
    """Return the catalogues that are valid today and show the product, the most special first."""
    found = [
        one
        for one in library.catalogues
        if product.id in one.products and one.issued_on <= library.today <= one.valid_to
    ]
    return tuple(sorted(found, key=lambda one: (len(one.products), one.id)))


LEFT, RIGHT = 24, 106
"""Room beside the views: for the material around the opening, and for the lengths at the right."""
HEAD, BETWEEN, FOOT = 28, 60, 54
"""Room above, between and under the views, for their titles and the width."""
RIM = 18
"""How much of the material around the opening is shown."""
WIDEST, HIGHEST = 210, 330
"""What the opening may take of the drawing: the width, and both views one above the other."""


@dataclass(frozen=True, slots=True)
class View:
    """One view of the opening: its place in the drawing."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class CutOutDrawing:
    """Both views; the theme's macro says the lengths and the whole drawing in words."""

    width: int
    height: int
    front: View
    top: View
    rim: int = RIM


def drawing_of(opening: CutOut) -> CutOutDrawing:
    """Draw an opening to scale, as large as the drawing allows."""
    scale = min(
        Fraction(WIDEST, opening.width_mm),
        Fraction(HIGHEST, opening.height_mm + opening.depth_mm),
    )
    across, up, deep = (
        round(scale * length) for length in (opening.width_mm, opening.height_mm, opening.depth_mm)
    )
    x = LEFT + (WIDEST - across) // 2
    front = View(x, HEAD + RIM, across, up)
    top = View(x, front.y + up + BETWEEN, across, deep)
    return CutOutDrawing(LEFT + WIDEST + RIGHT, top.y + deep + FOOT, front, top)
