"""The pages of products and catalogues, built for one day or another."""

from dataclasses import replace
from datetime import date

import pytest

from plugins.pages.products import comparisons
from plugins.product_view import catalogues_with, drawing_of, label_rows
from service_policy.content import Library, read
from service_policy.products import CutOut, EndOfSale, Product
from tests.plugins.test_pages import EXPIRED, VALID, house_on, html, pages_on
from theme.env import build_environment
from tooling.paths import CONTENT

LATER = date(2027, 5, 1)
"""A day on which the sample catalogues have ended."""


@pytest.fixture(scope="module")
def library() -> Library:
    return read(CONTENT, VALID)


def product(library: Library, code: str) -> Product:
    """Return a product of the sample company."""
    return next(one for one in library.products if one.id == code)


def changed(library: Library, code: str, **fields: object) -> Library:
    """Return the library with other facts of one product."""
    products = tuple(
        one.model_copy(update=fields) if one.id == code else one for one in library.products
    )
    return replace(library, products=products)


def test_a_discontinued_product_names_its_replacement_and_the_last_day_of_parts(
    library: Library,
) -> None:
    pages = pages_on(library, VALID)
    text = html(library, pages["/san-pham/nc-15c/"])
    for words in ("Ngừng bán", "31/12/2025", "31/12/2030", 'href="/san-pham/nc-18c/"'):
        assert words in text
    assert "/san-pham/so-sanh/?a=NC-15C&amp;b=NC-18C#noi-com" in text
    assert "data-price" not in text
    assert "NC-15C" in html(library, pages["/san-pham/ngung-ban/"])


def test_a_discontinued_product_is_offered_nowhere(library: Library) -> None:
    pages = pages_on(library, VALID)
    index = pages["/san-pham/"]
    offered = [one.id for family in index.variables["families"] for one in family.products]  # type: ignore[attr-defined]
    assert "NC-15C" not in offered
    assert len(offered) == len(library.products) - 1
    others = pages["/san-pham/nc-10m/"].variables["others"]
    assert "NC-15C" not in [one.id for one in others]  # type: ignore[attr-defined]


def test_a_product_without_a_replacement_says_so(library: Library) -> None:
    end = product(library, "NC-15C").end_of_sale
    assert end is not None
    alone = changed(library, "NC-15C", end_of_sale=end.model_copy(update={"replacement": None}))
    text = html(library, pages_on(alone, VALID)["/san-pham/nc-15c/"])
    assert "Không có mã tương đương" in text


def test_a_product_that_will_end_says_when_while_it_is_still_sold(library: Library) -> None:
    end = EndOfSale(
        announced_on=date(2026, 11, 1),
        last_sale_on=date(2027, 2, 1),
        parts_until=date(2032, 2, 1),
    )
    text = html(
        library, pages_on(changed(library, "AS-17", end_of_sale=end), VALID)["/san-pham/as-17/"]
    )
    assert "Sắp ngừng bán" in text
    assert "01/02/2032" in text
    assert "data-price" in text


def test_an_expired_price_stands_in_no_comparison_and_in_no_list(library: Library) -> None:
    for day, shown in ((VALID, True), (EXPIRED, False)):
        pages = pages_on(library, day)
        for url in ("/san-pham/so-sanh/", "/san-pham/"):
            assert ("590.000" in html(library, pages[url])) is shown


def test_every_price_in_a_comparison_and_in_a_list_ends_with_its_sheet(library: Library) -> None:
    pages = pages_on(library, VALID)
    for url in ("/san-pham/so-sanh/", "/san-pham/"):
        text = html(library, pages[url])
        assert text.count("data-price") == 12
        assert text.count('data-valid-to="2026-12-31"') == 12


def test_a_comparison_has_a_value_for_every_product_in_every_row(library: Library) -> None:
    families = comparisons(house_on(library, VALID))
    assert sum(len(family.columns) for family in families) == len(library.products)
    for family in families:
        titles = [title for title, _ in family.rows]
        assert len(titles) == len(set(titles))
        assert all(len(values) == len(family.columns) for _, values in family.rows)
    cookers = dict(families[0].rows)
    codes = [column.product.id for column in families[0].columns]
    assert dict(zip(codes, cookers["Dung tích"], strict=True)) == {
        "NC-10M": "1,0 lít",
        "NC-18C": "1,8 lít",
        "NC-18T": "1,8 lít",
        "NC-15C": "1,5 lít",
    }


def test_the_label_says_what_the_law_wants(library: Library) -> None:
    for one in library.products:
        rows = dict(label_rows(one, library.company))
        missing = [title for title, text in rows.items() if not text]
        assert missing in ([], ["Nhãn năng lượng"]), one.id
        assert one.label.warnings
    text = html(library, pages_on(library, VALID)["/san-pham/hm-90k/"])
    for words in ("Chịu trách nhiệm về hàng hóa", library.company.address, "Trung Quốc"):
        assert words in text


def test_a_manual_can_be_printed_and_stays_out_of_search_engines(library: Library) -> None:
    page = pages_on(library, VALID)["/san-pham/bt-40d/huong-dan/"]
    assert page.page.noindex
    text = html(library, page)
    assert text.index("Cảnh báo an toàn") < text.index("Trong hộp có gì")
    assert library.company.safety_line in text


def drawn(opening: CutOut) -> str:
    """Return what the page draws of an opening."""
    source = '{% import "macros/cut_out.html" as cut_out %}{{ cut_out.draw(drawing, opening) }}'
    macro = build_environment().from_string(source)
    return macro.render(drawing=drawing_of(opening), opening=opening)


def test_a_drawing_keeps_the_proportions_of_the_opening_and_says_them() -> None:
    opening = CutOut(place="mặt đá", width_mm=680, height_mm=60, depth_mm=390)
    drawing = drawing_of(opening)
    assert abs(drawing.top.width * 390 - drawing.top.height * 680) < 680
    assert drawing.front.width == drawing.top.width
    assert drawing.front.x == drawing.top.x
    assert "rộng 680\N{NO-BREAK SPACE}mm, cao" in drawn(opening)


def test_a_tall_opening_stays_within_the_drawing() -> None:
    opening = CutOut(place="tủ", width_mm=600, height_mm=1820, depth_mm=580)
    drawing = drawing_of(opening)
    assert drawing.front.height + drawing.top.height <= 331
    assert drawing.height > drawing.top.y + drawing.top.height
    assert "cao 1.820" in drawn(opening)


def test_a_catalogue_says_its_version_and_where_to_download_it(library: Library) -> None:
    text = html(library, pages_on(library, VALID)["/catalogue/bep/"])
    for words in ("CT-BEP", "30/04/2027", "/catalogue/bep/CT-BEP-v2.pdf", "/tai-lieu/ct-bep/?v=2"):
        assert words in text
    assert "/tai-lieu/ct-bep/?v=1" in text
    assert "Bảo hành 36 tháng" in text


def test_a_catalogue_that_has_ended_says_so_and_is_recommended_no_more(library: Library) -> None:
    hob = product(library, "BT-40D")
    assert [one.id for one in catalogues_with(library, hob)] == ["CT-BEP", "CT-TONG-HOP"]
    assert catalogues_with(replace(library, today=LATER), hob) == ()
    pages = pages_on(library, LATER)
    assert pages["/catalogue/bep/"].variables["expired"]
    assert "Hết hiệu lực" in html(library, pages["/catalogue/"])
