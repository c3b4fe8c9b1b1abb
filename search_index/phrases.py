"""Phrases that mean the same, found in a query with or without diacritics.

Twin of ``js/synonyms.mjs``.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from search_index.text import fold


class Synonyms:
    """The groups of equal phrases of one index, and its abbreviations read backwards."""

    def __init__(self, language: Mapping[str, Any]) -> None:
        self._by_phrase: dict[tuple[str, ...], list[tuple[list[str], list[str]]]] = {}
        for group in language.get("groups", ()):
            for phrase in group:
                for other in group:
                    if other != phrase:
                        self._add(phrase, other)
        for short, meanings in language.get("abbreviations", {}).items():
            for meaning in meanings:
                if " " in meaning:
                    self._add(meaning, short)
        self._longest = max(map(len, self._by_phrase), default=1)

    def _add(self, phrase: str, other: str) -> None:
        entries = self._by_phrase.setdefault(tuple(fold(phrase).split()), [])
        entries.append((phrase.split(), other.split()))

    def find(self, typed: list[str]) -> Iterator[tuple[int, int, list[str]]]:
        """Yield ``(from, to, words)`` for each phrase of the query with others of its meaning."""
        bare = [fold(word) for word in typed]
        for start in range(len(typed)):
            for end in range(start + 1, min(len(typed), start + self._longest) + 1):
                for phrase, other in self._by_phrase.get(tuple(bare[start:end]), ()):
                    if all(map(_agrees, typed[start:end], phrase)):
                        yield start, end, other


def _agrees(typed: str, word: str) -> bool:
    """A word typed without diacritics may mean any word; one with diacritics means itself."""
    return typed in (word, fold(word))
