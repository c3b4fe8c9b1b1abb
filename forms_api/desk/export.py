"""Lists of cases as files that a spreadsheet opens and never executes.

Customers type what stands in these cells; `service_policy.csv_tables` makes it harmless. Files
are written row by row: how many cases there are is no question of memory.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from tempfile import TemporaryFile

import xlsxwriter

from forms_api import contacts, kinds
from forms_api.desk.access import may_read_personal
from forms_api.desk.chain import every_case
from forms_api.desk.queue import what
from forms_api.inputs import phone_words
from forms_api.kinds import ALL
from forms_api.kinds.saying import told
from forms_api.loading import Loaded
from forms_api.portal import Portal
from forms_api.staff.people import Person
from forms_api.words import segment
from service_policy.cases import Case, as_of
from service_policy.cases.core.parts import STATE_WORDS
from service_policy.csv_tables import exact, harmless
from service_policy.promises.calendar import VIETNAM
from service_policy.promises.policy import Policy

Cell = str | int
COLUMNS = (
    "Mã phiếu", "Việc", "Khách hàng", "Ưu tiên", "Nhận lúc", "Phụ trách", "Đang giữ", "Tình trạng",
    "Hạn gần nhất", "Cam kết trật", "Đã ghi nợ (đồng)", "Còn phải trả (đồng)",
)  # fmt: skip
_PIECE = 64 * 1024
PERSONAL = ("Họ tên", "Điện thoại", "Email", "Nội dung")
ASKED = tuple(dict.fromkeys(one.called for kind in ALL for one in kind.exported()))
"""What single kinds ask and want in a column; it is personal as well."""
_ALL = (*COLUMNS, *PERSONAL, *ASKED)


Row = tuple[Cell, ...]


class Phone(str):
    """Phone numbers with ``; `` between them, which a CSV file writes as they are dialled."""

    __slots__ = ()


def rows(portal: Portal, person: Person, now: datetime) -> Iterator[Row]:
    """Go through all cases, the latest first; personal columns are filled where one may see them.

    The first row holds the titles of the columns. However many cases there are, only a handful
    are in memory.

    Raises:
        StoreUnavailable: the store cannot be read (any more).
    """
    yield _ALL
    company = portal.policy.company
    for loaded in every_case(portal):
        case = as_of(loaded.case, portal.policy, now)
        shown = may_read_personal(person, case, company)
        personal = _personal(case, loaded) if shown else ("",) * len((*PERSONAL, *ASKED))
        yield (*_row(loaded.reference, case, portal.policy, now), *personal)


def _row(reference: str, case: Case, policy: Policy, now: datetime) -> Row:
    missed = [promise.key for promise in case.promises if promise.missed_at is not None]
    return (
        reference,
        what(case.kind, case.category or case.topic, policy),
        segment(case.segment, policy.matrix),
        "có" if case.priority else "",
        _moment(case.received_at),
        policy.company.department_name(case.owner_department),
        policy.company.department_name(case.holder_department),
        STATE_WORDS[case.state_at(now)],
        _moment(case.next_due_at) if case.next_due_at else "",
        " ".join(missed),
        sum(debt.counted_vnd for debt in case.debts),
        case.open_vnd,
    )


def as_csv(given: Iterable[Row]) -> Iterator[bytes]:
    """Write CSV, row by row, with a byte-order mark, which is how Excel knows UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    yield b"\xef\xbb\xbf"
    for row in given:
        writer.writerow([_in_csv(cell) for cell in row])
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()


def as_xlsx(given: Iterable[Row]) -> Iterator[bytes]:
    """Write XLSX over files on disk: texts exactly as they are, no formula, no link."""
    with TemporaryFile() as file:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        book = xlsxwriter.Workbook(file, options)
        last = _fill(book, given)
        sheet = book.worksheets()[0]
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(1, last), len(_ALL) - 1)
        book.close()
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


def _fill(book: xlsxwriter.Workbook, given: Iterable[Row]) -> int:
    """Write the rows and return the number of the last one."""
    sheet = book.add_worksheet("Phiếu")
    sheet.set_column(0, len(_ALL) - 1, 18)
    bold = book.add_format({"bold": True})
    money = book.add_format({"num_format": "#,##0"})
    # The format of a text: it stays one when somebody edits the cell.
    as_text = book.add_format({"num_format": "@"})
    number = 0
    for number, row in enumerate(given):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(number, column, cell, money)
            else:
                sheet.write_string(number, column, exact(cell), as_text if number else bold)
    return number


def _in_csv(cell: Cell) -> Cell:
    if isinstance(cell, Phone):
        # As it is dialled, in groups: a spreadsheet makes a float of +84…, and without the groups
        # it takes 0912… for a number and drops the zero.
        words = (phone_words(one).replace("+", "00", 1) for one in cell.split("; ") if one)
        return harmless("; ".join(words))
    return cell if isinstance(cell, int) else harmless(cell)


def _personal(case: Case, loaded: Loaded) -> tuple[str, ...]:
    """Return who is told, every way to reach them, the customer's own words, and what was asked."""
    reached = contacts.of(loaded.private)
    names = dict.fromkeys(one.name for one in reached if one.name)
    name = str(loaded.filed.get("name") or "")
    return (
        "; ".join(names) or name,
        Phone("; ".join(contacts.phones(loaded.private))),
        "; ".join(contacts.emails(loaded.private)),
        kinds.words_of(case.kind, loaded.filed),
        *_asked(case.kind, loaded),
    )


def _asked(kind: str, loaded: Loaded) -> Iterator[str]:
    found = kinds.find(kind)
    answers = {
        one.called: told(one, loaded.filed[one.name])
        for one in (found.exported() if found else ())
        if loaded.filed.get(one.name) is not None
    }
    return (answers.get(title, "") for title in ASKED)


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(VIETNAM):%Y-%m-%d %H:%M}"
