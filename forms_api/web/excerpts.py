"""The best stretch of a document's text for a question, with the words found marked."""

import re

from markupsafe import Markup, escape

from search_index.text import SURFACE, fold, nfc, normal

LONGEST = 32
"""Words shown."""
LEAD = 6
"""Words shown before the first one found."""

_MARKED, _PLAIN = Markup("<mark>{}</mark>"), Markup("{}")


def excerpt(text: str, question: str) -> Markup:
    """Return about ``LONGEST`` words of ``text`` around the words of ``question``.

    Words are compared without diacritics; those found stand in ``<mark>``, everything else is
    escaped.
    """
    wanted = {fold(normal(word)) for word in SURFACE.findall(nfc(question))}
    words = list(SURFACE.finditer(text))
    hits = [fold(normal(word.group())) in wanted for word in words]
    first = _best_start(hits)
    shown = words[first : first + LONGEST]
    if not shown:
        return Markup()
    runs = _runs(shown, hits[first:])
    before = Markup("… ") if first else Markup()
    after = Markup(" …") if first + LONGEST < len(words) else escape(text[shown[-1].end() :])
    pieces = [before]
    position = shown[0].start()
    for start, end, hit in runs:
        pieces.append(escape(text[position:start]))
        pieces.append((_MARKED if hit else _PLAIN).format(text[start:end]))
        position = end
    return Markup().join([*pieces, after])


def _runs(words: list[re.Match[str]], hits: list[bool]) -> list[tuple[int, int, bool]]:
    """Join neighbouring words that are found, or not found, into (start, end, found)."""
    runs: list[tuple[int, int, bool]] = []
    for word, hit in zip(words, hits, strict=False):
        if runs and runs[-1][2] == hit and word.start() - runs[-1][1] == 1:
            runs[-1] = (runs[-1][0], word.end(), hit)
        else:
            runs.append((word.start(), word.end(), hit))
    return runs


def _best_start(hits: list[bool]) -> int:
    """Return the first word of the window that holds most hits, with a few words before it."""
    best, best_sum, current = 0, 0, 0
    for position, hit in enumerate(hits):
        current += hit
        if position >= LONGEST:
            current -= hits[position - LONGEST]
        if current > best_sum:
            best, best_sum = max(0, position - LONGEST + 1), current
    found = next((n for n in range(best, len(hits)) if hits[n]), 0)
    return max(0, found - LEAD)
