"""Thirteen ways of typing the same question, by rules."""

import random
import re
import unicodedata
from collections.abc import Callable
from typing import Final

from search_index.keyboards import keystrokes
from search_index.text import SURFACE, fold

Way = Callable[[str, random.Random], str]

_KEYS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SHORT: Final = {
    "không": "k", "được": "dc", "bao nhiêu": "bn", "như thế nào": "ntn", "gì": "j",
    "với": "vs", "rồi": "r", "bây giờ": "bjo", "vậy": "v", "sản phẩm": "sp", "bảo hành": "bh",
    "hóa đơn": "hd", "điện thoại": "dt", "giờ": "h", "biết": "bit", "quá": "wa",
}  # fmt: skip
_ENGLISH: Final = {
    "giao hàng": "ship", "hóa đơn": "invoice", "giá": "price", "đơn hàng": "order",
    "hoàn tiền": "refund", "hủy": "cancel", "bảo hành": "warranty", "giảm giá": "sale",
    "kiểm tra": "check", "thanh toán": "payment", "lỗi": "error", "dịch vụ": "service",
}  # fmt: skip
_OLD_TONES: Final = {
    "òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ", "óe": "oé", "ỏe": "oẻ",
    "ủy": "uỷ", "ùy": "uỳ", "úy": "uý", "ụy": "uỵ", "ũy": "uỹ",
}  # fmt: skip


def _word_by_word(text: str, change: Callable[[str], str]) -> str:
    return SURFACE.sub(lambda match: change(match.group()), text)


def _partly(text: str, chance: random.Random) -> str:
    return _word_by_word(text, lambda word: fold(word) if chance.random() < 0.5 else word)


def _telex(text: str, _: random.Random) -> str:
    return _word_by_word(text, lambda word: keystrokes(word.lower())[0])


def _vni(text: str, _: random.Random) -> str:
    numbers = re.compile(r"\D*\d")
    return _word_by_word(
        text, lambda word: next((k for k in keystrokes(word.lower()) if numbers.match(k)), word)
    )


def _typo(text: str, chance: random.Random) -> str:
    """One slip in every fourth word or so, at least one: a swap, a miss, a double, a neighbour."""
    places = [match.span() for match in SURFACE.finditer(text) if len(match.group()) > 2]
    if not places:
        return ""
    for start, end in sorted(chance.sample(places, 1 + len(places) // 5), reverse=True):
        text = text[:start] + _slip(text[start:end], chance) + text[end:]
    return text


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word) - 1)
    kind = chance.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[:at] + word[at] + word[at:]
    return word[:at] + _beside(word[at], chance) + word[at + 1 :]


def _beside(letter: str, chance: random.Random) -> str:
    row = next((keys for keys in _KEYS if letter in keys), "")
    at = row.find(letter)
    return chance.choice([row[n] for n in (at - 1, at + 1) if 0 <= n < len(row)] or [letter])


def _replaced(text: str, parts: dict[str, str], before: str = r"(?i)\b") -> str:
    for one, other in parts.items():
        text = re.sub(rf"{before}{one}\b", other, text)
    return text


def _beginning(text: str) -> str:
    return text[: max(4, round(len(text) * 0.6))].rstrip()


WAYS: Final[dict[str, Way]] = {
    "as is": lambda text, _: text,
    "no accents": lambda text, _: fold(text),
    "partly accented": _partly,
    "Telex": _telex,
    "VNI": _vni,
    "typo": _typo,
    "typo, no accents": lambda text, chance: _typo(fold(text), chance),
    "teencode": lambda text, _: _replaced(text, _SHORT),
    "other tone place": lambda text, _: _replaced(text, _OLD_TONES, "(?<!q)"),
    "NFD": lambda text, _: unicodedata.normalize("NFD", text),
    "beginning": lambda text, _: _beginning(text),
    "beginning, no accents": lambda text, _: _beginning(fold(text)),
    "mixed with English": lambda text, _: _replaced(text, _ENGLISH),
}
"""Name → how a phrase is typed; an empty text or the phrase itself says that it cannot be."""


NAMES_OF_SETS: Final = {
    "asis": "as is", "nodia": "no accents", "partial": "partly accented", "telex": "Telex",
    "vni": "VNI", "typo_nodia": "typo, no accents", "teen": "teencode", "tone": "other tone place",
    "nfd": "NFD", "prefix": "beginning", "prefix_nodia": "beginning, no accents",
    "mixed": "mixed with English",
}  # fmt: skip
"""What a development set calls the same ways."""

CORE: Final = (
    "as is", "no accents", "partly accented", "typo", "typo, no accents", "NFD", "beginning",
    "beginning, no accents",
)  # fmt: skip
"""The eight ways that no engine's own rules of spelling could have produced."""
