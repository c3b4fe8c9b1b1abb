"""How numbers and dates are written in a file: stated by whoever maps it, never guessed.

A style is an example or a pattern: ``1.234.567``, ``1,234,567.5``, ``dd/mm/yyyy hh:mm``. Without
one a number has no separators and a date is ISO 8601.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Final

_PLAIN: Final = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
_TOKENS: Final = {
    "yyyy": r"(?P<year>[0-9]{4})",
    "mm": r"(?P<month>[0-9]{1,2})",
    "dd": r"(?P<day>[0-9]{1,2})",
    "hh": r"(?P<hour>[0-9]{1,2})",
    "mi": r"(?P<minute>[0-9]{2})",
    "ss": r"(?P<second>[0-9]{2})",
}
_WORD: Final = re.compile(r"[a-z]+")
_EARLIEST, _LATEST = 2000, 2100


class BadStyle(ValueError):
    """Raised for a style that says nothing, or says it in two ways; tells what to write."""


@dataclass(frozen=True)
class NumberStyle:
    """Numbers with a sign between thousands, one before decimals, or both; empty: none."""

    group: str = ""
    decimal: str = "."

    def read(self, text: str) -> Fraction | None:
        """Return the number exactly, or None where the text is none of this style."""
        if not self.group:
            plain = text if self.decimal == "." else _swapped(text, self.decimal)
            return Fraction(plain) if _PLAIN.fullmatch(plain) else None
        whole, _, rest = text.partition(self.decimal)
        sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
        parts = digits.split(self.group)
        grouped = len(parts[0]) in (1, 2, 3) and all(len(one) == 3 for one in parts[1:])
        if not (grouped or len(parts) == 1):
            return None
        plain = sign + "".join(parts) + (f".{rest}" if rest else "")
        return Fraction(plain) if _PLAIN.fullmatch(plain) else None


def number_style(example: str) -> NumberStyle:
    """Return the style of an example such as ``1.234.567`` or ``1,234.5``.

    Raises:
        BadStyle: it is no number, or both readings are possible, as in ``1.234``.
    """
    signs = re.sub(r"[0-9]", "", example)
    if not re.fullmatch(r"[0-9]+([., ' ][0-9]+)*", example) or len(set(signs[:-1])) > 1:
        raise BadStyle("viết một số làm mẫu, ví dụ 1.234.567 hoặc 1,234.5")
    if not signs:
        return NumberStyle()
    first, last = signs[0], signs[-1]
    if first != last:
        return NumberStyle(first, last)
    if len(signs) > 1 or first in " ' ":
        return NumberStyle(first, "." if first == "," else ",")
    if re.fullmatch(r"[0-9]{1,3}[.,][0-9]{3}", example):
        raise BadStyle(f"{example} đọc được hai cách: viết mẫu dài hơn, như 1.234.567 hoặc 1234,5")
    return NumberStyle("", first)


@dataclass(frozen=True)
class DateStyle:
    """Dates by a pattern of ``dd``, ``mm``, ``yyyy``, and of ``hh:mm`` or ``hh:mm:ss``."""

    pattern: re.Pattern[str]
    has_time: bool

    def read(self, text: str) -> datetime | None:
        """Return day and time as they are on a clock in Vietnam; None where it is no such date."""
        found = self.pattern.fullmatch(text)
        return _moment(found) if found else None

    def last_in(self, text: str) -> datetime | None:
        """Return the last such date that stands somewhere in a text."""
        found = list(self.pattern.finditer(text))
        return _moment(found[-1]) if found else None


def date_style(pattern: str) -> DateStyle:
    """Return the style of a pattern such as ``dd/mm/yyyy`` or ``yyyy-mm-dd hh:mm``.

    Raises:
        BadStyle: it lacks day, month or a year of four digits, or has other letters.
    """
    wanted = re.sub(r"(?<=hh:)mm", "mi", pattern.strip().lower())
    found = _WORD.findall(wanted)
    if "yyyy" not in found or len(set(found)) != len(found) or not {"dd", "mm"} <= set(found):
        raise BadStyle("viết như dd/mm/yyyy hoặc dd/mm/yyyy hh:mm; năm bốn chữ số")
    if not set(found) <= _TOKENS.keys() or ("hh" in found) != ("mi" in found):
        raise BadStyle("chỉ dùng dd, mm, yyyy, rồi hh:mm hoặc hh:mm:ss")
    parts = re.split(r"([a-z]+)", wanted)
    made = "".join(_TOKENS.get(one) or re.escape(one) for one in parts)
    return DateStyle(re.compile(rf"(?<![0-9]){made}(?![0-9])"), "hh" in found)


ISO_DATE: Final[Callable[[str], datetime | None]] = date_style("yyyy-mm-dd").read


def is_believable(moment: datetime) -> bool:
    """Whether a date is of this century: another one is a slip."""
    return _EARLIEST <= moment.year < _LATEST


def _moment(found: re.Match[str]) -> datetime | None:
    part = {name: int(one) for name, one in found.groupdict().items()}
    clock = (part.get("hour", 0), part.get("minute", 0), part.get("second", 0))
    try:
        moment = datetime(part["year"], part["month"], part["day"], *clock)  # noqa: DTZ001
    except ValueError:
        return None
    return moment if is_believable(moment) else None


def _swapped(text: str, decimal: str) -> str:
    """Write a number with a decimal comma with a point; one with a point is none of this style."""
    return "" if "." in text else text.replace(decimal, ".")
