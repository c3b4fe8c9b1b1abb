"""Reading one cell by the kind of its column; what may mean two things is refused.

A cell is a text (CSV), or what a workbook keeps: a number, a date, a truth value. Messages are for
the company's bookkeeper; whoever shows them knows whether the value may stand beside them.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Final

from service_policy.digits import plain
from service_policy.ledger.cells import Cell, Form, Read, as_text
from service_policy.ledger.columns import Column
from service_policy.ledger.contacts import contact, tax_code
from service_policy.ledger.faults import BadCell
from service_policy.ledger.formats import ISO_DATE, is_believable
from service_policy.ledger.numbers import MOST_COUNT, MOST_VND, scaled, whole
from service_policy.promises.calendar import VIETNAM

KEPT: Final = "keep"
"""The word of a form that leaves a word as the file has it."""
LONGEST_TEXT: Final = 500
LONGEST_CODE: Final = 60

_POWER = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+[0-9]+")
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:\.[0-9]{1,6})?"
    r"(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_INVOICE = re.compile(r"([^:\s]{1,20})\s*[:/]\s*([0-9]{1,8})")
_YES: Final = frozenset(("true", "1", "có", "co", "x", "yes", "đúng"))
_NO: Final = frozenset(("false", "0", "không", "khong", "no", "sai"))
_ISO_DAY: Final = "viết như 2026-11-20, hoặc nêu kiểu ngày trong tệp ánh xạ"
_ISO_HOUR: Final = "viết như 2026-11-20T08:30, hoặc nêu kiểu ngày trong tệp ánh xạ"
_STATED: Final = "kiểu đã nêu trong tệp ánh xạ không đọc được"


def reader(column: Column, form: Form) -> Read:
    """Return what reads the cells of a column; each call raises ``BadCell`` for a cell that is not.

    A word that the form gives another word for is read as that one.
    """
    read = _KINDS[column.kind](column, form)
    if not form.words:
        return read

    def read_word(cell: Cell) -> Any:
        word = as_text(cell)
        ours = form.words.get(word.casefold(), form.other)
        if ours is None:
            raise BadCell("không có trong bảng từ của tệp ánh xạ")
        if ours == KEPT:
            return read(cell)
        return read(ours) if ours else None

    return read_word


def _text(_column: Column, _form: Form) -> Read:
    def read(cell: Cell) -> str:
        text = as_text(cell)
        if len(text) > LONGEST_TEXT:
            raise BadCell(f"dài hơn {LONGEST_TEXT} ký tự")
        return text

    return read


def _code(_column: Column, _form: Form) -> Read:
    def read(cell: Cell) -> str:
        text = as_text(cell)
        if len(text) > LONGEST_CODE:
            raise BadCell(f"mã dài hơn {LONGEST_CODE} ký tự")
        if _POWER.fullmatch(text):
            raise BadCell("mã đã bị bảng tính đổi thành số mũ: xuất lại với cột kiểu Text")
        return " ".join(text.split()) if " " in text else text

    return read


def _number(_column: Column, _form: Form) -> Read:
    def read(cell: Cell) -> str:
        text = plain(as_text(cell))
        if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= 99_999_999:
            raise BadCell("số hóa đơn là chữ số, nhiều nhất 8 chữ số")
        return str(int(text))

    return read


def _invoice(_column: Column, _form: Form) -> Read:
    def read(cell: Cell) -> str:
        found = _INVOICE.fullmatch(as_text(cell))
        if found is None or not int(found[2]):
            raise BadCell("viết ký hiệu, dấu hai chấm, số hóa đơn, như 1C26TAB:123")
        return f"{found[1]}:{int(found[2])}"

    return read


def _contact(_column: Column, _form: Form) -> Read:
    return lambda cell: contact(as_text(cell), typed=not isinstance(cell, str))


def _tax_code(_column: Column, _form: Form) -> Read:
    return lambda cell: tax_code(as_text(cell), typed=not isinstance(cell, str))


def _date(_column: Column, form: Form) -> Read:
    def read(cell: Cell) -> date:
        if isinstance(cell, datetime):
            return _believed(cell).date()
        if isinstance(cell, date):
            return _believed(datetime.combine(cell, time())).date()
        text = as_text(cell)
        found = form.date.read(text) if form.date else ISO_DATE(text)
        if found is None:
            raise BadCell(f"không phải ngày có thật; {_STATED if form.date else _ISO_DAY}")
        return found.date()

    return read


def _moment(_column: Column, form: Form) -> Read:
    def read(cell: Cell) -> datetime:
        if isinstance(cell, datetime):
            return _utc(_believed(cell), form, knows_time=True)
        if isinstance(cell, date):
            return _utc(datetime.combine(cell, time()), form, knows_time=False)
        text = as_text(cell)
        if form.date is not None:
            found = form.date.read(text)
            if found is None:
                raise BadCell(f"không phải ngày giờ có thật; {_STATED}")
            return _utc(found, form, knows_time=form.date.has_time)
        return _iso_moment(text, form)

    return read


def _iso_moment(text: str, form: Form) -> datetime:
    if (day := ISO_DATE(text)) is not None:
        return _utc(day, form, knows_time=False)
    try:
        found = datetime.fromisoformat(text) if _MOMENT.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None:
        raise BadCell(f"không phải ngày giờ có thật; {_ISO_HOUR}")
    return _utc(_believed(found), form, knows_time=True)


def _utc(moment: datetime, form: Form, *, knows_time: bool) -> datetime:
    """Return a moment in UTC; a day without its hour takes the hour that the mapping states."""
    if not knows_time:
        if form.at is None:
            raise BadCell("chỉ có ngày, chưa có giờ: nêu at: trong tệp ánh xạ, hoặc xuất cả giờ")
        moment = datetime.combine(moment.date(), form.at)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=VIETNAM)
    return moment.astimezone(UTC)


def _believed(moment: datetime) -> datetime:
    if not is_believable(moment):
        raise BadCell("năm không thể có")
    return moment


def _choice(column: Column, _form: Form) -> Read:
    known = {one.casefold(): one for one in column.choices}

    def read(cell: Cell) -> str:
        found = known.get(as_text(cell).casefold())
        if found is None:
            raise BadCell(f"phải là {', '.join(column.choices)}; từ khác thì ghi vào words")
        return found

    return read


def _flag(_column: Column, _form: Form) -> Read:
    def read(cell: Cell) -> bool:
        word = as_text(cell).casefold()
        if word in _YES or word in _NO:
            return word in _YES
        raise BadCell("phải là true hoặc false")

    return read


def _codes(column: Column, form: Form) -> Read:
    one = _code(column, form)
    return lambda cell: tuple(
        dict.fromkeys(one(part) for part in re.split(r"[,;]", as_text(cell)) if part.strip())
    )


_KINDS: Final[Mapping[str, Callable[[Column, Form], Read]]] = {
    "text": _text,
    "code": _code,
    "number": _number,
    "invoice": _invoice,
    "contact": _contact,
    "tax_code": _tax_code,
    "vnd": whole(MOST_VND, "số đồng"),
    "count": whole(MOST_COUNT, "số đếm"),
    "quantity": scaled(1000, 3, "số lượng"),
    "rate": scaled(100, 2, "thuế suất"),
    "date": _date,
    "moment": _moment,
    "choice": _choice,
    "flag": _flag,
    "codes": _codes,
}
