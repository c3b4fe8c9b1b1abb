"""Text with the words found marked, safe to show."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from search_index.text import bare

_LENGTH: Final = 32
_LEAD: Final = 6


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that was or was not searched for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Marked:
    """Runs of text. Templates with autoescape show it escaped, hits in ``<mark>``."""

    runs: tuple[Run, ...]

    def __str__(self) -> str:
        return "".join(run.text for run in self.runs)

    def __html__(self) -> str:
        return "".join(
            f"<mark>{escape(run.text)}</mark>" if run.hit else escape(run.text) for run in self.runs
        )


def mark(items: Sequence[str], wanted: Container[str]) -> Marked:
    """Join the items of a compact field; words whose folded form is ``wanted`` are hits."""
    runs: list[Run] = []
    after_word = False
    for item in items:
        folded = bare(item)
        word = folded is not None
        hit = word and folded in wanted
        if word and after_word:
            _append(runs, " ", hit and runs[-1].hit)
        _append(runs, item, hit)
        after_word = word
    return Marked(tuple(runs))


def snippet(items: Sequence[str], wanted: Container[str]) -> Marked:
    """The stretch of a text that says most of what is wanted, with an ellipsis where it is cut."""
    worth = [bare(item) in wanted for item in items]
    start = _best_start(worth)
    while start and bare(items[start]) is None:
        start += 1
    runs = mark(items[start : start + _LENGTH], wanted).runs
    before = (Run("… ", hit=False),) if start else ()
    after = (Run(" …", hit=False),) if start + _LENGTH < len(items) else ()
    return Marked((*before, *runs, *after))


def _best_start(worth: Sequence[bool]) -> int:
    best = best_sum = total = 0
    for place, value in enumerate(worth):
        total += value - (worth[place - _LENGTH] if place >= _LENGTH else 0)
        if total > best_sum:
            best_sum, best = total, max(0, place - _LENGTH + 1)
    first = next((place for place in range(best, len(worth)) if worth[place]), 0)
    return max(0, first - _LEAD)


def _append(runs: list[Run], text: str, hit: bool) -> None:
    if runs and runs[-1].hit == hit:
        runs[-1] = Run(runs[-1].text + text, hit)
    else:
        runs.append(Run(text, hit))
