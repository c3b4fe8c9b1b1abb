"""An editor's prose on paper: what is struck, numbered, nested or code there is so in the PDF."""

import io
import subprocess
from datetime import date
from typing import Any

import pytest
from PIL import Image, ImageChops

from plugins.pdf.prose import blocks
from plugins.pdf.typst_pdf import PdfContext, pdf
from tests.support.pdf import colours, elements_of, text_of
from tests.support.site import SITE_URL


def printed(text: str) -> bytes:
    """Return the PDF of a procedure that says nothing but `text`."""
    company = {"name": "Nhã Khê", "tagline": "–", "lines": [], "banner": None}
    frame = {
        "company": company, "colours": colours(),
        "kind": "Thử", "title": "Tờ thử", "id": "T", "version": 1,
        "summary": "–", "facts": [], "notice": None, "checking": "–",
    }  # fmt: skip
    data = {
        "frame": frame, "needed": [], "not_required": [], "steps": [], "exclusions": [],
        "rights": [], "body": blocks(text, SITE_URL),
    }  # fmt: skip
    return pdf(PdfContext("procedure", data, date(2026, 11, 1), SITE_URL))


def seen(made: bytes) -> Image.Image:
    """Return the first page as a person sees it, in greys, 100 dots to the inch."""
    done = subprocess.run(
        ["pdftoppm", "-r", "100", "-gray", "-singlefile", "-"],
        input=made,
        capture_output=True,
        check=True,
    )
    return Image.open(io.BytesIO(done.stdout))


def layout(made: bytes, name: str) -> list[Any]:
    """Return what the structure of a PDF says of one attribute of its layout."""
    return [
        attributes[name]
        for element in elements_of(made)
        for attributes in element.get("/A", [])
        if name in attributes
    ]


def words(text: str) -> str:
    """Return the prose of a paper, without what stands around it."""
    return text_of(printed(text)).partition(f"– {SITE_URL} ")[2].partition(" Nhã Khê")[0]


@pytest.mark.parametrize(
    ("struck", "plain"),
    [
        ("Giá ~~590.000 đồng~~ 490.000 đồng", "Giá 590.000 đồng 490.000 đồng"),
        ("Giá <del>590.000 đồng</del> nay bỏ", "Giá 590.000 đồng nay bỏ"),
        ("- Giá <s>590.000 đồng</s>", "- Giá 590.000 đồng"),
        ("| A |\n|---|\n| ~~590.000 đồng~~ |", "| A |\n|---|\n| 590.000 đồng |"),
        ("Chữ\n: Giá ~~590.000 đồng~~", "Chữ\n: Giá 590.000 đồng"),
    ],
)
def test_a_struck_price_is_struck_with_a_line_that_a_person_sees(struck: str, plain: str) -> None:
    made, other = printed(struck), printed(plain)
    assert text_of(made) == text_of(other)
    box = ImageChops.difference(seen(made), seen(other)).getbbox()
    assert box is not None
    left, top, right, bottom = box
    assert bottom - top <= 4, "a line, and nothing else"
    assert right - left > 60, "over the whole price"
    assert "/LineThrough" in layout(made, "/TextDecorationType")
    assert layout(other, "/TextDecorationType") == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("3. ba\n4. bốn", "3. ba 4. bốn"),
        ("0. không\n1. một", "0. không 1. một"),
        ("1. một\n2. hai\n\nĐoạn giữa.\n\n3. ba", "1. một 2. hai Đoạn giữa. 3. ba"),
        ("99) chín mươi chín", "99. chín mươi chín"),
        ("- một\n\n  7. bảy", "• một 7. bảy"),
    ],
)
def test_a_list_begins_with_the_number_that_was_written(text: str, numbers: str) -> None:
    assert words(text) == numbers


def test_a_list_in_a_list_stands_inside_its_item() -> None:
    made = printed("1. một\n   - con\n     - cháu\n   - em\n2. hai\n   1. a\n")
    lists = [one for one in elements_of(made) if one.get("/S") == "/L"]
    above = [str(one["/P"]["/S"]) for one in lists]
    assert len(lists) == 4
    assert sum(one in ("/L", "/LI", "/LBody") for one in above) == 3
    assert words("1. một\n   - con\n     - cháu\n   - em\n2. hai\n   1. a\n") == (
        "1. một • con • cháu • em 2. hai 1. a"
    )


def test_code_is_printed_as_it_was_typed_and_told_from_words() -> None:
    made = printed("Gõ `E-05  **x**`:\n\n```\nmột\n  hai   <b>\n\n~~ba~~ &amp;\n```\n")
    assert "Gõ E-05 **x**: một hai <b> ~~ba~~ &amp;" in text_of(made)
    assert layout(made, "/TextDecorationType") == []
    assert len(layout(made, "/BackgroundColor")) >= 2
    block = blocks("```\nmột\n  hai   ba\n\n\tbốn\n```\n", SITE_URL)[0]
    lines = "".join(run["text"] for run in block["runs"]).split("\n")  # type: ignore[attr-defined]
    assert [line.replace("\u00a0", " ") for line in lines] == ["một", "  hai   ba", "", "    bốn"]


@pytest.mark.parametrize(
    ("text", "shift"), [("10<sup>3</sup> m", 1), ("H<sub>2</sub>O", -1), ("m<sup>2</sup>", 1)]
)
def test_a_raised_or_lowered_figure_is_not_one_of_the_number(text: str, shift: int) -> None:
    assert [float(one) * shift > 0 for one in layout(printed(text), "/BaselineShift")] == [True]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("một  \nhai", "một hai"),
        ("một\\\nhai", "một hai"),
        ("một<br>hai", "một hai"),
        ("trên\n\n---\n\ndưới", "trên dưới"),
        ("![Bếp nhìn từ trên](/san-pham/hinh/a.png)", "[Hình: Bếp nhìn từ trên]"),
        ("a &lt;b&gt; &amp; &eacute; c", "a <b> & é c"),
    ],
)
def test_breaks_rules_pictures_and_entities_lose_no_word(text: str, said: str) -> None:
    assert words(text) == said


@pytest.mark.parametrize("target", ["#muc", "#", "#ck-02"])
def test_a_link_to_a_place_in_the_text_leads_nowhere_else_on_paper(target: str) -> None:
    (block,) = blocks(f"[xem]({target})", SITE_URL)
    runs: Any = block["runs"]
    assert [(run["text"], run["href"]) for run in runs] == [("xem", None)]


def test_a_new_line_begins_at_the_margin() -> None:
    runs = blocks("một  \nhai", SITE_URL)[0]["runs"]
    assert [run["text"] for run in runs] == ["một", "\n", "hai"]  # type: ignore[attr-defined]


def test_a_table_without_rows_stops_no_paper() -> None:
    assert words("trên\n\n<table></table>\n\ndưới") == "trên dưới"
