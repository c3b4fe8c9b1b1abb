"""The rows of a bank's statement as payments, by the layout that the company wrote down.

Formats are stated and never guessed: ``1.234`` is a thousand to one bank and a little more than
one to another. Title rows above the header and totals below the last row are left out; a row that
has an id of a transaction and is wrong otherwise is a fault, and the file is refused whole.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from service_policy.banks import StatementLayout
from service_policy.paying.accounts import references_in
from service_policy.text import folded, nfc

MOST_FAULTS = 500
_DATES = {"dd/mm/yyyy": "%d/%m/%Y", "dd-mm-yyyy": "%d-%m-%Y", "yyyy-mm-dd": "%Y-%m-%d"}
_NUMBERS = {
    "1234567": (re.compile(r"-?[0-9]+"), ""),
    "1.234.567": (re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})*|-?[0-9]+"), "."),
    "1,234,567": (re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})*|-?[0-9]+"), ","),
}
_LONGEST_REFERENCE = 60


@dataclass(frozen=True)
class BankLine:
    """A transaction as the bank wrote it down: ``vnd`` is negative when money went out.

    ``reference`` is the bank's own id of it, by which it is known when it comes a second time.
    """

    row: int
    reference: str
    booked_on: date
    vnd: int
    memo: str


class BadStatement(ValueError):
    """Raised for a file that is no statement of this layout; every fault, in Vietnamese."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(faults[0])
        self.faults = tuple(faults[:MOST_FAULTS])


def read_rows(
    rows: Iterable[Sequence[str]], layout: StatementLayout, today: date
) -> tuple[BankLine, ...]:
    """Return the transactions of a statement, in the order of the file.

    Raises:
        BadStatement: the columns of the layout are not there, or rows cannot be read.
    """
    places: dict[str, int] | None = None
    lines: list[BankLine] = []
    faults: list[str] = []
    for number, row in enumerate(rows, 1):
        cells = [nfc(one).strip() for one in row]
        if places is None:
            places = _header(cells, layout)
            continue
        try:
            line = _line(number, cells, places, layout, today)
        except ValueError as fault:
            faults.append(f"dòng {number}: {fault}")
            continue
        if line is not None:
            lines.append(line)
    if places is None:
        wanted = ", ".join(_columns(layout).values())
        raise BadStatement([f"không thấy dòng tên cột có đủ: {wanted}"])
    faults += _twice(lines)
    if faults:
        raise BadStatement(faults)
    return tuple(lines)


def _columns(layout: StatementLayout) -> dict[str, str]:
    names = ("booked_on", "memo", "reference", "debit", "credit", "amount")
    return {name: given for name in names if (given := getattr(layout, name)) is not None}


def _header(cells: Sequence[str], layout: StatementLayout) -> dict[str, int] | None:
    known: dict[str, int] = {}
    for place, one in enumerate(cells):
        known.setdefault(_plain(one), place)
    places = {name: known.get(_plain(column)) for name, column in _columns(layout).items()}
    return None if None in places.values() else {k: v for k, v in places.items() if v is not None}


def _line(
    number: int,
    cells: Sequence[str],
    places: dict[str, int],
    layout: StatementLayout,
    today: date,
) -> BankLine | None:
    """Read a row; None for one without an id of a transaction: a total, a blank, a footer."""
    found = {name: cells[at] if at < len(cells) else "" for name, at in places.items()}
    reference = found["reference"]
    if not reference:
        return None
    if len(reference) > _LONGEST_REFERENCE:
        raise ValueError(f"{layout.reference} dài quá {_LONGEST_REFERENCE} ký tự")
    booked = _day(found["booked_on"], layout)
    if booked > today:
        raise ValueError(f"{layout.booked_on} ở tương lai")
    if layout.amount is not None:
        vnd = _sum(found["amount"], layout, layout.amount)
    else:
        out = _sum(found["debit"] or "0", layout, str(layout.debit))
        into = _sum(found["credit"] or "0", layout, str(layout.credit))
        if out < 0 or into < 0 or (out and into):
            raise ValueError("tiền ra và tiền vào cùng có số, hoặc mang dấu trừ")
        vnd = into - out
    return BankLine(number, reference, booked, vnd, found["memo"])


def _day(text: str, layout: StatementLayout) -> date:
    # Workbooks give a real date in this one form, whatever the cell shows.
    for shape in (_DATES[layout.dates], "%Y-%m-%d"):
        try:
            return datetime.strptime(text[:10], shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ValueError(f"{layout.booked_on} không theo {layout.dates}")


def _sum(text: str, layout: StatementLayout, column: str) -> int:
    pattern, sign = _NUMBERS[layout.numbers]
    plain = "".join(text.split()).removesuffix("VND").removesuffix("đ")
    if not pattern.fullmatch(plain):
        raise ValueError(f"{column} không theo {layout.numbers}")
    return int(plain.replace(sign, "") if sign else plain)


def _twice(lines: Sequence[BankLine]) -> list[str]:
    """Find ids that stand for two transfers; a fee that shares its transfer's id names no case."""
    first: dict[str, BankLine] = {}
    faults = []
    for line in lines:
        if not references_in(line.memo):
            continue
        known = first.setdefault(line.reference, line)
        if (known.vnd, known.booked_on) != (line.vnd, line.booked_on):
            faults.append(f"dòng {line.row}: mã giao dịch của dòng {known.row}, số tiền khác")
    return faults


def _plain(text: str) -> str:
    return " ".join(folded(nfc(text)).split())
