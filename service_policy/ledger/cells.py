"""A cell of a file, and how the file writes its column."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from service_policy.ledger.faults import BadCell
from service_policy.ledger.formats import DateStyle, NumberStyle
from service_policy.text import nfc

Cell = str | int | float | bool | datetime | date | time | None
Read = Callable[[Cell], Any]
"""Reads a cell that holds something; raises ``BadCell``."""

_ERRORS = frozenset(("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"))
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True)
class Form:
    """How a file writes a column, as its mapping states it; nothing stated: our own way.

    ``at`` is the hour in Vietnam that stands for a moment of which the file knows the day only.
    ``words`` gives our word for each of the file's; ``other`` is what any further word means, and
    None where it is a fault. ``share``: a rate is written as a part of one, 0.08 for 8 %.
    """

    number: NumberStyle | None = None
    date: DateStyle | None = None
    at: time | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    other: str | None = None
    share: bool = False


OUR_OWN = Form()
"""How our own tables are written."""


def as_text(cell: Cell) -> str:
    """Return a cell as one line of text in NFC, without white space around it.

    Raises:
        BadCell: it has characters that nobody can see or write.
    """
    if not isinstance(cell, str):
        return "" if cell is None else _typed(cell)
    text = cell.strip() if cell.isascii() else nfc(cell).strip(" \t\r\n\u00a0\u200b\ufeff")
    if text[:1] == "#" and text in _ERRORS:
        raise BadCell("ô báo lỗi của bảng tính: sửa công thức, hoặc gõ giá trị")
    if not text.isprintable():
        if _CONTROL.search(text):
            raise BadCell("có ký tự điều khiển")
        text = " ".join(text.split())
    return text


def _typed(cell: int | float | bool | date | time) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        if abs(cell) >= 1e15:
            raise BadCell("mã dài hơn 15 chữ số mà Excel giữ như số: định dạng cột là Text")
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)
