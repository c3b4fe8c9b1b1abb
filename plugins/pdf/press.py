"""What every paper is made from: the content, the public address, the validity of its issue.

Pictures of products are drawings in SVG, which a template can place. A photograph is wrapped: its
pixels, made ready as for the pages, stand inside the drawing.
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from plugins.picture_encoder import encoded
from service_policy.content import Library
from service_policy.pictures import PictureFile
from service_policy.register import Issue, IssueState
from theme.filters import date_vi

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


@dataclass(frozen=True, slots=True)
class Validity:
    """What a paper says of itself in its first lines.

    Attributes:
        state: of the issue on the day the paper is made.
        headline: the state in words, with its day.
        instead: which copy to use, in words with its address; None when this one holds.
        withdrawn: whether prices have to be left out, because they hold no longer.
    """

    state: IssueState
    headline: str
    instead: str | None
    withdrawn: bool

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands above everything else; nothing when the paper holds today."""
        if self.state == "current":
            return ()
        return (self.headline, self.instead) if self.instead else (self.headline,)


@dataclass(frozen=True, slots=True)
class Press:
    """What papers are made from on a day.

    Attributes:
        library: the content, read for the day.
        site_url: the site's public address without a slash at its end.
        drawings: the pictures of products by their codes; a product may have none.
    """

    library: Library
    site_url: str
    drawings: Mapping[str, Drawing] = field(default_factory=dict)

    def address(self, url: str) -> str:
        """Return the public address of a root-relative one."""
        return f"{self.site_url}{url}"

    def validity(self, issue: Issue) -> Validity:
        """Say whether an issue holds on the day of the library, and what holds in its place."""
        state = issue.state(self.library.today)
        headline = {
            "next": f"CHƯA ÁP DỤNG. Áp dụng từ {date_vi(issue.valid_from)}",
            "current": f"Có hiệu lực {period(issue)}",
            "superseded": f"ĐÃ THAY BẰNG PHIÊN BẢN {issue.version + 1}",
            "expired": "HẾT HIỆU LỰC",
        }[state]
        ended = issue.replaced_on if state == "superseded" else issue.valid_to
        if state == "superseded" and ended is not None:
            headline += f" từ {date_vi(ended)}"
        elif state == "expired" and ended is not None:
            headline += f" sau ngày {date_vi(ended)}"
        return Validity(
            state=state,
            headline=headline,
            instead=None if state == "current" else self._instead(issue),
            withdrawn=state in ("superseded", "expired"),
        )

    def _instead(self, issue: Issue) -> str | None:
        other = self.library.register.in_place_of(issue, self.library.today)
        if other is None:
            return f"Xem bản đang áp dụng: {self.address(issue.page)}"
        name = f"{other.id}, phiên bản {other.version}"
        return f"Bản đang áp dụng: {name}, {self.address(other.permalink)}"


def period(issue: Issue) -> str:
    """Return the days of an issue in words."""
    begin = f"từ {date_vi(issue.valid_from)}"
    return begin if issue.valid_to is None else f"{begin} đến hết {date_vi(issue.valid_to)}"
