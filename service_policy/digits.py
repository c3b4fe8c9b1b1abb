"""Numbers in words, as documents write money, and numbers as people type them: digits in ASCII."""

import re
import unicodedata
from typing import Final

_DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION: Final = 10**9
_PLACES: Final = ("triệu", "nghìn", "")


def dong_in_words(amount: int) -> str:
    """Say an amount of đồng: ``1005021`` is ``Một triệu không trăm lẻ năm nghìn không trăm …``.

    The words are those of the school book: mười and mươi, mốt, tư, lăm, lẻ. Below the first group
    every group of three is read in full, so that no place can be mistaken for another.

    Raises:
        ValueError: the amount is negative.
    """
    if amount < 0:
        raise ValueError(f"an amount owed cannot be negative: {amount}")
    words = number_in_words(amount)
    return f"{words[0].upper()}{words[1:]} đồng"


def number_in_words(number: int) -> str:
    """Say a whole number that is zero or more: ``1200`` is ``một nghìn hai trăm``."""
    return _number(number) if number else _DIGITS[0]


def _number(number: int) -> str:
    """Say a number above zero; thousands of millions are counted in billions (tỷ)."""
    billions, rest = divmod(number, _BILLION)
    said = [f"{_number(billions)} tỷ"] if billions else []
    for place, power in zip(_PLACES, (10**6, 10**3, 1), strict=True):
        group = rest // power % 1000
        if group:
            said.append(f"{_group(group, full=bool(said))} {place}".rstrip())
    return " ".join(said)


def _group(group: int, *, full: bool) -> str:
    """Say one to 999; ``full`` names the hundred even when it is zero."""
    hundreds, below = divmod(group, 100)
    tens, units = divmod(below, 10)
    said = [f"{_DIGITS[hundreds]} trăm"] if hundreds or full else []
    if tens == 0:
        if units:
            said.append(f"lẻ {_DIGITS[units]}" if said else _DIGITS[units])
        return " ".join(said)
    said.append("mười" if tens == 1 else f"{_DIGITS[tens]} mươi")
    if units:
        said.append(_unit(units, after_ten=tens == 1))
    return " ".join(said)


def _unit(units: int, *, after_ten: bool) -> str:
    """Say the last digit behind mười or mươi, where one, four and five have other names."""
    if units == 5:
        return "lăm"
    if after_ten:
        return _DIGITS[units]
    return {1: "mốt", 4: "tư"}.get(units, _DIGITS[units])


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
