"""The style sheets: every pair of colours is judged, sizes on screen and paper, no loose ends."""

import re
from datetime import date
from typing import get_args

import pytest

from service_policy.brand import SCHEMES, Brand, Token
from service_policy.content import read
from service_policy.contrast import PRINTED, SHAPES, TEXT, contrast, too_faint
from theme.bundle import STYLES, bundles, sheet
from tooling.paths import CONTENT

RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


@pytest.fixture(scope="module")
def brand() -> Brand:
    return read(CONTENT, date(2026, 11, 23)).chrome.brand


def test_the_formula_knows_black_on_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_sample_can_be_read(brand: Brand, scheme: str) -> None:
    assert list(too_faint(brand.scheme(scheme), scheme)) == []


@pytest.mark.parametrize("pairs", [TEXT, SHAPES])
def test_every_pair_is_made_of_colours_that_a_company_has(
    brand: Brand, pairs: tuple[tuple[str, str], ...]
) -> None:
    assert {name for pair in pairs for name in pair} <= {str(name) for name in brand.colours}
    assert {text for text, _ in PRINTED} <= {str(name) for name in brand.colours}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_text_that_a_rule_puts_on_a_ground_is_judged(brand: Brand, scheme: str) -> None:
    judged = {*TEXT, *SHAPES}
    colours = brand.scheme(scheme)
    for name in ("site.css", "staff.css"):
        for selector, body in RULE.findall(bundles()[name]):
            text = re.search(r"(?:^|;)color: ?var\(--([a-z-]+)\)", body)
            ground = re.search(r"background(?:-color)?: ?var\(--([a-z-]+)\)", body)
            if text and ground and (text[1], ground[1]) not in judged:
                pair = contrast(colours[text[1]], colours[ground[1]])
                raise AssertionError(f"{selector}: {text[1]} on {ground[1]} ({pair:.2f})")


def test_no_sheet_but_the_companys_own_names_a_colour() -> None:
    sheets = [*STYLES.glob("0*.css"), *STYLES.glob("1*.css"), *(STYLES / "staff").glob("*.css")]
    for one in sheets:
        assert re.findall(r"#[0-9a-f]{3,8}\b(?=[;, )])", one.read_text(encoding="utf-8")) == []


def test_every_token_that_is_used_exists() -> None:
    colours = dict.fromkeys(get_args(Token), "#000000")
    css = "".join([*bundles().values(), sheet(colours, colours)])
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
