"""Another face, from content alone: site, forms, papers and workbooks follow it."""

import json
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from forms_api.kinds import DECLARED
from forms_api.settings import Settings
from forms_api.web.app import assemble
from service_policy.content import Library, check, read
from tests.support.another_look import BLUE, take_another_look
from tests.support.application import SECRET, Clock, empty_file
from tests.support.axe import violations
from tests.support.browser import Open, serving
from tests.support.html import Document
from tests.support.pdf import text_of
from tests.support.site import BUILD_EPOCH, SITE_URL, BuiltSite
from tests.support.visitor import Visitor
from tooling.build import build
from tooling.paths import CONTENT

__all__ = ["empty_file"]

DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """Build it once; the build itself follows every link."""
    folder = tmp_path_factory.mktemp("another")
    content = Path(shutil.copytree(CONTENT, folder / "content"))
    take_another_look(content)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SOURCE_DATE_EPOCH", BUILD_EPOCH)
        environment.setenv("PORTAL_SITE_URL", SITE_URL)
        return BuiltSite(build(folder / "output", content).output, content)


@pytest.fixture(scope="module")
def other(site: BuiltSite) -> Library:
    return read(site.content, DAY, declared=DECLARED)


@pytest.fixture
def visitor(other: Library, empty_file: Path, tmp_path: Path) -> Iterator[Visitor]:
    url = f"sqlite:///{shutil.copy(empty_file, tmp_path / 'portal.db')}"
    environ = {
        "PORTAL_VAR_DIR": str(tmp_path / "var"),
        "PORTAL_DATABASE_URL": url,
        "PORTAL_SECRET_KEY": SECRET,
    }
    app = assemble(Settings.from_environ(environ), other, Clock())
    yield Visitor(app.test_client())
    app.extensions["portal"].close()


def menu_of(page: Document) -> list[tuple[str, str]]:
    return [(one.text, one.get("href")) for one in page.all("a") if "nav__link" in one.get("class")]


MENU = [
    ("Hứa gì", "/cam-ket/"),
    ("Hỏi", "/hoi-dap/"),
    ("Xem phiếu", "/ho-so/"),
    ("Hỏi ngay", "/gui/cau-hoi/"),
]


def test_the_content_has_no_fault(site: BuiltSite) -> None:
    faults = check(site.content, DAY)
    assert {fault.code for fault in faults} <= {"address_vanished"}


@pytest.mark.parametrize("url", ["/gui/khieu-nai/", "/gui/cau-hoi/", "/ho-so/", "/khong-co/"])
def test_the_forms_have_the_menu_and_the_footer_of_the_site(
    site: BuiltSite, visitor: Visitor, url: str
) -> None:
    static = site.pages["/lich-nghi/"]
    shown = Document(visitor.client.get(url).get_data(as_text=True))
    assert menu_of(shown) == menu_of(static) == MENU
    assert shown.one("footer").text == static.one("footer").text
    assert "Xem thêm" in shown.one("footer").text
    assert "Việc hay làm" not in shown.one("footer").text


def test_no_page_of_the_forms_leads_where_nothing_is(visitor: Visitor, other: Library) -> None:
    for url in ("/gui/khieu-nai/", "/gui/hoa-don/", "/gui/tai-lieu/", "/ho-so/", "/tim-kiem/?q=x"):
        page = Document(visitor.client.get(url).get_data(as_text=True))
        targets = {one.get("href").partition("#")[0].partition("?")[0] for one in page.all("a")}
        inside = {one for one in targets if one.startswith("/")}
        assert inside - other.addresses == set(), url


def test_what_the_theme_links_is_words_where_the_page_is_missing(site: BuiltSite) -> None:
    questions = site.pages["/hoi-dap/"]
    assert "Hoặc hỏi thẳng qua kênh chính thức." in questions.one("main").text
    assert "/kenh-chinh-thuc/" not in {one.get("href") for one in questions.all("a")}
    product = site.pages["/san-pham/bt-40d/"].one("main").text
    assert "Cách đọc nhãn và số sê-ri" not in product


def test_the_home_page_leads_to_what_the_company_chose(site: BuiltSite) -> None:
    text = site.pages["/"].one("main").text
    assert "Gọi thợ Thợ đến trong ngày." in text
    assert "Mất phiếu bảo hành Không có phiếu" not in text
    library = read(site.content, DAY)
    titles = {one.id: one.title for one in library.commitments}
    assert titles["CK-01"] in text
    assert titles["CK-02"] not in text


def test_colours_and_logo_come_from_the_content(site: BuiltSite) -> None:
    light, dark = site.text("thuong-hieu/mau.css").split("@media")
    for token, (day, night) in BLUE.items():
        assert f"--{token}:{day};" in light
        assert f"--{token}:{night};" in dark
    page = site.pages["/"]
    (logo,) = [one for one in page.all("img") if one.get("class") == "brand__mark"]
    assert (logo.get("width"), logo.get("height")) == ("88", "44")
    assert (site.output / logo.get("src").partition("?")[0].lstrip("/")).is_file()
    manifest = json.loads(site.text("thuong-hieu/site.webmanifest"))
    assert (manifest["name"], manifest["theme_color"]) == ("Lời hứa", BLUE["deep"][0])


def test_papers_and_workbooks_take_the_same_colours(site: BuiltSite, built_site: BuiltSite) -> None:
    name = "bang-gia/ban-le-2026-11/BG-2026.11-v2"
    book = zipfile.ZipFile(site.output / f"{name}.xlsx").read("xl/styles.xml").decode()
    assert f"FF{BLUE['deep'][0][1:].upper()}" in book
    assert "FF0B3D36" not in book
    paper, before = ((one.output / f"{name}.pdf").read_bytes() for one in (site, built_site))
    assert paper != before
    assert text_of(paper) == text_of(before)


def test_machines_are_told_the_hours(site: BuiltSite) -> None:
    scripts = site.pages["/"].all("script")
    (data,) = [json.loads(one.text) for one in scripts if one.get("type") == "application/ld+json"]
    (hours,) = data["contactPoint"]["hoursAvailable"]
    assert (hours["opens"], hours["closes"], len(hours["dayOfWeek"])) == ("07:30", "17:30", 6)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_other_colours(
    site: BuiltSite, open_page: Open, scheme: str
) -> None:
    with serving(site) as address:
        for url in ("/", "/cam-ket/", "/bang-gia/"):
            page = open_page(address + url, screen="phone", scheme=scheme)
            assert violations(page) == [], url
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
