"""The best stretch of a document's text for a question, with the words found marked."""

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
    pieces = [Markup("… ") if first else Markup()]
    position = shown[0].start()
    for word, hit in zip(shown, hits[first:], strict=False):
        pieces.append(escape(text[position : word.start()]))
        pieces.append(
            Markup("<mark>{}</mark>").format(word.group()) if hit else escape(word.group())
        )
        position = word.end()
    rest = first + LONGEST < len(words)
    pieces.append(Markup(" …") if rest else escape(text[position:]))
    return Markup().join(pieces)


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
