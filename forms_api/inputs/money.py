"""Amounts of money as people type them, into whole đồng, and numbers of things.

A separator with exactly three digits behind it groups, as on every Vietnamese price tag; with one
or two digits behind it, it begins the decimals. Where two readings are possible, a thousandfold
apart, the amount is asked back with both of them.
"""

import re
from fractions import Fraction

from forms_api.inputs.text import BadInput, digits_and_signs
from service_policy.text import vnd as written
from service_policy.text import whole

MOST = 10**12
"""A thousand billion đồng; more is a slip of the finger."""

_EXAMPLES = "Nhập số tiền bằng đồng, ví dụ 1.200.000, 500k hoặc 1tr2."
_CURRENCY = re.compile(r"(?:đồng|dong|vnđ|vnd|đ|₫)$")
_CURRENCY_FIRST = re.compile(r"^(?:vnđ|vnd|₫|đ)\s?")
_GROUPED = re.compile(r"[0-9]{1,3}(?P<sign>[., ])[0-9]{3}(?:(?P=sign)[0-9]{3})*")
_NO_DECIMALS = re.compile(r"(?P<whole>[0-9]{1,3}(?:(?P<sign>[.,])[0-9]{3})+)(?!(?P=sign))[.,]00?")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}([., ])\d{3}(?:\1\d{3})*", re.ASCII)
_DECIMALS = re.compile(r"[0-9]{1,6}[.,][0-9]{1,2}")
_UNITS = {
    **dict.fromkeys(("k", "nghìn", "ngàn", "nghin", "ngan"), 10**3),
    **dict.fromkeys(("tr", "triệu", "trieu"), 10**6),
    **dict.fromkeys(("tỷ", "tỉ", "ty", "ti"), 10**9),
}
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_PART = re.compile(rf"\s?(?P<number>[0-9][0-9., ]*?)\s?(?P<unit>{_UNIT}|$)")


def vnd(text: str) -> int:
    """Read an amount: ``1.200.000đ``, ``1,200,000``, ``500k``, ``1.250k``, ``1tr2``, ``1,5 triệu``.

    In ``1tr2`` the digits after the unit are its decimals (1,200,000); with ``k`` after them they
    are thousands (``1tr200k``).
    """
    typed = digits_and_signs(text, 40).lower().rstrip(" .")
    typed = _CURRENCY_FIRST.sub("", _CURRENCY.sub("", typed).rstrip())
    amount = _plain(typed) if re.fullmatch(r"[0-9., ]+", typed) else _with_units(typed)
    if amount is None:
        raise BadInput(_EXAMPLES)
    if amount > MOST:
        raise BadInput("Số tiền này quá lớn; kiểm tra lại các số 0.")
    return amount


def count(text: str, most: int = 100_000) -> int:
    """Read how many: a whole number from 1; a thousand may be written ``1.000``."""
    typed = digits_and_signs(text, 40)
    plain = re.sub("[., ]", "", typed) if _THOUSANDS.fullmatch(typed) else typed
    if not (plain.isascii() and plain.isdigit()) or int(plain) < 1:
        raise BadInput("Ghi một số nguyên từ 1, ví dụ 20.")
    if int(plain) > most:
        raise BadInput(f"Số này quá lớn; nhiều nhất là {whole(most)}.")
    return int(plain)


def _plain(typed: str) -> int | None:
    """Read digits alone, or in groups of three; decimals of a đồng are there only as zeros."""
    if found := _NO_DECIMALS.fullmatch(typed):
        typed = found["whole"]
    if typed.isdigit():
        return int(typed)
    # Groups never begin with a zero: "0.500" may be anything.
    grouped = _GROUPED.fullmatch(typed) and not typed.startswith("0")
    return int(re.sub("[., ]", "", typed)) if grouped else None


def _with_units(typed: str) -> int | None:
    """Read ``2 tỷ 500 triệu``, ``1tr2``, ``500k``: each part smaller than the unit before it."""
    amount, last, at = Fraction(0), 0, 0
    while at < len(typed):
        part = _PART.match(typed, at)
        if part is None:
            return None
        at = part.end()
        value, unit = _part(part["number"], part["unit"], last)
        if value is None or (last and value >= last):
            return None
        amount, last = amount + value, unit
    return int(amount) if at and amount.denominator == 1 else None


def _part(number: str, unit_words: str, last: int) -> tuple[Fraction | None, int]:
    """Read one part and its unit; ``last`` is the unit of the part before, 0 for the first."""
    unit = _UNITS.get(unit_words, 1)
    if unit == 1 and last >= 10**6 and number.isdigit() and len(number) <= 3:
        return Fraction(int(number) * last, 10 ** len(number)), 1
    if unit == 1 and (last < 10**6 or not _GROUPED.fullmatch(number)):
        return None, 1
    if last and not number.isdigit():
        # Behind another unit decimals would be a riddle: "1.5tr2", "1tr2,5k".
        return (Fraction(int(re.sub("[., ]", "", number))), 1) if unit == 1 else (None, 1)
    if number.isdigit():
        return Fraction(int(number) * unit), unit
    if _GROUPED.fullmatch(number):
        return Fraction(_grouped(number, unit, unit_words)), unit
    if not _DECIMALS.fullmatch(number):
        return None, unit
    # Decimals say all: nothing may follow them.
    return Fraction(number.replace(",", ".")) * unit, 1


def _grouped(number: str, unit: int, unit_words: str) -> int:
    """Read a grouped number with a unit, unless it can as well be one of thousands less."""
    amount = int(re.sub("[., ]", "", number)) * unit
    other = amount // 1000
    decimal_comma = unit >= 10**6 and "," in number and number.count(",") == 1
    said_twice = unit == 10**3 and number.endswith("000") and amount >= 10**8
    # "0.250tr" is a quarter of a million, or a slip.
    if decimal_comma or said_twice or number.startswith("0"):
        raise BadInput(
            f"“{number} {unit_words}” đọc được hai cách: {written(amount)} hoặc {written(other)}. "
            "Viết đủ các chữ số, ví dụ 1.250.000."
        )
    return amount
