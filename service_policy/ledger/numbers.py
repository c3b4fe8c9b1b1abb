"""Reading cells that hold a number: whole đồng, counts, quantities and rates, exactly."""

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Final

from service_policy.digits import plain, two_readings
from service_policy.ledger.cells import Cell, Form, Read, as_text
from service_policy.ledger.columns import Column
from service_policy.ledger.faults import BadCell
from service_policy.ledger.formats import NumberStyle

MOST_VND: Final = 10**13
MOST_COUNT: Final = 10**9

_WHOLE = re.compile(r"(-?[0-9]{1,15})(?:\.0{1,2})?")


def _exact(cell: Cell, form: Form) -> Fraction:
    """Return a number exactly as it is written, or as a workbook keeps it."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Fraction(repr(cell)) if cell == cell and abs(cell) < 1e15 else _no_number()
    if not isinstance(cell, str):
        return _no_number()
    text = plain(as_text(cell))
    if form.number is not None:
        found = form.number.read(text)
        if found is None:
            raise BadCell("không phải số theo kiểu đã nêu trong tệp ánh xạ")
        return found
    if asked := two_readings(text.lstrip("-")):
        raise BadCell(f"{asked[0]} Nêu kiểu số trong tệp ánh xạ, hoặc viết số liền")
    found = NumberStyle().read(text)
    return found if found is not None else _no_number()


def _no_number() -> Fraction:
    raise BadCell("không phải số: viết chữ số liền nhau, hoặc nêu kiểu số trong tệp ánh xạ")


def whole(most: int, unit: str) -> Callable[[Column, Form], Read]:
    """Make what reads whole numbers of a unit, up to ``most``."""

    def make(column: Column, form: Form) -> Read:
        def read(cell: Cell) -> int:
            number = _integer(cell, form, unit)
            if number < 0 and not column.negative:
                raise BadCell("không được âm")
            if abs(number) > most:
                raise BadCell("lớn quá mức có thể")
            return number

        return read

    return make


def _integer(cell: Cell, form: Form, unit: str) -> int:
    if isinstance(cell, str) and form.number is None:
        text = plain(cell)
        if found := _WHOLE.fullmatch(text):
            return int(found[1])
        _exact(cell, form)  # Says what is doubtful about it, if anything is.
        raise BadCell(f"có phần lẻ hoặc dấu chia nghìn, mà {unit} là số nguyên")
    exact = _exact(cell, form)
    if exact.denominator != 1:
        raise BadCell(f"có phần lẻ, mà {unit} là số nguyên")
    return int(exact)


def scaled(scale: int, decimals: int, unit: str) -> Callable[[Column, Form], Read]:
    """Make what reads numbers with decimals as a whole number of ``scale`` parts each."""

    def make(column: Column, form: Form) -> Read:
        def read(cell: Cell) -> int:
            if isinstance(cell, str) and scale == 100:
                cell = cell.strip().removesuffix("%").rstrip()
            exact = _exact(cell, form) * (100 if form.share else 1)
            if scale == 100 and not form.share and 0 < exact < 1:
                raise BadCell("nhỏ hơn 1 %: nếu 0,08 nghĩa là 8 %, nêu share: true cho cột này")
            number = round(exact * scale)
            # A workbook keeps 0.1 + 0.2 with an error in the seventeenth digit.
            if abs(exact * scale - number) > (Fraction(1, 10**6) if isinstance(cell, float) else 0):
                raise BadCell(f"{unit} có nhiều nhất {decimals} chữ số lẻ")
            if number < 0 and not column.negative:
                raise BadCell("không được âm")
            if abs(number) > MOST_COUNT * scale:
                raise BadCell("lớn quá mức có thể")
            return number

        return read

    return make
