"""Amounts of money as people type them, into whole đồng."""

import re
from fractions import Fraction

from forms_api.inputs.text import BadInput, digits_and_signs

MOST = 10**12
"""A thousand billion đồng; more is a slip of the finger."""

_EXAMPLES = "Nhập số tiền bằng đồng, ví dụ 1.200.000, 500k hoặc 1tr2."
_CURRENCY = re.compile(r"\s*(đồng|vnđ|vnd|đ|₫)$")
_GROUPED = re.compile(r"\d{1,3}([., ])\d{3}(?:\1\d{3})*")
_SHORT = re.compile(
    r"(?P<whole>\d{1,6})(?:[.,](?P<decimals>\d{1,3}))?\s?"
    r"(?P<unit>k|nghìn|ngàn|tr|triệu|tỷ|tỉ)(?:\s?(?P<rest>\d{1,3})(?P<k>\s?(?:k|nghìn|ngàn))?)?"
)
_UNITS = {
    "k": 10**3,
    "nghìn": 10**3,
    "ngàn": 10**3,
    "tr": 10**6,
    "triệu": 10**6,
    "tỷ": 10**9,
    "tỉ": 10**9,
}


def vnd(text: str) -> int:
    """Read an amount: ``1.200.000đ``, ``1,200,000``, ``500k``, ``1tr2``, ``1,5 triệu``.

    In ``1tr2`` the digits after the unit are its decimals (1,200,000); with ``k`` after them they
    are thousands (``1tr200k``).
    """
    typed = _CURRENCY.sub("", digits_and_signs(text, 40).lower())
    amount = _plain(typed) if re.fullmatch(r"[\d., ]+", typed) else _short(typed)
    if amount is None:
        raise BadInput(_EXAMPLES)
    if amount > MOST:
        raise BadInput("Số tiền này quá lớn; kiểm tra lại các số 0.")
    return amount


def _plain(typed: str) -> int | None:
    if typed.isdigit():
        return int(typed)
    return int(re.sub(r"\D", "", typed)) if _GROUPED.fullmatch(typed) else None


def _short(typed: str) -> int | None:
    found = _SHORT.fullmatch(typed)
    if found is None or (found["decimals"] and found["rest"]):
        return None
    unit = _UNITS[found["unit"]]
    amount = Fraction(f"{found['whole']}.{found['decimals'] or 0}") * unit
    rest = found["rest"]
    if rest and unit < 10**6:
        return None
    if rest:
        amount += int(rest) * (unit // 1000 if found["k"] else Fraction(unit, 10 ** len(rest)))
    return int(amount) if amount.denominator == 1 else None
