"""Lists of cases as files that a spreadsheet opens and never executes.

Customers type what stands in these cells; `service_policy.spreadsheets` makes it harmless.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import xlsxwriter

from forms_api import contacts
from forms_api.desk.access import may_read_personal
from forms_api.desk.queue import what
from forms_api.loading import Loaded, load
from forms_api.main_text import words_of
from forms_api.portal import Portal
from forms_api.staff.people import Person
from forms_api.store import queues
from forms_api.words import SEGMENTS
from service_policy.calendar import VIETNAM
from service_policy.cases import Case, as_of
from service_policy.cases.states import STATE_WORDS
from service_policy.spreadsheets import harmless

Cell = str | int
MOST_CASES = 5000

COLUMNS = (
    "Mã phiếu", "Việc", "Khách hàng", "Ưu tiên", "Nhận lúc", "Phụ trách", "Đang giữ", "Tình trạng",
    "Hạn gần nhất", "Cam kết trật", "Đã ghi nợ (đồng)", "Còn phải trả (đồng)",
)  # fmt: skip
PERSONAL = ("Họ tên", "Điện thoại", "Email", "Nội dung")


@dataclass(frozen=True)
class Table:
    """Columns and rows, ready for either kind of file."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def table(portal: Portal, person: Person, now: datetime) -> Table:
    """Return all cases, the latest first; with personal columns where the reader may see them.

    Raises:
        StoreUnavailable: the store cannot be read.
    """
    rows = []
    for one in portal.store.read(lambda c: queues.everything(c, MOST_CASES)):
        reference = str(one.reference)
        loaded = portal.store.read(partial(load, reference=reference))
        case = as_of(loaded.case, portal.policy, now)
        dues = [promise.due_at for promise in case.promises if promise.is_open]
        missed = [promise.key for promise in case.promises if promise.missed_at is not None]
        cells: tuple[Cell, ...] = (
            reference,
            what(case.kind, case.category or case.topic, portal.policy),
            SEGMENTS[case.segment],
            "có" if case.priority else "",
            _moment(case.received_at),
            case.owner_department,
            case.holder_department,
            STATE_WORDS[case.state_at(now)],
            _moment(min(dues)) if dues else "",
            " ".join(missed),
            sum(debt.counted_vnd for debt in case.debts),
            case.open_vnd,
        )
        shown = may_read_personal(person, case, portal.policy.company)
        rows.append((*cells, *(_personal(case, loaded) if shown else ("", "", "", ""))))
    return Table((*COLUMNS, *PERSONAL), tuple(rows))


def as_csv(given: Table) -> bytes:
    """Write a table as CSV with a byte-order mark, which is how Excel knows UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(given.columns)
    writer.writerows(_harmless_row(row) for row in given.rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def as_xlsx(given: Table) -> bytes:
    """Write a table as XLSX: texts as texts, numbers as numbers, no formula, no link."""
    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(file, options)
    sheet = book.add_worksheet("Phiếu")
    bold = book.add_format({"bold": True})
    money = book.add_format({"num_format": "#,##0"})
    for column, title in enumerate(given.columns):
        sheet.write_string(0, column, title, bold)
    for number, row in enumerate(given.rows, 1):
        for column, cell in enumerate(_harmless_row(row)):
            if isinstance(cell, int):
                sheet.write_number(number, column, cell, money)
            else:
                sheet.write_string(number, column, cell)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(given.rows)), len(given.columns) - 1)
    sheet.set_column(0, len(given.columns) - 1, 18)
    book.close()
    return file.getvalue()


def _harmless_row(row: Sequence[Cell]) -> Iterable[Cell]:
    return [cell if isinstance(cell, int) else harmless(cell) for cell in row]


def _personal(case: Case, loaded: Loaded) -> tuple[str, str, str, str]:
    """Return who is told, every way to reach them, and the customer's own words, whole."""
    reached = contacts.of(loaded.private)
    names = dict.fromkeys(one.name for one in reached if one.name)
    name = str(loaded.filed.get("name") or "")
    return (
        "; ".join(names) or name,
        "; ".join(contacts.phones(loaded.private)),
        "; ".join(contacts.emails(loaded.private)),
        words_of(case.kind, loaded.filed),
    )


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(VIETNAM):%Y-%m-%d %H:%M}"
