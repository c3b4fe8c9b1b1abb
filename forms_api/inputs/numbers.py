"""Whole numbers of things."""

import re

from forms_api.inputs.text import BadInput, digits_and_signs


def count(text: str, most: int = 100_000) -> int:
    """Read how many: a whole number from 1; a thousand may be written ``1.000``."""
    typed = digits_and_signs(text, 20)
    plain = re.sub(r"(?<=\d)[. ](?=\d{3}(?:\D|$))", "", typed)
    if not re.fullmatch(r"[0-9]{1,9}", plain) or not 1 <= int(plain) <= most:
        raise BadInput("Ghi một số nguyên từ 1, ví dụ 20.")
    return int(plain)
