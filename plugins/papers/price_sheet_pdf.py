"""The PDF of a price sheet, for printing and for the shop's counter."""

from fractions import Fraction

from plugins.papers.frame import issue_paper
from plugins.papers.press import Press, period
from plugins.papers.price_table import Column, Table, Value
from plugins.papers.prose import blocks
from plugins.papers.typst_paper import Paper
from service_policy.price_sheets import PriceSheet
from service_policy.register import Issue
from theme.filters import date_vi, number_vi, percent_vi


def paper(press: Press, issue: Issue, sheet: PriceSheet, table: Table) -> Paper:
    """Return what the PDF of an issue is made from.

    The text under the table is left out once the prices no longer hold: it may speak of them.
    """
    withdrawn = press.validity(issue).withdrawn
    return issue_paper(
        press,
        issue,
        "price-sheet",
        kind="Bảng giá",
        summary=None if withdrawn else sheet.summary,
        facts=[
            ("Áp dụng", period(issue)),
            ("Công bố", date_vi(issue.issued_on)),
            ("Kiểm tra gần nhất", date_vi(sheet.last_checked)),
            ("Người duyệt", sheet.approved_by),
        ],
        conditions=list(sheet.conditions),
        table={
            "title": "Các dòng của bảng (không còn ghi giá)" if withdrawn else "Giá, đơn vị đồng",
            "count": f"Bảng có {table.size} dòng.",
            **shown(table),
        },
        changes=None if withdrawn else sheet.changes,
        body=[] if withdrawn else blocks(sheet.body, press.site_url),
    )


def shown(table: Table) -> dict[str, object]:
    """Return a table in words; a column that says nothing in any line is left out."""
    rows = [row for group in table.groups for row in group.rows]
    kept = [
        place for place in range(len(table.columns)) if any(row[place] is not None for row in rows)
    ]
    first_price = next((one for one in table.columns if one.kind == "vnd"), None)
    return {
        "columns": [
            {
                "title": column.short,
                "number": column.kind != "text",
                "wide": column.title == "Tên",
                "strong": column is first_price,
            }
            for column in (table.columns[place] for place in kept)
        ],
        "groups": [
            {
                "title": group.title,
                "rows": [
                    [_words(row[place], table.columns[place]) for place in kept]
                    for row in group.rows
                ],
            }
            for group in table.groups
        ],
    }


def _words(value: Value, column: Column) -> str:
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if column.kind == "percent":
        return percent_vi(Fraction(value))
    return number_vi(value)
