"""The scorecard as it is built: charts people and readers can use, files equal to the content."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from tests.support.html import Document
from tests.support.site import BUILD_EPOCH, SITE_URL, BuiltSite
from tooling.build import build

MONTHS = [f"2026-{number:02}" for number in range(5, 11)]


@pytest.fixture
def overview(built_site: BuiltSite) -> Document:
    return built_site.pages["/ket-qua/"]


def months(content: Path) -> dict[str, dict[str, object]]:
    return {
        file.stem: json.loads(file.read_text(encoding="utf-8"))
        for file in sorted((content / "ket-qua").glob("*.json"))
    }


def test_there_is_an_overview_and_a_page_for_each_month(built_site: BuiltSite) -> None:
    wanted = {"/ket-qua/", *(f"/ket-qua/{month}/" for month in MONTHS)}
    assert wanted <= set(built_site.pages)
    sitemap = built_site.text("sitemap.xml")
    assert all(f"{SITE_URL}{url}<" in sitemap for url in wanted)


def test_every_page_leads_to_the_scorecard(built_site: BuiltSite) -> None:
    assert [
        u for u, page in built_site.pages.items() if "/ket-qua/" not in set(page.targets())
    ] == []


def test_each_chart_says_in_words_what_it_shows(overview: Document) -> None:
    charts = [one for one in overview.all("svg") if one.get("class") == "chart"]
    assert len(charts) == 6
    ids = set(overview.ids())
    for chart in charts:
        assert chart.get("role") == "img"
        assert set(chart.get("aria-labelledby").split()) <= ids
    told = [one.text for one in overview.all("desc")]
    assert "Tháng 6/2026: 91,8 %, trật." in told[0]
    assert "Tháng 10/2026: 96,2 %, đạt." in told[0]
    assert "78.640.000 đồng cho 702 ca" in told[-1]


def test_a_missed_month_is_drawn_as_large_as_a_kept_one_and_by_another_shape(
    built_site: BuiltSite,
) -> None:
    text = built_site.text("ket-qua/index.html")
    drawn = text.split('class="chart"', 2)[1]
    assert drawn.count('class="chart__missed"') == 3
    assert drawn.count('class="chart__kept"') == 3
    assert text.count("<b>Vì sao:</b>") == 15 == text.count("<b>Đã làm:</b>")


def test_every_number_leads_to_its_definition_and_the_months_to_their_files(
    overview: Document,
) -> None:
    numbers = [one for one in overview.all("a") if one.get("class") == "figure"]
    assert len(numbers) == 6 + 6 * 6
    assert {one.get("href")[:14] for one in numbers} == {"#dinh-nghia-k1", "#dinh-nghia-k2",
        "#dinh-nghia-k3", "#dinh-nghia-k4", "#dinh-nghia-k5"}  # fmt: skip
    files = {target for target in overview.targets() if target.endswith(".csv")}
    assert files == {f"/ket-qua/{month}.csv" for month in MONTHS} | {"/ket-qua/ket-qua.csv"}


def test_the_denominator_stands_beside_every_percentage(overview: Document) -> None:
    for row in overview.all("tr"):
        if "%" in row.text and "trở lên" not in row.text and "Vì sao" not in row.text:
            assert " trên " in row.text, row.text


def test_figures_that_are_made_up_say_so_with_their_age(built_site: BuiltSite) -> None:
    text = built_site.pages["/ket-qua/"].one("main").text
    assert "Số mẫu" in text
    assert "Chốt ngày 10/11/2026" in text
    assert "là 13 ngày" in text
    for month in MONTHS:
        assert "Số mẫu" in built_site.pages[f"/ket-qua/{month}/"].one("main").text


def test_no_data_is_said_and_is_not_100_percent(overview: Document) -> None:
    text = overview.one("main").text
    assert "K6 Đơn xử lý trong hạn" in text
    assert "100,0" not in text


def test_the_files_hold_what_the_content_says(built_site: BuiltSite) -> None:
    for month, data in months(built_site.content).items():
        raw = (built_site.output / "ket-qua" / f"{month}.csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        rows = {row["id"]: row for row in csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))}
        for figure in data["indicators"]:  # type: ignore[attr-defined]
            row = rows[figure["id"]]
            for name in ("numerator", "denominator", "value_vnd", "cases"):
                assert row[name] == str(figure.get(name, ""))
            reason = figure.get("reason", {"why": "", "done": ""})
            assert (row["why"], row["done"]) == (reason["why"], reason["done"])


def test_no_cell_of_any_file_can_be_executed(built_site: BuiltSite) -> None:
    for file in (built_site.output / "ket-qua").glob("*.csv"):
        text = file.read_text(encoding="utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert [cell for cell in cells if cell[:1] in tuple("=+-@|\t\r＝＋－＠")] == []


def test_the_chain_names_departments_and_never_a_person(built_site: BuiltSite) -> None:
    page = built_site.pages["/ve-chung-toi/day-chuyen/"]
    rows = [row.text for row in page.all("tr")][1:]
    assert len(rows) == 13
    assert any("Kho linh kiện" in row and "Kỹ thuật bảo hành" in row for row in rows)
    assert all("chưa có dữ liệu" in row for row in rows)


@pytest.fixture(scope="module")
def real(built_site: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A site with a month as the desk would measure it: few cases, refusals, a correction."""
    folder = tmp_path_factory.mktemp("real")
    content = Path(shutil.copytree(built_site.content, folder / "content"))
    for file in (content / "ket-qua").glob("*.json"):
        file.unlink()
    (content / "ket-qua" / "2026-10.json").write_text(json.dumps(REAL), encoding="utf-8")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SOURCE_DATE_EPOCH", BUILD_EPOCH)
        environment.setenv("PORTAL_SITE_URL", SITE_URL)
        return BuiltSite(build(folder / "output", content).output, content)


REAL = {
    "month": "2026-10",
    "as_of": "2026-11-10T00:00:00+07:00",
    "sources": [{"id": "events", "sha256": "ab" * 32, "rows": 1234}],
    "indicators": [
        {
            "id": "K2",
            "numerator": 7,
            "denominator": 8,
            "beside": {"withdrawn": 2, "exempted": 1, "refused": 0},
        },
        {"id": "K3", "numerator": 15, "denominator": 20},
        {"id": "K9", "numerator": 0, "denominator": 0},
        {"id": "K10", "numerator": 3, "denominator": 4, "value_vnd": 250000, "cases": 3},
        {"id": "K12", "numerator": 1, "denominator": 30},
    ],
    "refusals": {
        "issued": 2,
        "overturned": 1,
        "by_clause": [{"clause": "BHP-03.3", "refused": 1}, {"clause": "CK-99.x", "refused": 1}],
    },
    "closings": {
        "closed": 19,
        "by_silence": 5,
        "unconfirmed": 4,
        "explained": 3,
        "other_remedy": 2,
    },
    "compensation": {"owed_vnd": 900000, "paid_vnd": 250000, "late_vnd": 50000, "exempted_vnd": 1},
    "chain": [
        {"department": "ky-thuat", "limit": "ket-luan-loi", "numerator": 11, "denominator": 12}
    ],
    "corrections": [
        {"on": "2026-11-15", "id": "K3", "numerator": 16, "denominator": 20, "why": "Khách mở lại."}
    ],
}


def test_a_real_month_shows_counts_refusals_money_sources_and_corrections(real: BuiltSite) -> None:
    text = real.pages["/ket-qua/2026-10/"].one("main").text
    for words in (
        "7 trên 8, chưa đủ mẫu",
        "1 được miễn bù, 2 khách rút",
        "75,0 %",
        "chưa ghi lý do",
        "không có ca nào",
        "250.000 đ",
        "3,4 %",
        "2 lời từ chối; 1 lời từ chối bị lật lại",
        "Điều khoản của một bản cũ",
        "900.000 đ",
        "50.000 đ",
        "11 trên 12 việc",
        "K3: trước đây ghi 16 trên 20. Khách mở lại.",
        "1.234 dòng",
        "ab" * 32,
    ):
        assert words in text, words
    assert "Số mẫu" not in text
    assert "100,0" not in text


def test_how_cases_ended_stands_beside_the_scores_with_its_meaning(real: BuiltSite) -> None:
    for url in ("/ket-qua/", "/ket-qua/2026-10/"):
        rows = [row.text for row in real.pages[url].all("tr")]
        for name, count in (
            ("Đóng vì khách im lặng", "5"),
            ("Đóng mà không tính là giữ lời", "4"),
            ("Đóng bằng lời giải thích", "3"),
            ("Đóng bằng cách khác điều khách muốn", "2"),
            ("Lời từ chối bị lật lại", "1"),
        ):
            (row,) = [one for one in rows if one.startswith(name)]
            assert row.rstrip().endswith(count), row
            assert len(row) > len(name) + 30
    month = (real.output / "ket-qua/2026-10.csv").read_text(encoding="utf-8-sig")
    line = next(
        one for one in csv.DictReader(month.splitlines()) if one["id"] == "closings:by_silence"
    )
    assert (line["cases"], line["note"]) == ("5", "")


def test_a_month_from_before_the_counting_says_that_nobody_counted(built_site: BuiltSite) -> None:
    text = built_site.pages["/ket-qua/2026-09/"].one("main").text
    assert "Đóng vì khách im lặng" in text
    assert "chưa đếm" in text
    month = (built_site.output / "ket-qua/2026-09.csv").read_text(encoding="utf-8-sig")
    line = next(
        one for one in csv.DictReader(month.splitlines()) if one["id"] == "closings:explained"
    )
    assert (line["cases"], line["note"]) == ("", "chưa đếm")


def test_the_pages_name_who_refuses_signs_and_reviews(real: BuiltSite) -> None:
    about = real.pages["/ve-chung-toi/"].one("main").text
    assert "Chỉ trưởng phòng được quyết từ chối" in about
    assert "người đọc lại của Pháp chế đã ký" in about
    disagree = real.pages["/khieu-nai/khong-dong-y/"].one("main").text
    assert "Ban Giám đốc, người chưa tham gia" in disagree
    promise = real.pages["/cam-ket/ck-16/"].one("main").text
    assert "Ban Giám đốc, người chưa tham gia" in promise
    conditions = real.pages["/doi-tra/"].one("main").text
    assert "Khi nào chúng tôi có thể từ chối" in conditions


def test_the_chain_page_shows_the_latest_measured_month(real: BuiltSite) -> None:
    text = real.pages["/ve-chung-toi/day-chuyen/"].one("main").text
    assert "91,6 % (11 trên 12 việc)" in text


def test_a_site_without_any_month_says_so(real: BuiltSite, tmp_path: Path) -> None:
    content = Path(shutil.copytree(real.content, tmp_path / "content"))
    shutil.rmtree(content / "ket-qua")
    built = BuiltSite(build(tmp_path / "output", content).output, content)
    text = built.pages["/ket-qua/"].one("main").text
    assert "Chưa có tháng nào được công bố." in text
    assert "Đạt" not in text
