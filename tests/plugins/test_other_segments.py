"""Pages of a company with one kind of customer, with five, or without any partner."""

from plugins.model import PageFile, SiteBuild
from plugins.pages import build_pages
from plugins.pdf.price_table import price_table
from service_policy.content import Library, read
from tests.support import segments
from tests.support.segments import TODAY, five, one
from theme.context import Site
from theme.env import build_environment
from tooling.paths import CONTENT

__all__ = ["five", "one"]


def pages_of(library: Library) -> dict[str, PageFile]:
    """Return the pages of a company by address."""
    return {page.page.url: page for page in build_pages(house_of(library))}


def house_of(library: Library) -> SiteBuild:
    """Return the site_build of a company."""
    return SiteBuild(library, Site.of(library, "https://khac.example"))


def html(library: Library, page: PageFile) -> str:
    """Render a page as Pelican does."""
    template = build_environment().get_template(f"{page.template}.html")
    site = house_of(library).site
    return template.render(company=library.company, site=site, page=page.page, **page.variables)


def test_no_page_lists_the_only_kind_of_customer(one: Library) -> None:
    for url, page in pages_of(one).items():
        if not url.startswith("/cam-ket/"):
            continue
        text = html(one, page)
        assert "Mọi khách hàng" not in text, url
        assert "Áp dụng cho" not in text, url
        assert "<dt></dt>" not in text, url
        assert '<th scope="col">Khách hàng</th>' not in text, url


def test_a_promise_to_the_only_kind_of_customer_stands_as_one_sentence(one: Library) -> None:
    text = html(one, pages_of(one)["/cam-ket/ck-02/"])
    assert '<p class="who-list__only">8 giờ làm việc</p>' in text
    assert text.count("who-list__only") == 2
    assert '<dl class="who-list">' not in text


def test_a_special_case_of_the_only_kind_of_customer_stands_beside_the_ordinary_one(
    one: Library,
) -> None:
    text = html(one, pages_of(one)["/cam-ket/ck-03/"])
    assert "<dt>Thông thường</dt>" in text
    assert "<dt>Cần giám định</dt>" in text


def test_a_target_of_a_product_group_needs_no_customer_beside_it(one: Library) -> None:
    text = html(one, pages_of(one)["/cam-ket/ck-08/"])
    assert "<dt>Nhóm A (thiết yếu)" in text


def test_the_matrix_has_a_column_for_each_kind_of_customer(one: Library, five: Library) -> None:
    text = html(five, pages_of(five)["/cam-ket/"])
    for segment in five.policy.matrix.segments:
        assert f'<th scope="col">{segment.name}</th>' in text
    single = html(one, pages_of(one)["/cam-ket/"])
    assert '<th scope="col">Thời hạn</th>' in single
    assert "Thời hạn theo nhóm hàng</h2>" in single


def test_a_promise_names_the_kinds_of_customers_of_the_company(five: Library) -> None:
    text = html(five, pages_of(five)["/cam-ket/ck-01/"])
    assert "<dd>Khách sạn, cá nhân, cửa hàng, trường học, công trình</dd>" in text
    assert "Hộ gia đình</dt>" not in text


def test_partners_are_called_by_the_name_that_the_company_gives_them(five: Library) -> None:
    pages = pages_of(five)
    assert pages["/doi-tac/"].page.title == "Chính sách cửa hàng, đối tác"
    assert "Đơn tối thiểu của cửa hàng" in html(five, pages["/san-pham/bt-40d/"])
    entry = next(one for one in five.faq if one.segment == "cua-hang")
    assert "dành cho cửa hàng" in html(five, pages[entry.url])


def test_without_partners_no_page_of_the_company_speaks_of_them() -> None:
    library = segments.without_privileges(read(CONTENT, TODAY))
    pages = pages_of(library)
    assert not [url for url in pages if url in ("/doi-tac/", "/doi-tac/xu-ly-su-co/")]
    assert "Đơn tối thiểu" not in html(library, pages["/san-pham/bt-40d/"])
    assert "Đơn tối thiểu" not in html(library, pages["/bang-gia/ban-le-2026-11/"])
    assert "Giá cho" not in html(library, pages["/bang-gia/"])


def test_the_table_of_prices_shows_least_orders_to_partners_only(five: Library) -> None:
    titles = [
        [column.title for column in price_table(sheet, library, withdrawn=False).columns]
        for library in (segments.without_privileges(five), five)
        for sheet in library.price_sheets[:1]
    ]
    assert titles[1] == [*titles[0], "Cửa hàng đặt tối thiểu"]
