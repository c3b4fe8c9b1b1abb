"""How a company looks: its pictures and the one set of colours of site and papers.

Each colour has a value for the light and one for the dark scheme; papers take the light one.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from service_policy.pictures import PictureFile
from service_policy.products import PICTURE_NAME
from service_policy.values import Model, Text, YesNo, fault

FOLDER = "thuong-hieu"
"""Where the files stand in the content folder, and below which address they are published."""
COLOURS_FILE = f"/{FOLDER}/mau.css"
MANIFEST_FILE = f"/{FOLDER}/site.webmanifest"

Token = Literal[
    "paper", "surface", "sunken", "sunken-print", "ink", "ink-soft", "line", "line-strong",
    "link", "link-hover", "action", "action-hover", "on-action", "ngoc", "ngoc-soft", "son",
    "son-soft", "son-print",
    "cham", "cham-soft", "nau", "nau-soft", "error", "error-soft", "deep", "on-deep",
    "on-deep-soft", "wave", "stamp", "brand", "mark", "focus", "on-focus", "ring", "picture",
]  # fmt: skip
"""What a colour is for; named after the sample's: jade, cinnabar, indigo and brown dye."""
SCHEMES = ("light", "dark")


def _colour(value: str) -> str:
    digits = value.removeprefix("#").lower()
    if len(digits) != 6 or not value.startswith("#") or set(digits) - set("0123456789abcdef"):
        raise fault("not_a_colour", "không phải mã màu", 'viết như "#0a5a4f", trong nháy kép')
    return f"#{digits}"


Colour = Annotated[Text, AfterValidator(_colour)]
Colours = Mapping[Token, tuple[Colour, Colour]]
PALETTE: Colours = {
    "paper": ("#f5f8f5", "#0f1715"), "surface": ("#ffffff", "#17221f"),
    "sunken": ("#e8efeb", "#20302b"), "sunken-print": ("#eef3f0", "#eef3f0"),
    "ink": ("#14211d", "#e8f0ec"), "ink-soft": ("#45554f", "#b0c0b9"),
    "line": ("#cdd9d3", "#33463f"), "line-strong": ("#687871", "#869a92"),
    "link": ("#0a5a4f", "#8ad8c4"), "link-hover": ("#06392f", "#b9ebde"),
    "action": ("#0a5a4f", "#86d5c1"), "action-hover": ("#074339", "#aee5d7"),
    "on-action": ("#ffffff", "#06251e"), "ngoc": ("#0a6149", "#86d9b4"),
    "ngoc-soft": ("#dcefe6", "#14342a"), "son": ("#b0301d", "#ff9a83"),
    "son-soft": ("#fbe9e4", "#3d1d16"), "son-print": ("#8e2313", "#8e2313"),
    "cham": ("#2b4a8c", "#a9c1f7"), "cham-soft": ("#e4eaf7", "#1d2a48"),
    "nau": ("#7d4600", "#ecbd70"), "nau-soft": ("#faeed7", "#35280f"),
    "error": ("#ab1530", "#ffa3ab"), "error-soft": ("#fceaec", "#3d191f"),
    "deep": ("#0b3d36", "#0b3d36"), "on-deep": ("#f2f8f5", "#eef6f2"),
    "on-deep-soft": ("#c3d9d1", "#b5cec5"), "wave": ("#3f766a", "#3f766a"),
    "stamp": ("#b0301d", "#b0301d"), "brand": ("#b0301d", "#c8442e"),
    "mark": ("#ffeebd", "#57450f"), "focus": ("#ffce4a", "#ffce4a"),
    "on-focus": ("#14211d", "#14211d"), "ring": ("#14211d", "#ffce4a"),
    "picture": ("#eef6f1", "#eef6f1"),
}  # fmt: skip
"""The colours of a company that names none; it names those that it wants to be others."""
Picture = Annotated[Text, Field(pattern=PICTURE_NAME)]


class App(Model):
    """What the site is called where it stands on a telephone's first screen."""

    name: Text
    short_name: Text


class Brand(Model):
    """Logo, icons, the picture of shared links (files of ``thuong-hieu/``), and the colours.

    ``colours`` holds them all, also those of the palette that the company did not name.
    """

    logo: Picture
    logo_dark: Picture | None = None
    logo_says_name: YesNo = False
    icon: Picture
    touch_icon: Picture
    preview: Picture
    app: App
    colours: Annotated[Colours, AfterValidator(lambda given: {**PALETTE, **given})] = PALETTE

    def scheme(self, scheme: str) -> dict[str, str]:
        """Return the colours of the light or the dark scheme by their names."""
        place = SCHEMES.index(scheme)
        return {token: both[place] for token, both in self.colours.items()}


@dataclass(frozen=True, slots=True)
class BrandPicture:
    """A picture as pages link to it: its address carries its bytes."""

    url: str
    width: int
    height: int

    def width_at(self, height: int) -> int:
        """Return the width in pixels that belongs to a height."""
        return max(1, round(self.width * height / self.height))


@dataclass(frozen=True, slots=True)
class Look:
    """What a page's head and header need of the brand."""

    brand: Brand
    logo: BrandPicture
    logo_dark: BrandPicture | None
    icon: BrandPicture
    touch_icon: BrandPicture
    preview: BrandPicture
    colours_url: str
    manifest_url: str


def look_of(brand: Brand, files: Mapping[str, PictureFile]) -> Look:
    """Return how pages refer to a brand whose files have been read."""
    version = hashlib.sha256(brand.model_dump_json().encode()).hexdigest()[:10]

    def picture(name: str) -> BrandPicture:
        file = files[name]
        address = f"/{FOLDER}/{name}?v={file.sha256[:10]}"
        return BrandPicture(address, file.width, file.height)

    return Look(
        brand=brand,
        logo=picture(brand.logo),
        logo_dark=picture(brand.logo_dark) if brand.logo_dark else None,
        icon=picture(brand.icon),
        touch_icon=picture(brand.touch_icon),
        preview=picture(brand.preview),
        colours_url=f"{COLOURS_FILE}?v={version}",
        manifest_url=f"{MANIFEST_FILE}?v={version}",
    )
