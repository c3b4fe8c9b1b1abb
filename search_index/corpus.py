"""A compact index as numbers: words, terms, document frequencies, pairs of neighbours.

Twin of ``js/corpus.mjs``, ``js/statistics.mjs`` and ``js/pairs.mjs`` for the server.
"""

import math
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple

from search_index.compact import Compact
from search_index.text import SURFACE, fold, normal

FIELDS: Final = ("title", "body", "keywords")


class Word(NamedTuple):
    """A word of a document by its term numbers; ``exact`` is -1 without diacritics."""

    folded: int
    exact: int
    light: bool


BREAK: Final = Word(-1, -1, False)
"""Stands between two other phrasings of a document: there is no neighbour across it."""


class Corpus:
    """All documents of an index as numbers, with what ranking counts over them."""

    def __init__(self, compact: Compact) -> None:
        self.compact = compact
        self.size = len(compact.ids)
        self.kinds = tuple(identity.partition(":")[0] for identity in compact.ids)
        self.folds: dict[str, int] = {}
        self.exacts: dict[str, int] = {}
        self._light = frozenset(compact.language.get("light", ()))
        # Terms are numbered in the order of the table, as in the browser, so that ties fall alike.
        self._words = {item: self._new_word(item) for item in compact.table}
        self.fields = tuple(self._read(document) for document in compact.fields)
        self._count()

    def _read(self, document: tuple[tuple[str, ...], ...]) -> tuple[list[Word], ...]:
        title, body, *phrases = (self._number(field) for field in document)
        keywords: list[Word] = []
        for phrase in phrases:
            if keywords:
                keywords.append(BREAK)
            keywords += phrase
        return title, body, keywords

    def _number(self, field: Iterable[str]) -> list[Word]:
        return [word for item in field if (word := self._words[item]) is not BREAK]

    def _new_word(self, item: str) -> Word:
        if not SURFACE.match(item):
            return BREAK
        word = normal(item)
        bare = fold(word)
        folded = self.folds.setdefault(bare, len(self.folds))
        exact = -1 if bare == word else self.exacts.setdefault(word, len(self.exacts))
        return Word(folded, exact, word in self._light)

    def _count(self) -> None:
        self.documents_with: Counter[int] = Counter()
        self.documents_with_exact: Counter[int] = Counter()
        self._pairs: Counter[tuple[int, int]] = Counter()
        totals = [0] * len(FIELDS)
        filled = [0] * len(FIELDS)
        for document in self.fields:
            words = {word for field in document for word in field if word is not BREAK}
            self.documents_with.update({word.folded for word in words})
            self.documents_with_exact.update({word.exact for word in words if word.exact >= 0})
            self._pairs.update(
                {
                    (first.folded, second.folded)
                    for field in document
                    for first, second in pairwise(field)
                    if first is not BREAK and second is not BREAK
                }
            )
            for number, field in enumerate(document):
                totals[number] += len(field)
                filled[number] += bool(field)
        # An average counts only the documents that have the field: most have no keywords, and
        # those that do must not look long for it.
        self.averages = tuple(
            total / count if count else 1.0 for total, count in zip(totals, filled, strict=True)
        )

    def rarity(self, folded: int) -> float:
        """The inverse document frequency of a folded term."""
        return self.rarity_of(self.documents_with[folded])

    def exact_rarity(self, exact: int) -> float:
        """The inverse document frequency of an accented term."""
        return self.rarity_of(self.documents_with_exact[exact])

    def rarity_of(self, count: int) -> float:
        """The inverse document frequency of anything that stands in ``count`` documents."""
        return math.log(1 + (self.size - count + 0.5) / (count + 0.5))

    def pair_count(self, first: int, second: int) -> int:
        """In how many documents the first folded term stands right before the second."""
        return self._pairs[first, second]

    @cached_property
    def exact_forms(self) -> dict[int, list[str]]:
        """The accented forms of each folded term."""
        forms: dict[int, list[str]] = {}
        for exact in self.exacts:
            forms.setdefault(self.folds[fold(exact)], []).append(exact)
        return forms

    @cached_property
    def initials(self) -> tuple[str, list[int]]:
        """The initial of every word of the corpus as one string, and the folded terms beside it.

        A space stands between two phrases, so that no acronym runs across.
        """
        first = [term[0] for term in self.folds]
        letters: list[str] = []
        terms: list[int] = []
        for document in self.fields:
            for field in document:
                for word in field:
                    letters.append(" " if word is BREAK else first[word.folded])
                    terms.append(word.folded)
        return "".join(letters), terms
