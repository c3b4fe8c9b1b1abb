"""The style sheets: contrast in both schemes, sizes on screen and on paper, no loose ends."""

import re

import pytest

from theme.bundle import STYLES, bundles

Scheme = dict[str, str]


def _colours(css: str) -> Scheme:
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})\b", css))


def _schemes() -> dict[str, Scheme]:
    css = (STYLES / "01-tokens.css").read_text(encoding="utf-8")
    light, dark = css.split("@media (prefers-color-scheme: dark)")
    return {"light": _colours(light), "dark": {**_colours(light), **_colours(dark)}}


SCHEMES = _schemes()

# What is written on what. WCAG 2.2 asks 4.5 of text and 3 of the outline of a control, of focus
# and of drawings that carry meaning.
TEXT = [
    *((text, ground) for text in ("ink", "ink-soft", "link") for ground in ("paper", "surface")),
    ("ink", "sunken"),
    ("ink-soft", "sunken"),
    ("link-hover", "paper"),
    ("on-action", "action"),
    ("on-action", "action-hover"),
    ("on-deep", "deep"),
    ("on-deep-soft", "deep"),
    ("on-focus", "focus"),
    ("ink", "mark"),
    ("ink-soft", "mark"),
    ("link", "mark"),
    ("stamp", "on-deep"),
    *(
        (colour, ground)
        for colour in ("son", "error", "ngoc", "nau")
        for ground in ("paper", "surface")
    ),
    *((colour, f"{colour}-soft") for colour in ("ngoc", "cham", "nau", "error")),
    *(("ink", f"{colour}-soft") for colour in ("ngoc", "cham", "nau", "error", "son")),
    *(("link", f"{colour}-soft") for colour in ("ngoc", "cham", "nau", "error")),
    ("surface", "error"),
]
SHAPES = [
    ("line-strong", "paper"),
    ("line-strong", "surface"),
    ("ring", "paper"),
    ("ring", "surface"),
    ("brand", "surface"),
    ("on-brand", "brand"),
    ("cham", "surface"),
    ("focus", "deep"),
]


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_the_formula_knows_black_on_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_can_be_read(scheme: str, text: str, ground: str) -> None:
    colours = SCHEMES[scheme]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_that_mean_something_can_be_seen(scheme: str, shape: str, ground: str) -> None:
    colours = SCHEMES[scheme]
    assert contrast(colours[shape], colours[ground]) >= 3


def test_both_schemes_define_the_same_colours() -> None:
    assert SCHEMES["light"].keys() == SCHEMES["dark"].keys()


def test_every_token_that_is_used_exists() -> None:
    css = "".join(bundles().values())
    assert set(re.findall(r"var\(--([a-z0-9-]+)", css)) <= set(re.findall(r"--([a-z0-9-]+):", css))


def test_lines_of_vietnamese_have_room_for_their_marks() -> None:
    tokens = (STYLES / "01-tokens.css").read_text(encoding="utf-8")
    assert float(re.findall(r"--leading: ([\d.]+)", tokens)[0]) >= 1.5
    assert float(re.findall(r"--leading-tight: ([\d.]+)", tokens)[0]) >= 1.5


def test_nothing_is_printed_smaller_than_12_points() -> None:
    css = (STYLES / "print.css").read_text(encoding="utf-8")
    sizes = re.findall(r"(?:--text-[a-z0-9]+|font-size): ([\d.]+)pt", css)
    assert sizes
    assert min(float(size) for size in sizes) >= 12


def test_sheets_import_nothing_and_fetch_nothing_from_elsewhere() -> None:
    css = "".join(bundles().values())
    assert "@import" not in css
    assert all(url.startswith("../") for url in re.findall(r'url\("?([^")]+)', css))


def test_movement_stops_for_those_who_ask() -> None:
    assert "prefers-reduced-motion: reduce" in bundles()["site.css"]
