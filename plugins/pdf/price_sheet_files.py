"""A price sheet for spreadsheets: a workbook, and a CSV with plain numbers.

Cells of the workbook have types, and values instead of formulas; a second sheet has the sheet's
particulars. Nothing in either file is executed by a spreadsheet.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Any, Final

import xlsxwriter

from plugins.pdf.press import Press, Validity, period
from plugins.pdf.price_table import Column, Table, Value
from service_policy.csv_tables import harmless
from service_policy.price_sheets import PriceSheet
from service_policy.register import Issue
from theme.filters import date_vi

PRICES: Final = "Bảng giá"
ABOUT: Final = "Thông tin"

_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDTHS: Final = {"text": 14, "vnd": 16, "percent": 11, "count": 14}
_LONG: Final = {"Tên": 48, "Nhóm hàng": 22}


def to_xlsx(press: Press, issue: Issue, sheet: PriceSheet, table: Table) -> bytes:
    """Write a workbook with the prices and a sheet that says which version this is.

    A sheet that does not hold today says so in rows above the names of the columns.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, _OPTIONS)
    company = press.library.company.name
    book.set_properties(
        {
            "title": f"{issue.title} ({issue.id}, phiên bản {issue.version})",
            "author": company,
            "company": company,
            # The day of issue, so that a workbook is the same whenever it is made.
            "created": datetime.combine(issue.issued_on, time()),
        }
    )
    colours = press.library.chrome.brand.scheme("light")
    _write_prices(book, press.validity(issue).lines, table, colours)
    _write_about(book, _about(press, issue, sheet, table))
    book.close()
    return file.getvalue()


def _write_prices(
    book: Any, notice: tuple[str, ...], table: Table, colours: Mapping[str, str]
) -> None:
    page = book.add_worksheet(PRICES)
    warning = book.add_format({"bold": True, "font_color": colours["son"].upper(), "font_size": 13})
    head = book.add_format(
        {
            "bold": True, "font_color": "#FFFFFF", "bg_color": colours["deep"].upper(),
            "text_wrap": True, "valign": "vcenter",
        }
    )  # fmt: skip
    formats = {
        "vnd": book.add_format({"num_format": "#,##0"}),
        "count": book.add_format({"num_format": "0"}),
        "percent": book.add_format({"num_format": "0%"}),
        "part": book.add_format({"num_format": "0.0###%"}),
    }
    for number, line in enumerate(notice):
        page.write_string(number, 0, harmless(line), warning)
    top = len(notice)
    columns, rows = table.flat()
    for place, column in enumerate(columns):
        page.write_string(top, place, column.title, head)
        page.set_column(place, place, _LONG.get(column.title, _WIDTHS[column.kind]))
    for number, row in enumerate(rows, top + 1):
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            _write(page, (number, place), column, value, formats)
    page.set_row(top, 32)
    page.freeze_panes(top + 1, 1)
    page.autofilter(top, 0, top + len(rows), len(columns) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(top)
    page.set_footer("&C&P/&N")


def _write(
    page: Any, at: tuple[int, int], column: Column, value: Value, formats: dict[str, Any]
) -> None:
    """Write one cell with the type of its column; nothing for a value that is not given."""
    if value is None:
        return
    if isinstance(value, str):
        page.write_string(*at, harmless(value))
    elif column.kind == "percent":
        whole = value == int(value)
        page.write_number(*at, float(value) / 100, formats["percent" if whole else "part"])
    else:
        page.write_number(*at, int(value), formats[column.kind])


def _write_about(book: Any, facts: Iterable[tuple[str, str | int]]) -> None:
    page = book.add_worksheet(ABOUT)
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "align": "left"})
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 90)
    for row, (name, value) in enumerate(facts):
        page.write_string(row, 0, name, bold)
        if isinstance(value, int):
            page.write_number(row, 1, value, wrapped)
        else:
            page.write_string(row, 1, harmless(value), wrapped)


def _about(
    press: Press, issue: Issue, sheet: PriceSheet, table: Table
) -> Iterable[tuple[str, str | int]]:
    company, validity = press.library.company, press.validity(issue)
    yield "Tên tài liệu", issue.title
    yield "Số hiệu", issue.id
    yield "Phiên bản", issue.version
    yield "Tình trạng", validity.headline
    if validity.instead:
        yield "Bản thay thế", validity.instead
    yield "Áp dụng", period(issue)
    yield "Công bố", date_vi(issue.issued_on)
    yield "Kiểm tra gần nhất", date_vi(sheet.last_checked)
    yield "Người duyệt", str(sheet.approved_by)
    yield "Số dòng", table.size
    for number, condition in enumerate(sheet.conditions, 1):
        yield f"Điều kiện {number}", condition
    yield "Kiểm tra bản này ở", press.address(issue.permalink)
    yield "Công ty", company.name
    yield "Liên hệ", f"{company.hotline}; {company.email}"
    if company.fictional and company.banner:
        yield "Lưu ý", company.banner


def to_csv(validity: Validity, table: Table) -> bytes:
    """Write a table as UTF-8 with a byte-order mark, which is how Excel knows UTF-8.

    The first line names the columns. A sheet that does not hold today says so in lines before it.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for line in validity.lines:
        writer.writerow([harmless(line)])
    columns, rows = table.flat()
    writer.writerow([column.title for column in columns])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> str:
    """Write a value; a rate is its number of per cent, an empty cell says nothing."""
    if value is None:
        return ""
    return harmless(value) if isinstance(value, str) else str(value)
