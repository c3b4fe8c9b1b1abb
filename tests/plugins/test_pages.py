"""The builders as pure functions: another day or another version gives other pages."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from plugins.feeds import commitment_entries
from plugins.model import PageFile, SiteBuild
from plugins.pages import build_pages
from plugins.pages.documents import EXTRAS, parent_url
from service_policy.content import Library, read
from theme.context import Site
from theme.env import build_environment
from tooling.paths import CONTENT, ROOT

VALID = date(2026, 11, 23)
EXPIRED = date(2027, 1, 15)


def house_on(library: Library, day: date) -> SiteBuild:
    """Return the site_build as it is built on another day."""
    then = replace(library, today=day)
    return SiteBuild(then, Site.of(then, "https://nhakhe.example"))


@pytest.fixture(scope="module")
def library() -> Library:
    return read(CONTENT, VALID)


def pages_on(library: Library, day: date) -> dict[str, PageFile]:
    """Return the pages of a day by address."""
    return {page.page.url: page for page in build_pages(house_on(library, day))}


def html(library: Library, page: PageFile) -> str:
    """Render a page as Pelican does."""
    return (
        build_environment()
        .get_template(f"{page.template}.html")
        .render(
            company=library.company,
            site=house_on(library, VALID).site,
            page=page.page,
            **page.variables,
        )
    )


def test_a_valid_price_stands_on_the_sheet_and_on_the_product(library: Library) -> None:
    pages = pages_on(library, VALID)
    for url in ("/san-pham/bt-40d/", "/bang-gia/ban-le-2026-11/"):
        assert "7.490.000" in html(library, pages[url])


def test_an_expired_price_is_never_shown_as_a_number(library: Library) -> None:
    pages = pages_on(library, EXPIRED)
    for url in ("/san-pham/bt-40d/", "/san-pham/", "/bang-gia/ban-le-2026-11/"):
        text = html(library, pages[url])
        assert "7.490.000" not in text
        assert "7490000" not in text
    assert "hết hiệu lực" in html(library, pages["/bang-gia/ban-le-2026-11/"]).lower()
    assert "ban-le-2026-11" in html(library, pages["/bang-gia/luu-tru/"])


def test_an_expired_sheet_keeps_its_address(library: Library) -> None:
    assert set(pages_on(library, VALID)) == set(pages_on(library, EXPIRED))


def test_every_version_of_a_promise_keeps_a_page_of_its_own(library: Library) -> None:
    first = library.policy.commitment("CK-03", 1)
    second = first.model_copy(
        update={"version": 2, "effective_from": date(2026, 11, 1), "change_note": "Nhanh hơn."}
    )
    versions = (*library.policy.versions, second)
    newer = replace(library, policy=replace(library.policy, versions=versions))
    pages = pages_on(newer, VALID)
    assert pages["/cam-ket/ck-03/"].variables["view"].commitment.version == 2  # type: ignore[attr-defined]
    assert "/cam-ket/ck-03/phien-ban-1/" in pages
    assert pages["/cam-ket/ck-03/phien-ban-1/"].page.noindex
    assert "Nhanh hơn." in html(newer, pages["/cam-ket/phien-ban/"])
    feed = list(commitment_entries(house_on(newer, VALID)))
    assert {entry.key for entry in feed} >= {"ck-03/1", "ck-03/2"}
    before = {entry.key for entry in commitment_entries(house_on(newer, date(2026, 10, 1)))}
    assert "ck-03/2" not in before


def test_the_figures_of_a_worked_example_are_the_rules_own(library: Library) -> None:
    pages = pages_on(library, VALID)
    view = pages["/cam-ket/ck-03/"].variables["view"]
    expected = [example.expect_vnd for example in library.policy.commitment("CK-03", 1).examples]
    assert [example.owed_vnd for example in view.examples] == expected  # type: ignore[attr-defined]
    assert expected
    assert f"{expected[0]:,}".replace(",", ".") in html(library, pages["/cam-ket/ck-03/"])


def test_two_pages_with_one_address_are_refused(library: Library) -> None:
    clash = library.pages[0].model_copy(update={"url": "/cam-ket/"})
    with pytest.raises(ValueError, match="/cam-ket/"):
        build_pages(house_on(replace(library, pages=(clash,)), VALID))


def test_a_title_with_markup_is_shown_as_text(library: Library) -> None:
    entry = library.faq[0].model_copy(update={"question": "Có <b>gì</b> & “mới”?"})
    pages = pages_on(replace(library, faq=(entry, *library.faq[1:])), VALID)
    text = html(library, pages[entry.url])
    assert "<b>gì</b>" not in text
    assert "&lt;b&gt;gì&lt;/b&gt;" in text


def test_the_page_above_is_found_by_the_address() -> None:
    assert parent_url("/phap-ly/bao-mat/") == "/phap-ly/"
    assert parent_url("/phap-ly/") == "/"


def test_the_day_of_the_last_check_and_a_week_without_are_public(library: Library) -> None:
    last = library.last_check
    assert last is not None

    def told(shown: Library, day: date) -> tuple[str, bool, bool]:
        page = html(shown, pages_on(replace(shown, today=day), day)["/tai-lieu/"])
        late = re.search(r"<p data-check-late( hidden)?>", page)
        kept = re.search(r"<p data-check-kept( hidden)?>", page)
        assert late is not None
        assert kept is not None
        line = re.search(r"Kiểm tra gần nhất: <span data-check>(.*?)</span>", page, re.DOTALL)
        assert line is not None
        return re.sub(r"<[^>]+>", "", line[1]), late[1] is None, kept[1] is None

    good, late = last.good_until, last.good_until + timedelta(days=1)
    assert told(library, good)[0].startswith(f"{last.checked_on:%d/%m/%Y}, ")
    assert told(library, good)[1:] == (False, True)
    assert told(library, late)[1:] == (True, False)
    assert told(replace(library, checks=()), late) == ("chưa có lần nào", False, False)


def test_the_guide_tells_which_addresses_show_data() -> None:
    guide = (ROOT / "content" / "HUONG-DAN.md").read_text("utf-8")
    told = re.findall(r"^- `(/[a-z/-]+/)`: ", guide, re.MULTILINE)
    assert sorted(told) == sorted(EXTRAS)
