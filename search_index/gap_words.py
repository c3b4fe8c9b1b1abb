"""What is kept of a search that found no answer: folded words, nothing that points to a person.

Left out are addresses of mail and of pages, every word with a digit in it (numbers of phones,
invoices, cases, houses), and the names of places and streets behind such a number or behind a word
for a place. A name that is typed in lower case without either cannot be told from other words.
"""

import re
from itertools import zip_longest
from typing import Final

from search_index.text import SURFACE, fold, nfc, normal

LONGEST: Final = 100
"""Characters of folded words that are kept of one search."""
LONGEST_WORD: Final = 20
"""No Vietnamese word is longer; codes and keys are."""
LONGEST_QUERY: Final = 200
_ADDRESS: Final = re.compile(r"@|://|^www\.|\.(?:vn|com|net|org|example)\b", re.IGNORECASE)
_PLACES: Final = frozenset(
    "duong pho ngo ngach hem kiet thon ap xom to khu xa phuong quan huyen tinh tp so".split()
)


def kept_words(query: str) -> str:
    """Return the folded words of a query that may be counted, or "" when none is left."""
    kept: list[str] = []
    naming = False
    query = nfc(query[:LONGEST_QUERY])
    # Whoever types in capitals only names nothing by them.
    pieces = (query.lower() if query.isupper() else query).split()
    for piece, after in zip_longest(pieces, pieces[1:], fillvalue=""):
        numbered = _has_digit(piece)
        if numbered or _ADDRESS.search(piece):
            naming = numbered and not piece.endswith(",")
            continue
        named = _is_name(piece)
        place = fold(piece.lower()).strip(".,:") in _PLACES
        if (naming and named) or (place and (_has_digit(after) or _is_name(after))):
            naming = not piece.endswith(",")
            continue
        naming = False
        kept += _words(piece)
    return _cut(kept)


def _has_digit(piece: str) -> bool:
    return any(character.isnumeric() for character in piece)


def _is_name(piece: str) -> bool:
    return piece[:1].isupper()


def _words(piece: str) -> list[str]:
    found = (fold(normal(surface)) for surface in SURFACE.findall(piece))
    return [word for word in found if len(word) <= LONGEST_WORD]


def _cut(words: list[str]) -> str:
    """Join words up to the limit of length; a single letter alone asks nothing."""
    text = ""
    for word in words:
        longer = f"{text} {word}".strip()
        if len(longer) > LONGEST:
            break
        text = longer
    return text if any(len(word) > 1 for word in words) else ""
