"""What the pages of promises say of who signed them, and of the law beside them."""

from dataclasses import replace
from datetime import date

import pytest

from plugins.model import SiteBuild
from plugins.pages import build_pages
from service_policy.content import Library, read
from service_policy.promises.coverage import coverage_of
from tests.support.html import Document
from theme.context import Site
from theme.env import build_environment
from tooling.paths import CONTENT

DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def library() -> Library:
    return read(CONTENT, DAY)


def page_of(library: Library, url: str) -> Document:
    """Return one page as Pelican renders it."""
    site_build = SiteBuild(library, Site.of(library, "https://nhakhe.example"))
    page = next(one for one in build_pages(site_build) if one.page.url == url)
    template = build_environment().get_template(f"{page.template}.html")
    return Document(
        template.render(
            company=library.company, site=site_build.site, page=page.page, **page.variables
        )
    )


def words(page: Document) -> str:
    return " ".join(" ".join(one.text for one in page.all("body")).split())


@pytest.mark.parametrize(
    "url", ["/cam-ket/ck-03/", "/cam-ket/ck-03/phien-ban-1/", "/cam-ket/phien-ban/"]
)
def test_whoever_signed_a_version_is_named_with_the_day(library: Library, url: str) -> None:
    assert "Nguyễn Văn Mẫu, Tổng giám đốc, ngày 22/06/2026" in words(page_of(library, url))


def test_a_version_that_nobody_signed_says_so(library: Library) -> None:
    unsigned = tuple(
        one.model_copy(update={"approved_by": None, "approved_on": None})
        for one in library.policy.versions
    )
    silent = replace(library, policy=replace(library.policy, versions=unsigned))
    for url in ("/cam-ket/ck-03/", "/cam-ket/phien-ban/"):
        assert "Chưa ghi người duyệt" in words(page_of(silent, url))


def test_the_law_stands_beside_the_promise_with_its_citation(library: Library) -> None:
    said = words(page_of(library, "/cam-ket/ck-01/"))
    assert "Chậm nhất 3 ngày làm việc. Báo đã tiếp nhận yêu cầu." in said
    assert "Khoản 2 Điều 31 Luật Bảo vệ quyền lợi người tiêu dùng" in said
    assert "Hộ gia đình, đại lý: 4 giờ làm việc; dự án: 2 giờ làm việc" in said


def test_where_the_law_sets_no_level_the_table_says_that(library: Library) -> None:
    said = words(page_of(library, "/cam-ket/"))
    assert "Không có mức luật định. Luật không quy định giờ hẹn." in said
    rows = [one for one in library.commitments for _ in one.legal_minimum]
    cells = page_of(library, "/cam-ket/").all("td")
    assert sum(one.get("data-label") == "Luật định" for one in cells) == len(rows)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("/cam-ket/ck-02/", "Không cần có mặt"),
        ("/cam-ket/ck-05/", "Cần có người ở nơi hẹn, ai cũng được"),
    ],
)
def test_a_promise_says_whether_somebody_has_to_be_there(
    library: Library, url: str, said: str
) -> None:
    assert f"Quý khách có phải có mặt?{said}" in words(page_of(library, url))


def test_a_promise_that_says_nothing_of_it_asks_nothing(library: Library) -> None:
    silent = tuple(one.model_copy(update={"presence": None}) for one in library.policy.versions)
    older = replace(library, policy=replace(library.policy, versions=silent))
    assert "có phải có mặt" not in words(page_of(older, "/cam-ket/ck-02/"))


def with_season(library: Library) -> Library:
    """Return the company with a version of CK-02 for three weeks around the New Year."""
    first = library.policy.commitment("CK-02", 1)
    season = first.model_copy(
        update={
            "version": 2,
            "announced_on": date(2026, 11, 1),
            "approved_on": date(2026, 10, 30),
            "effective_from": date(2026, 12, 20),
            "effective_to": date(2027, 1, 10),
        }
    )
    versions = (*library.policy.versions, season)
    return replace(library, policy=replace(library.policy, versions=versions))


@pytest.mark.parametrize(
    ("day", "first", "season"),
    [
        (date(2026, 12, 1), "Phiên bản này đang áp dụng", "chưa áp dụng"),
        (date(2026, 12, 31), "không còn áp dụng", "Phiên bản này đang áp dụng"),
        (date(2027, 1, 11), "Phiên bản này đang áp dụng", "không còn áp dụng"),
    ],
)
def test_a_version_for_a_season_gives_way_to_the_one_before(
    library: Library, day: date, first: str, season: str
) -> None:
    then = replace(with_season(library), today=day)
    assert first in words(page_of(then, "/cam-ket/ck-02/phien-ban-1/"))
    assert season in words(page_of(then, "/cam-ket/ck-02/phien-ban-2/"))
    issues = then.register.of("CK-02")
    current = [one.version for one in issues if one.state(day) == "current"]
    assert current == [one.version for one in then.commitments if one.id == "CK-02"]


@pytest.mark.parametrize(
    ("number", "label", "claims"),
    [
        ("02", "Máy đo Máy theo dõi từng phiếu.", True),
        ("09", "Máy đo Máy so với sổ sách của công ty.", True),
        ("07", "Người ghi Nhân viên ghi khi xảy ra", False),
        ("06", "Chưa nối Chúng tôi biết khi Quý khách báo.", False),
    ],
)
def test_a_page_says_who_notices_a_miss_and_only_a_machine_needs_no_claim(
    library: Library, number: str, label: str, claims: bool
) -> None:
    said = words(page_of(library, f"/cam-ket/ck-{number}/"))
    assert label in said
    assert ("không cần đòi" in said) == claims
    cells = page_of(library, "/cam-ket/").all("td")
    assert any(label in one.text for one in cells)


def test_the_list_of_promises_claims_a_machine_only_where_there_is_one(library: Library) -> None:
    page = page_of(library, "/cam-ket/")
    machines = [one for one in library.commitments if coverage_of(one).by_machine]
    assert 0 < len(machines) < len(library.commitments)
    assert words(page).count("không cần đòi") == len(machines)
    assert "tự động" not in words(page).lower()


def test_a_promise_that_does_not_say_how_it_is_measured_says_that(library: Library) -> None:
    older = tuple(one.model_copy(update={"proof": None}) for one in library.policy.versions)
    silent = replace(library, policy=replace(library.policy, versions=older))
    said = words(page_of(silent, "/cam-ket/ck-02/"))
    assert "Chưa nối Chưa nói ai phát hiện khi trật" in said
    assert "không cần đòi" not in said
