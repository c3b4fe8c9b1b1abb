"""What somebody may have meant: a query with its slips mended and its accents written.

Only the server's page says "Có phải bạn tìm…", so there is no twin of this in the browser.
"""

import math
from collections import Counter
from functools import cached_property
from itertools import pairwise
from typing import Final

from search_index.corpus import BREAK, Corpus, Word
from search_index.lattice import Lattice
from search_index.text import fold, words

_MOST_GUESSES: Final = 3
_PAIR: Final = 3.0
"""How much more two words that stand together say than one that is frequent."""


class Corrector:
    """Mends queries with the words of one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._folds = tuple(corpus.folds)
        self._exacts = tuple(corpus.exacts)

    def correct(self, query: str, lattice: Lattice) -> str | None:
        """The mended query, or None when every word of it stands somewhere as it is."""
        typed = [fold(word) for word in words(query)][: lattice.size]
        forms = [self._forms(place, word, lattice) for place, word in enumerate(lattice.words)]
        chosen = self._likeliest(forms)
        if [fold(word) for word in chosen] == typed:
            return None
        return " ".join(chosen)

    def _forms(self, place: int, word: str, lattice: Lattice) -> list[str]:
        """How the word at a place may be written; as it is when nothing is known of it."""
        folded = self._corpus.folds.get(fold(word))
        if folded is not None:
            return [word] if fold(word) != word else self._accented(folded)
        guesses = [
            edge.terms[0].folded for edge in lattice.edges if edge.start == place and edge.guess
        ]
        return [form for guess in guesses[:_MOST_GUESSES] for form in self._accented(guess)] or [
            word
        ]

    def _accented(self, folded: int) -> list[str]:
        return [self._folds[folded], *self._corpus.exact_forms.get(folded, ())]

    def _likeliest(self, forms: list[list[str]]) -> list[str]:
        """The forms, one of each place, that stand together most often."""
        best: dict[str, tuple[float, list[str]]] = {"": (0.0, [])}
        for here in forms:
            best = {
                form: max(
                    (score + self._worth(before, form), [*way, form])
                    for before, (score, way) in best.items()
                )
                for form in here
            }
        return max(best.values())[1]

    def _worth(self, before: str, form: str) -> float:
        singles, pairs = self._counts
        return math.log1p(singles[form]) + _PAIR * math.log1p(pairs[before, form])

    @cached_property
    def _counts(self) -> tuple[Counter[str], Counter[tuple[str, str]]]:
        """How often words as they are written stand in the corpus, alone and in pairs."""
        singles: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for document in self._corpus.fields:
            for field in document:
                said = [self._written(word) for word in field]
                singles.update(said)
                pairs.update(pairwise(said))
        return singles, pairs

    def _written(self, word: Word) -> str:
        if word is BREAK:
            return ""
        return self._exacts[word.exact] if word.exact >= 0 else self._folds[word.folded]
