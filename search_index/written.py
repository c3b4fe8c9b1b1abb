"""Text as items and back: words, what stands between them, and where capitals surprise.

Twin of ``js/written.mjs``. An item is a word, or what stands between two words when that is not a
single space. Words that open a sentence have a capital there and nowhere else, so items are kept
in lower case and ``SHIFT`` stands before a word whose first letter is in the other case.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from search_index.text import SURFACE, nfc

SHIFT: Final = ""
"""An item that no text has; it turns the case of the word behind it."""

_ENDS_SENTENCE: Final = (".", "?", "!")


def items(text: str, *, opens: bool = True) -> Iterator[str]:
    """Split text into items; ``opens`` says whether its first word is expected with a capital."""
    text = " ".join(nfc(text).split())
    end = 0
    for match in SURFACE.finditer(text):
        gap = text[end : match.start()]
        if gap and gap != " ":
            yield gap
            opens = _opens(gap)
        yield from _word(match.group(), opens)
        opens = False
        end = match.end()
    if text[end:]:
        yield text[end:]


def shown(parts: Iterable[str], *, opens: bool = True) -> list[str]:
    """The items as they are read: without ``SHIFT``, words with their capitals."""
    found: list[str] = []
    shifted = False
    for part in parts:
        if part == SHIFT:
            shifted = True
        elif SURFACE.match(part):
            found.append(_capital(part) if opens != shifted else part)
            opens = shifted = False
        else:
            found.append(part)
            opens = _opens(part)
    return found


def _word(word: str, opens: bool) -> Iterator[str]:
    lower = word[0].lower() + word[1:]
    if _capital(lower) == lower or word not in (lower, _capital(lower)):
        # A letter without a case, or one whose case cannot be turned and turned back.
        shift = opens and _capital(word) != word
    else:
        shift = opens != (word != lower)
        word = lower
    if shift:
        yield SHIFT
    yield word


def _capital(word: str) -> str:
    """The word with a capital, or as it is when its first letter has none of its own."""
    upper = word[0].upper()
    return upper + word[1:] if len(upper) == 1 and upper.lower() == word[0] else word


def _opens(gap: str) -> bool:
    """Whether a sentence begins after what stands between two words."""
    return gap.endswith(" ") and any(mark in gap for mark in _ENDS_SENTENCE)
