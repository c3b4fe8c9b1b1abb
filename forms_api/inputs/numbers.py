"""Whole numbers of things."""

import re

from forms_api.inputs.text import BadInput, digits_and_signs
from service_policy.text import whole

_GROUPED = re.compile(r"[1-9]\d{0,2}([., ])\d{3}(?:\1\d{3})*", re.ASCII)
_LONGEST = 40


def count(text: str, most: int = 100_000) -> int:
    """Read how many: a whole number from 1; a thousand may be written ``1.000``."""
    typed = digits_and_signs(text, _LONGEST)
    plain = re.sub("[., ]", "", typed) if _GROUPED.fullmatch(typed) else typed
    if not (plain.isascii() and plain.isdigit()) or int(plain) < 1:
        raise BadInput("Ghi một số nguyên từ 1, ví dụ 20.")
    if int(plain) > most:
        raise BadInput(f"Số này quá lớn; nhiều nhất là {whole(most)}.")
    return int(plain)
