"""A company's look is content: its files are safe, its colours can be read in both schemes."""

import re
from pathlib import Path

import pytest

from service_policy.brand import PALETTE
from service_policy.content import Fault, check, read
from service_policy.contrast import TEXT, TEXT_NEEDS, contrast
from tests.service_policy.broken_content import Breaker, remove, sub, swap, write
from tests.service_policy.conftest import TODAY

FILE = "giao-dien.yaml"
LOGO = "thuong-hieu/logo.svg"
BOX = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">'


def faults_of(content: Path, code: str = "") -> list[Fault]:
    return [fault for fault in check(content, TODAY) if code in ("", fault.code)]


def colour(token: str, light: str, dark: str) -> Breaker:
    return sub(FILE, rf"^(    {token}: )\[.*?\]", rf'\1["{light}", "{dark}"]')


def line_of(content: Path, token: str) -> int:
    lines = (content / FILE).read_text(encoding="utf-8").splitlines()
    return next(n for n, line in enumerate(lines, 1) if line.startswith(f"    {token}: ["))


@pytest.mark.parametrize("place", [0, 1])
def test_a_text_too_faint_for_its_ground_is_named_with_the_nearest_colour_that_passes(
    content: Path, place: int
) -> None:
    light, dark = read(content, TODAY).chrome.brand.colours["link"]
    chosen = ("#5fae9f", dark) if place == 0 else (light, "#35665c")
    colour("link", *chosen)(content)
    faults = faults_of(content)
    assert {(fault.code, fault.line) for fault in faults} == {
        ("too_faint", line_of(content, "link"))
    }
    fault = next(one for one in faults if "nền paper" in one.message)
    assert ("giao diện sáng", "giao diện tối")[place] in fault.message
    ratio = re.search(r"tương phản ([0-9,]+), cần 4,50, thiếu ([0-9,]+)", fault.message)
    assert ratio is not None
    found, lacking = (float(one.replace(",", ".")) for one in ratio.groups())
    assert found + lacking == pytest.approx(4.5, abs=0.011)
    nearest = re.search(r"#[0-9a-f]{6}", fault.fix)
    assert nearest is not None
    fixed = (nearest[0], dark) if place == 0 else (light, nearest[0])
    colour("link", *fixed)(content)
    assert faults_of(content) == []


def test_the_nearest_colour_passes_on_every_ground_of_the_text(content: Path) -> None:
    colour("ink-soft", "#8a9a94", "#b0c0b9")(content)
    faults = faults_of(content, "too_faint")
    assert len(faults) > 1
    (nearest,) = {re.findall(r"#[0-9a-f]{6}", fault.fix)[0] for fault in faults}
    colours = read_colours(content)
    grounds = [colours[ground] for text, ground in TEXT if text == "ink-soft"]
    assert min(contrast(nearest, ground) for ground in grounds) >= TEXT_NEEDS
    assert min(contrast("#8a9a94", ground) for ground in grounds) < TEXT_NEEDS


def read_colours(content: Path) -> dict[str, str]:
    text = (content / FILE).read_text(encoding="utf-8")
    return dict(re.findall(r'^    ([a-z-]+): \["(#[0-9a-f]{6})"', text, re.MULTILINE))


def test_a_ground_that_turns_too_dark_fails_everything_that_stands_on_it(content: Path) -> None:
    colour("surface", "#777777", "#17221f")(content)
    told = {fault.field.split(".")[2] for fault in faults_of(content, "too_faint")}
    assert {"ink", "link", "ink-soft", "son"} <= told


def test_a_company_names_only_the_colours_that_it_wants_to_be_others(content: Path) -> None:
    before = read(content, TODAY).chrome.brand
    sub(FILE, r"^    (?!ink:)[a-z-]+: \[.*\n", "")(content)
    colour("ink", "#101010", "#fafafa")(content)
    brand = read(content, TODAY).chrome.brand
    assert brand.colours == {**PALETTE, "ink": ("#101010", "#fafafa")}
    assert list(brand.colours) == list(before.colours)


def test_a_company_without_colours_has_the_palette_which_can_be_read(content: Path) -> None:
    sub(FILE, r"^  colours:\n(    .*\n)+", "")(content)
    assert faults_of(content) == []
    assert read(content, TODAY).chrome.brand.colours == PALETTE


def test_a_colour_is_held_against_the_palettes_ground(content: Path) -> None:
    sub(FILE, r"^    (?!link:)[a-z-]+: \[.*\n", "")(content)
    colour("link", "#5fae9f", "#8ad8c4")(content)
    assert {fault.line for fault in faults_of(content, "too_faint")} == {line_of(content, "link")}


def test_shapes_need_less_than_text(content: Path) -> None:
    colour("ring", "#8f8f8f", "#ffce4a")(content)
    assert faults_of(content) == []
    colour("ring", "#c9c9c9", "#ffce4a")(content)
    assert all("cần 3,00" in fault.message for fault in faults_of(content, "too_faint"))


def test_paper_is_judged_too(content: Path) -> None:
    colour("son-print", "#e08070", "#e08070")(content)
    (fault,) = faults_of(content)
    assert "giấy trắng" in fault.message


@pytest.mark.parametrize(
    ("breaker", "code", "field"),
    [
        (colour("ink", "#14211", "#e8f0ec"), "not_a_colour", "brand.colours.ink.1"),
        (colour("ink", "#14211d", "red"), "not_a_colour", "brand.colours.ink.2"),
        (sub(FILE, r"^    ink: ", "    inkk: "), "literal_error", "brand.colours.inkk"),
        (
            swap(FILE, "logo: logo.svg", "logo: ../logo.svg"),
            "string_pattern_mismatch",
            "brand.logo",
        ),
        (swap(FILE, "logo: logo.svg", "logo: khong-co.svg"), "no_such_file", "brand.logo"),
        (
            swap(FILE, "icon: bieu-tuong.svg", "icon: bieu-tuong-180.png"),
            "wrong_picture_kind",
            "brand.icon",
        ),
        (
            swap(FILE, "preview: anh-chia-se", "preview: bieu-tuong-180"),
            "wrong_picture_size",
            "brand.preview",
        ),
        (remove("thuong-hieu/anh-chia-se.png"), "no_such_file", "brand.preview"),
        (
            write("thuong-hieu/anh-chia-se.png", b"\xff\xd8\xff\xe0abc"),
            "wrong_picture_kind",
            "brand.preview",
        ),
    ],
)
def test_a_look_that_cannot_be_shown_is_refused_where_it_stands(
    content: Path, breaker: Breaker, code: str, field: str
) -> None:
    breaker(content)
    found = {(fault.code, fault.field, fault.file) for fault in faults_of(content, code)}
    assert found == {(code, field, f"content/{FILE}")}


@pytest.mark.parametrize(
    "inside",
    [
        b"<script>alert(1)</script>",
        b"<style>@import 'https://example.com/x.css';</style>",
        b'<image href="https://example.com/x.png"/>',
        b'<rect onload="alert(1)" width="4" height="4"/>',
        b'<rect fill="url(https://example.com/x.svg#a)" width="4" height="4"/>',
        b'<rect fill="URL(https://example.com/x.svg#a)" width="4" height="4"/>',
        b'<rect fill="u\\72l(https://example.com/x)" width="4" height="4"/>',
        b'<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>',
        b'<a href="javascript:alert(1)"><rect width="4" height="4"/></a>',
        b'<use href="https://example.com/x.svg#a"/>',
        b'<animate attributeName="href" to="x"/>',
        b"<!DOCTYPE x>",
    ],
)
def test_a_logo_neither_runs_nor_fetches_anything(content: Path, inside: bytes) -> None:
    write(LOGO, BOX + inside + b"</svg>")(content)
    (fault,) = faults_of(content)
    assert (fault.code, fault.field) == ("unsafe_picture", "brand.logo")


def test_a_file_that_nobody_names_is_told(content: Path) -> None:
    write("thuong-hieu/cu.svg", BOX + b"</svg>")(content)
    (warning,) = faults_of(content)
    assert (warning.level, warning.file) == ("warning", "content/thuong-hieu/cu.svg")


def test_no_page_takes_the_place_of_the_look(content: Path) -> None:
    sub("trang/san-pham/thu-hoi.md", r"^url: .*$", "url: /thuong-hieu/")(content)
    assert "address_reserved" in {fault.code for fault in faults_of(content)}
