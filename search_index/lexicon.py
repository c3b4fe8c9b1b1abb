"""What the corpus knows about words: beginnings, slips of the finger, keys, initials.

Twin of ``js/lexicon.mjs``.
"""

from bisect import bisect_left
from functools import cached_property
from typing import Final

from search_index.corpus import Corpus
from search_index.keyboards import keystrokes
from search_index.text import without_tone

_LONGEST_ACRONYM: Final = 6


class Lexicon:
    """Look-ups over the terms of one corpus; each table is built when first asked for."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def has(self, bare: str) -> bool:
        """Whether a word without diacritics stands anywhere, however it was written there."""
        return bare in self._corpus.folds

    def folded(self, bare: str) -> int:
        """The number of a folded term, -1 for one that stands nowhere."""
        return self._corpus.folds.get(bare, -1)

    def exact(self, word: str) -> int:
        """The number of an accented term, -1 for one that stands nowhere."""
        return self._corpus.exacts.get(word, -1)

    def frequency(self, bare: str) -> int:
        """In how many documents a folded word stands."""
        return self._corpus.documents_with[self._corpus.folds[bare]]

    def rarity(self, bare: str) -> float:
        """The inverse document frequency of a folded word; highest for one that stands nowhere."""
        return self._corpus.rarity_of(self.frequency(bare) if self.has(bare) else 0)

    def typed_as(self, keys: str) -> str | None:
        """The Vietnamese word that these keys make in Telex or VNI."""
        return self._typed.get(keys)

    @cached_property
    def _typed(self) -> dict[str, str]:
        typed: dict[str, str] = {}
        for word in self._corpus.exacts:
            for form in keystrokes(word):
                typed.setdefault(form, word)
        return typed

    def completions(self, prefix: str) -> list[str]:
        """The folded words that begin with a prefix and are longer."""
        found = []
        for term in self._sorted[bisect_left(self._sorted, prefix) :]:
            if not term.startswith(prefix):
                break
            if term != prefix:
                found.append(term)
        return found

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._corpus.folds)

    def may_become(self, typed: str, bare: str) -> bool:
        """Whether a folded word has an accented form that begins as typed; tones may follow."""
        forms = self._corpus.exact_forms.get(self._corpus.folds[bare], ())
        return any(form.startswith(typed) or without_tone(form).startswith(typed) for form in forms)

    def neighbours(self, bare: str) -> list[str]:
        """The folded words one edit away from a folded word."""
        return [
            term
            for length in range(len(bare) - 1, len(bare) + 2)
            for term in self._by_length.get(length, ())
            if one_edit(bare, term)
        ]

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        groups: dict[int, list[str]] = {}
        for term in self._corpus.folds:
            groups.setdefault(len(term), []).append(term)
        return groups

    def acronym(self, letters: str) -> list[tuple[int, ...]]:
        """Word sequences, as folded terms, whose initials these are; most frequent first."""
        if not 2 <= len(letters) <= _LONGEST_ACRONYM:
            return []
        initials, terms = self._corpus.initials
        counts: dict[tuple[int, ...], int] = {}
        at = initials.find(letters)
        while at >= 0:
            sequence = tuple(terms[at : at + len(letters)])
            counts[sequence] = counts.get(sequence, 0) + 1
            at = initials.find(letters, at + 1)
        return sorted(counts, key=lambda sequence: -counts[sequence])


def one_edit(a: str, b: str) -> bool:
    """Whether two different words are one insertion, deletion, substitution or swap apart."""
    if abs(len(a) - len(b)) > 1:
        return False
    room = min(len(a), len(b))
    start = 0
    while start < room and a[start] == b[start]:
        start += 1
    end = 0
    while end < room - start and a[-1 - end] == b[-1 - end]:
        end += 1
    rest_a = a[start : len(a) - end]
    rest_b = b[start : len(b) - end]
    if len(rest_a) <= 1 and len(rest_b) <= 1:
        return True
    return len(rest_a) == len(rest_b) == 2 and rest_a == rest_b[::-1]
