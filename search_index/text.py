"""What a word is: the rules of Vietnamese text that the index and every query share.

``js/text.mjs`` holds the same rules for the browser. ``tests/fixtures/text_rules.json`` is the
one list of examples that both must satisfy.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Letters and digits, and the combining marks after them that NFC could not merge. Characters above
# U+FFFF are left out: Python and JavaScript sort them differently, and an index whose terms are
# not in the order that the reader expects cannot be loaded.
_LETTER: Final = r"[^\W_\U00010000-\U0010ffff]"
SURFACE: Final = re.compile(rf"{_LETTER}(?:{_LETTER}|[\u0300-\u036f])*")
_MARKS: Final = re.compile(r"[\u0300-\u036f]+")
_TONES: Final = re.compile(r"[\u0300\u0301\u0303\u0309\u0323]")

# An open syllable in oa, oe or uy is written with its tone on the first vowel ("hòa", the way of
# the press and of the law) or on the second ("hoà"). After q the u belongs to the consonant.
_NEW_TO_OLD: Final[dict[str, str]] = {
    first + new: old + second
    for first, second, tones_first, tones_second in (
        ("o", "a", "òóỏõọ", "àáảãạ"),
        ("o", "e", "òóỏõọ", "èéẻẽẹ"),
        ("u", "y", "ùúủũụ", "ỳýỷỹỵ"),
    )
    for old, new in zip(tones_first, tones_second, strict=True)
}


def nfc(text: str) -> str:
    """Return ``text`` in Unicode normal form C."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return ``text`` without diacritics: ``Đường dây`` becomes ``Duong day``.

    The letter đ does not decompose in Unicode, so it is replaced by name.
    """
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text))
    return nfc(bare.replace("đ", "d").replace("Đ", "D"))


def without_tone(word: str) -> str:
    """The word without its tone, the letter's own mark kept: ``nhận`` becomes ``nhân``."""
    return nfc(_TONES.sub("", unicodedata.normalize("NFD", word)))


def place_tone(word: str) -> str:
    """Write the tone of a lower-case NFC word in the old place: ``hoà`` becomes ``hòa``."""
    old = _NEW_TO_OLD.get(word[-2:])
    return word[:-2] + old if old and word[-3:-2] != "q" else word


def normal(surface: str) -> str:
    """The one form under which a written word is indexed and looked up."""
    return place_tone(_MARKS.sub("", nfc(surface.lower())))


@lru_cache(maxsize=20_000)
def bare(item: str) -> str | None:
    """The folded form of a written word; None for what is no word. Kept, for texts repeat words."""
    return fold(normal(item)) if SURFACE.match(item) else None


def words(text: str) -> list[str]:
    """The normalised words of any text: lower case, letters and digits only."""
    return [normal(surface) for surface in SURFACE.findall(nfc(text))]


def terms(text: str) -> list[str]:
    """What is indexed of a text: each word folded and, when it has diacritics, also as it is."""
    found = []
    for word in words(text):
        bare = fold(word)
        found.append(bare)
        if bare != word:
            found.append(word)
    return found
