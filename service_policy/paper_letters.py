"""The letters that paper can show: those that all the fonts of our papers have.

What has an obvious equivalent is replaced before it is printed; the checker refuses the rest, so
that no paper fails on the day it is made.
"""

import unicodedata

_RANGES = """
    20-7e a0-107 10a-113 116-11b 11e-121 126-12b 12e-131 139-13a 13d-13e 141-144 147-148 14c-14d
    150-155 158-15b 15e-16b 16e-17e 1a0-1a1 1af-1b0 1e6-1e7 2c6-2c7 2d8-2dc 300-304 306-30c 312
    31b 323 326-328 1e20-1e21 1e80-1e85 1e9e 1ea0-1ef9 2013-2014 2018-201a 201c-201e 2020-2022
    2026 2030 2039-203a 2044 2070 2074-2079 2080-2089 20ab-20ac 2122 215b-215e 2212 2215 2248
    2260 2264-2265
"""
"""Code points in hex, from a test that reads the fonts."""
_PAIRS = [part.partition("-") for part in _RANGES.split()]
LETTERS: frozenset[str] = frozenset(
    chr(point)
    for first, _, last in _PAIRS
    for point in range(int(first, 16), int(last or first, 16) + 1)
)
_EQUIVALENT = {
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f", ""),
    **dict.fromkeys("\u2010\u2011", "-"),
    **dict.fromkeys("\u202f\u2007", "\u00a0"),
    **dict.fromkeys("●▪◦‣■", "•"),
    **dict(zip("\u2012\u2015✓✔✗✘″′〜∼\t\n", "–—vvxx\"'~~ \n", strict=True)),
    "→": "->",
    "←": "<-",
    "⇒": "=>",
    "↔": "<->",
}
"""What stands for a letter that the fonts lack, or that paper has no use for."""
_AS_IT_IS = LETTERS.difference(_EQUIVALENT)


def on_paper(text: str) -> str:
    """Return a text as it is printed: letters without a shape are replaced where that is plain."""
    if _AS_IT_IS.issuperset(text):
        return text
    return "".join(_printed(letter) for letter in text)


def unprintable(text: str) -> tuple[tuple[int, str], ...]:
    """Return (place, letter) of everything that has neither a shape nor an equivalent."""
    if LETTERS.issuperset(text):
        return ()
    return tuple(
        (place, letter)
        for place, letter in enumerate(text)
        if not LETTERS.issuperset(_printed(letter).replace("\n", ""))
    )


def _printed(letter: str) -> str:
    if letter in _AS_IT_IS:
        return letter
    if letter in _EQUIVALENT:
        return _EQUIVALENT[letter]
    # Full-width forms, ligatures, ㎡, ℃, Roman numerals: the same letters in another dress.
    plain = unicodedata.normalize("NFKC", letter)
    return plain if LETTERS.issuperset(plain) else letter
