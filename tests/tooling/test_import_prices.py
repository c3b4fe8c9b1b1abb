"""`inv import-prices`: a company's own table becomes a version of its sheet, or is refused."""

import csv
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from service_policy.content import Library, check, read
from service_policy.content.library import price_on
from tests.support.site import BUILD_EPOCH
from tooling.build import build
from tooling.paths import CONTENT, ROOT
from tooling.prices.importing import import_prices
from tooling.words import Refused

TODAY = date(2026, 11, 23)
SHEET = "BG-2026.11"
LISTED = list(
    csv.DictReader(
        io.StringIO((CONTENT / "bang-gia/ban-le-2026-11.csv").read_text(encoding="utf-8"))
    )
)
CODES = [one["product_code"] for one in LISTED]
ROW, AFTER = CODES.index("QT-16") + 3, len(CODES) + 3
"""Lines of a table below a title and the columns: that of QT-16, and the first that is free."""
Rows = list[dict[str, str]]
Change = Callable[[Rows], object]


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", BUILD_EPOCH)
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def cost(library: Library) -> int | None:
    """Return what NC-10M costs on the day of the library."""
    return price_on(library.price_sheets, "NC-10M", library.today)


def own_rows(change: Change = lambda rows: None) -> Rows:
    """Return the prices of today as the company keeps them: its columns, its way of numbers."""
    rows = [
        {
            "STT": str(number),
            "Mã hàng": one["product_code"],
            "Tên hàng": f"Hàng {one['product_code']}",
            "Giá bán": f"{int(one['price_vnd']):,} đ".replace(",", "."),
        }
        for number, one in enumerate(LISTED, 1)
    ]
    change(rows)
    return rows


def priced(code: str, price: str) -> Change:
    def change(rows: Rows) -> None:
        next(row for row in rows if row["Mã hàng"] == code)["Giá bán"] = price

    return change


def as_excel_saves(rows: Rows, file: Path) -> Path:
    """Write semicolons, a byte order mark, carriage returns and a title above the columns."""
    text = io.StringIO()
    text.write("BẢNG GIÁ NỘI BỘ;;;\r\n")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    file.write_bytes(b"\xef\xbb\xbf" + text.getvalue().encode())
    return file


def as_workbook(rows: Rows, file: Path) -> Path:
    """Write a workbook whose prices are numbers."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Mã hàng", "Giá bán"])
    for row in rows:
        bare = row["Giá bán"].removesuffix(" đ").replace(".", "")
        sheet.append([row["Mã hàng"], int(bare) if bare.isdigit() else bare])
    book.save(file)
    return file


def refused(
    file: Path, content: Path, sheet: str = SHEET, answers: tuple[bool, ...] = ()
) -> list[str]:
    """Import a table that is not taken; return the lines that say why."""
    before = {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}
    given = iter(answers)
    with pytest.raises(Refused) as stopped:
        import_prices(file, sheet, sure=True, ask=lambda _: next(given), say=list, content=content)
    assert before == {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}
    return str(stopped.value).splitlines()


def test_a_published_sheet_gets_its_next_version_and_the_checker_finds_nothing(
    content: Path, tmp_path: Path
) -> None:
    file = as_excel_saves(own_rows(priced("NC-10M", "620.000")), tmp_path / "gia.csv")
    said: list[str] = []
    asked: list[str] = []

    def yes(question: str) -> bool:
        asked.append(question)
        return True

    before = (content / "bang-gia/ban-le-2026-11.md").read_bytes()
    written = import_prices(file, SHEET, ask=yes, say=said.append, content=content)
    assert [path.name for path in written] == ["ban-le-2026-11-v3.csv", "ban-le-2026-11-v3.md"]
    assert asked == ["Ghi BG-2026.11 phiên bản 3?"]
    assert "  ~ NC-10M: 590.000\u00a0đ → 620.000\u00a0đ (+5,1 %)" in said
    assert f"  không đổi: {len(CODES) - 1} mã" in said
    assert [str(fault) for fault in check(content, TODAY)] == []
    library = read(content, TODAY)
    assert cost(library) == 620_000
    sheet = library.price_sheets[[one.id for one in library.price_sheets].index(SHEET)]
    assert (sheet.version, sheet.issued_on, sheet.valid_from) == (3, TODAY, TODAY)
    assert sheet.changes == "So với phiên bản 2, phiên bản 3 tăng giá NC-10M."
    assert "23/11/2026" in (sheet.summary or "")
    states = {one.version: one.state(TODAY) for one in library.register.of(SHEET)}
    assert states == {3: "current", 2: "superseded", 1: "superseded"}
    assert (content / "bang-gia/ban-le-2026-11.md").read_bytes() == before


def test_a_sheet_that_nobody_has_seen_yet_is_changed_in_its_place(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The day before the sheet of January is issued.
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1794708000")
    file = as_workbook(own_rows(priced("NC-10M", "620.000")), tmp_path / "gia.xlsx")
    written = import_prices(
        file, "BG-2027.01", sure=True, ask=lambda _: False, say=list, content=content
    )
    assert [path.name for path in written] == ["ban-le-2027-01.csv", "ban-le-2027-01.md"]
    assert [str(fault) for fault in check(content, date(2026, 11, 15))] == []
    (sheet,) = (
        one for one in read(content, date(2027, 1, 2)).price_sheets if one.id == "BG-2027.01"
    )
    line = sheet.line("NC-10M")
    assert line is not None
    assert (sheet.version, line.price_vnd) == (1, 620_000)


def test_lines_of_a_sheet_become_a_table_and_services_keep_their_names(
    content: Path, tmp_path: Path
) -> None:
    before = next(one for one in read(content, TODAY).price_sheets if one.id == "BG-PDV")
    rows = [{"Mã": one.product_code, "Đơn giá": str(one.price_vnd)} for one in before.lines]
    rows[0]["Đơn giá"] = "29000"
    file = as_excel_saves(rows, tmp_path / "phi.csv")
    written = import_prices(file, sure=True, ask=lambda _: False, say=list, content=content)
    assert [str(fault) for fault in check(content, TODAY)] == []
    text = next(path for path in written if path.suffix == ".md").read_text(encoding="utf-8")
    assert "\nlines:" not in text
    assert "DV-GH-NT" not in text.split("\n---\n")[0].replace("changes", "")
    versions = [one for one in read(content, date(2027, 1, 2)).price_sheets if one.id == "BG-PDV"]
    assert [line.name for line in versions[0].lines] == [line.name for line in before.lines]
    assert versions[0].lines[0].price_vnd == 29_000


def test_what_came_and_went_is_told_and_counted(content: Path, tmp_path: Path) -> None:
    file = as_excel_saves(own_rows(lambda rows: rows.pop(1)), tmp_path / "gia.csv")
    said: list[str] = []
    import_prices(file, SHEET, sure=True, ask=lambda _: False, say=said.append, content=content)
    assert "  - NC-18C: bỏ khỏi bảng (đang là 890.000\u00a0đ)" in said
    assert "Không dùng cột: STT" in said
    sheet = next(one for one in read(content, TODAY).price_sheets if one.id == SHEET)
    assert f"{len(CODES) - 1} sản phẩm" in (sheet.summary or "")
    again = import_prices(file, SHEET, sure=True, ask=lambda _: False, say=list, content=content)
    assert again == []


def test_without_a_yes_nothing_is_written(content: Path, tmp_path: Path) -> None:
    file = as_excel_saves(own_rows(priced("NC-10M", "620.000")), tmp_path / "gia.csv")
    names = sorted(path.name for path in content.rglob("*"))
    assert import_prices(file, SHEET, ask=lambda _: False, say=list, content=content) == []
    assert sorted(path.name for path in content.rglob("*")) == names


NEXT = "BG-2027.01"
"""The last sheet of the series: none after it differs from what a test makes it say."""


@pytest.mark.parametrize("answer", [True, False])
def test_a_zero_too_many_is_asked_for_by_itself(
    content: Path, tmp_path: Path, answer: bool
) -> None:
    file = as_excel_saves(own_rows(priced("NC-10M", "5.900.000")), tmp_path / "gia.csv")
    if not answer:
        (line,) = refused(file, content, NEXT, answers=(False,))
        assert line.startswith("gia.csv:3: price_vnd: giá 5.900.000\u00a0đ của NC-10M")
        assert "--confirm NC-10M" in line
        return
    asked: list[str] = []

    def yes(question: str) -> bool:
        asked.append(question)
        return True

    import_prices(file, NEXT, sure=True, ask=yes, say=list, content=content)
    assert len(asked) == 1
    assert [str(fault) for fault in check(content, TODAY)] == []
    assert cost(read(content, date(2027, 1, 2))) == 5_900_000


def test_a_code_that_was_confirmed_beforehand_is_not_asked_for(
    content: Path, tmp_path: Path
) -> None:
    file = as_excel_saves(own_rows(priced("NC-10M", "5.900.000")), tmp_path / "gia.csv")
    for sheet in (NEXT, SHEET):
        import_prices(
            file, sheet, ["NC-10M"], sure=True, ask=lambda _: False, say=list, content=content
        )
    assert [str(fault) for fault in check(content, TODAY)] == []
    assert cost(read(content, TODAY)) == 5_900_000


def test_a_price_that_the_next_sheet_contradicts_is_refused_with_the_place(
    content: Path, tmp_path: Path
) -> None:
    file = as_excel_saves(own_rows(priced("NC-10M", "5.900.000")), tmp_path / "gia.csv")
    (line,) = refused(file, content, answers=(True,))
    assert line.startswith("content/bang-gia/ban-le-2027-01.csv:2: price_vnd: ")


def added(**cells: str) -> Change:
    def change(rows: Rows) -> None:
        for row in rows:
            row |= {name: "" for name in cells if name not in row}
        rows.append({"STT": "", "Mã hàng": "", "Tên hàng": "", "Giá bán": "", **cells})

    return change


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (priced("QT-16", "năm trăm"), [f"gia.csv:{ROW}: giá “năm trăm” không phải số đồng nguyên"]),
        (priced("QT-16", "590.000,5"), [f"gia.csv:{ROW}: giá “590.000,5” không phải"]),
        (priced("QT-16", "0"), [f"gia.csv:{ROW}: giá của QT-16 là 0 đồng"]),
        (priced("QT-16", ""), [f"gia.csv:{ROW}: QT-16 thiếu giá"]),
        (added(**{"Giá bán": "1000"}), [f"gia.csv:{AFTER}: thiếu mã"]),
        (
            added(**{"Mã hàng": "QT-16", "Giá bán": "590000"}),
            [f"gia.csv:{AFTER}: QT-16 đã có ở dòng {ROW}"],
        ),
        (
            added(**{"Mã hàng": "NC-99", "Giá bán": "590000"}),
            [f"dòng {AFTER}: NC-99: mã mới chưa có nhóm thuế (cột Thuế)"],
        ),
        (
            added(**{"Mã hàng": "NC-99", "Giá bán": "590000", "Thuế": "7%"}),
            [f"dòng {AFTER}: NC-99: không có nhóm thuế “7%”"],
        ),
        (
            added(**{"Mã hàng": "NC-10M ", "Giá bán": "590000", "ĐVT": "bộ"}),
            [f"gia.csv:{AFTER}: NC-10M đã có"],
        ),
        (
            added(**{"Mã hàng": "nc-99", "Giá bán": "590000", "Thuế": "8 %"}),
            [f"gia.csv:{AFTER}: unit: thiếu trường này"],
        ),
    ],
)
def test_each_fault_is_one_line_with_its_row(
    content: Path, tmp_path: Path, change: Change, expected: list[str]
) -> None:
    lines = refused(as_excel_saves(own_rows(change), tmp_path / "gia.csv"), content)
    assert len(lines) == len(expected)
    for line, start in zip(lines, expected, strict=True):
        assert line.startswith(start)


def test_a_table_that_says_something_else_than_a_products_page_is_refused_at_its_row(
    content: Path, tmp_path: Path
) -> None:
    def change(rows: Rows) -> None:
        for row in rows:
            row["Bảo hành"] = "12 tháng" if row["Mã hàng"] == "NC-18T" else ""

    (line,) = refused(as_excel_saves(own_rows(change), tmp_path / "gia.csv"), content)
    assert line.startswith("gia.csv:5: warranty_months: số tháng bảo hành của NC-18T là “12”")


def test_a_table_that_fits_several_sheets_asks_for_one(content: Path, tmp_path: Path) -> None:
    file = as_excel_saves(own_rows(), tmp_path / "gia.csv")
    (line,) = refused(file, content, sheet="")
    assert "BG-2026.11, BG-2027.01" in line
    assert "--sheet" in line
    (unknown,) = refused(file, content, sheet="BG-1999")
    assert "không có bảng giá BG-1999 còn hiệu lực" in unknown


def test_a_file_without_the_columns_of_prices_is_refused(content: Path, tmp_path: Path) -> None:
    file = tmp_path / "la.csv"
    file.write_text("Tên;Số lượng\nNồi;3\n", encoding="utf-8")
    (line,) = refused(file, content)
    assert line.startswith("la.csv:1: không thấy dòng tên cột")
    (missing,) = refused(tmp_path / "khong-co.xlsx", content)
    assert missing.startswith("khong-co.xlsx:1: không mở được")


def test_the_new_version_is_on_the_built_site(content: Path, tmp_path: Path) -> None:
    file = as_workbook(own_rows(priced("QT-16", "610.000")), tmp_path / "gia.xlsx")
    import_prices(file, SHEET, sure=True, ask=lambda _: False, say=list, content=content)
    output = build(tmp_path / "output", content).output
    page = (output / "bang-gia/ban-le-2026-11/index.html").read_text(encoding="utf-8")
    assert "610.000" in page
    assert (output / "bang-gia/ban-le-2026-11/v2/index.html").is_file()
    assert (output / f"bang-gia/ban-le-2026-11/{SHEET}-v3.pdf").is_file()


def test_the_task_says_what_it_does_and_ends_with_a_fault_in_words(tmp_path: Path) -> None:
    file = as_excel_saves(own_rows(priced("NC-10M", "620.000")), tmp_path / "gia.csv")

    def inv(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "invoke", "import-prices", *arguments],
            cwd=ROOT,
            env={**os.environ, "SOURCE_DATE_EPOCH": BUILD_EPOCH},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    asked = inv(str(file), "--sheet", SHEET)
    assert asked.returncode == 0, asked.stderr
    assert "NC-10M" in asked.stdout
    assert "Ghi BG-2026.11 phiên bản 3? (c/k)" in asked.stdout
    assert not (CONTENT / "bang-gia/ban-le-2026-11-v3.md").exists()
    wrong = inv(str(file))
    assert wrong.returncode == 1
    assert "--sheet" in wrong.stderr


def test_a_second_table_of_one_day_is_issued_the_next_day_and_a_third_changes_that(
    content: Path, tmp_path: Path
) -> None:
    issued = []
    for price in ("620.000", "630.000", "640.000"):
        file = as_excel_saves(own_rows(priced("NC-10M", price)), tmp_path / "gia.csv")
        import_prices(file, SHEET, sure=True, ask=lambda _: False, say=list, content=content)
        assert [str(fault) for fault in check(content, TODAY)] == []
        later = read(content, date(2026, 11, 25)).price_sheet_versions
        newest = max((one for one in later if one.id == SHEET), key=lambda one: one.version)
        issued.append((newest.version, newest.issued_on.day, newest.lines[0].price_vnd))
    assert issued == [(3, 23, 620_000), (4, 24, 630_000), (4, 24, 640_000)]
    assert cost(read(content, TODAY)) == 620_000
