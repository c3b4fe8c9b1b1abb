"""Numbers as people type them: digits in ASCII, and a question where two readings are possible."""

import re
import unicodedata
from typing import Final

from service_policy.amount_in_words import number_in_words

_SIGNS: Final = {"．": ".", "，": ",", "－": "-", "−": "-", "＋": "+", "：": ":", "％": "%"}
_EITHER: Final = re.compile(r"([1-9][0-9]{0,2})[.,]([0-9]{3})")
_GROUPED: Final = re.compile(r"[1-9][0-9]{0,2}(?:([., \u00a0\u202f'])[0-9]{3})(?:\1[0-9]{3})*")


def plain(text: str) -> str:
    """Return a number with the digits 0 to 9, without the invisible characters around it.

    Full-width and mathematical digits are these digits in another dress (Unicode NFKC). A raised
    or circled one is not, and those of another script stay: whoever reads them decides.
    """
    if text.isascii():
        return text.strip()
    folded = (_SIGNS.get(one) or _digit(one) for one in text)
    return "".join(folded).strip()


def _digit(letter: str) -> str:
    if unicodedata.category(letter) == "Cf":
        return ""
    if letter.isascii() or not letter.isdecimal():
        return letter
    folded = unicodedata.normalize("NFKC", letter)
    return folded if folded.isascii() else letter


def grouped(text: str) -> int | None:
    """Return the whole number that ``1.200.000`` or ``1 200`` may mean, or None."""
    match = _GROUPED.fullmatch(text)
    return int(re.sub(r"[^0-9]", "", text)) if match else None


def two_readings(text: str) -> tuple[str, str] | None:
    """Return a question and how to answer it when a number may be a thousand times another.

    ``1.200`` is one thousand two hundred to a Vietnamese reader and 1.2 to a calculator. With no
    digit before the point, or none behind it in thousands, there is nothing to ask.
    """
    match = _EITHER.fullmatch(text)
    if match is None:
        return None
    first, rest = match.groups()
    decimals = rest.rstrip("0")
    whole = number_in_words(int(first + rest))
    broken = number_in_words(int(first))
    if decimals:
        broken = f"{broken} phẩy {' '.join(number_in_words(int(one)) for one in decimals)}"
    # Four decimals cannot be taken for thousands; the last of them is a zero.
    smaller = f"{first}.{rest}0" if len(decimals) == 3 else f"{first}.{decimals}".rstrip(".")
    return f"{text} là {whole} hay {broken}?", f"viết {first}{rest} hoặc {smaller}"
