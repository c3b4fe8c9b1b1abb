"""Money in words, as a Vietnamese document writes it beside the figures."""

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
