"""Characters that are no words: invisible ones, towers of marks, dashes of every kind.

Phones, PDF readers and word processors put such characters around what people copy: the contacts
of a phone wrap a number in U+202A … U+202C. They are taken out without a word, because nobody can
see them and nobody can retype what a machine adds. Every function is linear in its text.
"""

import re
import unicodedata
from typing import Final

MOST_MARKS: Final = 4
"""Combining marks that a letter keeps beyond its composed form. Vietnamese needs none, the scripts
that stack most (Tibetan, pointed Hebrew) three or four."""

_SORTABLE: Final = 16
"""Marks in a row that are brought into canonical order, which costs the square of their number."""

_INVISIBLE: Final = re.compile(
    "["
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufdd0-\ufdef\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "]"
)
"""What has no shape of its own: format characters, marks of direction, fillers, tags."""

_JOINING: Final = re.compile(
    "[\u200c\u200d\ufe0e\ufe0f\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]"
)
"""What shapes its neighbours: wanted in a text (emoji, Persian), of no use in a line."""

_WORD: Final = r"[^\x00-\x7f\s\u200c\u200d]"
_LOOSE_JOINER: Final = re.compile(f"[\u200c\u200d](?!{_WORD})|(?<!{_WORD})[\u200c\u200d]")
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_MORE_DASHES: Final = "\u02d7\u2043\u2212\u2500\u2501\u2796"
_SOFT_HYPHEN: Final = re.compile("(?<=\\w)\u00ad(?=\\w)")


def control(text: str) -> str | None:
    """Return the first control character or half of a surrogate pair in a text, if there is one."""
    found = _CONTROL.search(text)
    return found.group() if found else None


def visible(text: str, *, joiners: bool = False) -> str:
    """Take out what cannot be seen; ``joiners`` keeps those that stand between two signs."""
    seen = _INVISIBLE.sub("", text)
    return _LOOSE_JOINER.sub("", seen) if joiners else _JOINING.sub("", seen)


def composed(text: str) -> str:
    """Return the text in NFC, no letter with more than ``MOST_MARKS`` marks on top of it."""
    if text.isascii():
        return text
    return _fewer_marks(unicodedata.normalize("NFC", _fewer_marks(text, _SORTABLE)), MOST_MARKS)


def is_dash(one: str) -> bool:
    """Say whether a character is a dash, a minus or a line that is typed for one."""
    return one in _MORE_DASHES or unicodedata.category(one) == "Pd"


def with_plain_dashes(text: str) -> str:
    """Write every dash and minus as ``-``, and a soft hyphen between two characters, too."""
    return "".join("-" if is_dash(one) else one for one in _SOFT_HYPHEN.sub("-", text))


def _fewer_marks(text: str, most: int) -> str:
    """Keep at most ``most`` combining marks in a row."""
    marks = {one for one in set(text) if unicodedata.category(one) in ("Mn", "Me")}
    if not marks:
        return text
    kept, row = [], 0
    for one in text:
        row = row + 1 if one in marks else 0
        if row <= most:
            kept.append(one)
    return "".join(kept)
