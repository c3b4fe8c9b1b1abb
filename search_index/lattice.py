"""A query as a lattice: between any two places of it the alternatives a document may say.

Twin of ``js/lattice.mjs``.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from search_index.corpus import Corpus
from search_index.lexicon import Lexicon
from search_index.phrases import Synonyms
from search_index.text import fold, nfc, words
from search_index.weights import CONFIDENCE, SLOTS

_MOST_WORDS: Final = 48
_MOST_PREFIXES: Final = 8
_MOST_NEIGHBOURS: Final = 8
_MOST_ACRONYMS: Final = 2
_MOST_SLIPS: Final = 3
_SHORTEST_SLIP: Final = 3
_SHORTEST_PART: Final = 2
_SHORTEST_JOINED: Final = 6
_LONGEST_JOINED: Final = 24
_OPEN_END: Final = re.compile(r"[^\W_]$|[\u0300-\u036f]$")
_NO_VOWEL: Final = re.compile(r"[bcdghklmnpqrstvx]+")


@dataclass(slots=True)
class Term:
    """A term of an alternative by its numbers; ``exact`` is -1 when no accents were meant."""

    folded: int
    exact: int
    weight: float


@dataclass(slots=True)
class Edge:
    """One way to say the words of a query from place ``start`` up to place ``end``."""

    start: int
    end: int
    terms: list[Term]
    guess: bool = False


@dataclass(frozen=True, slots=True)
class Lattice:
    """All edges of the words of a query; ``weights``: how much each of them says."""

    words: list[str]
    edges: list[Edge]
    weights: list[float]

    @property
    def size(self) -> int:
        """The number of words."""
        return len(self.words)

    def starting(self) -> list[list[Edge]]:
        """The edges that begin at each place, the end of the query included."""
        places: list[list[Edge]] = [[] for _ in range(self.size + 1)]
        for edge in self.edges:
            places[edge.start].append(edge)
        return places


class LatticeBuilder:
    """Builds lattices over one corpus."""

    def __init__(self, corpus: Corpus, language: Mapping[str, Any]) -> None:
        self._corpus = corpus
        self._lexicon = Lexicon(corpus)
        light = language.get("light", ())
        # Typed without diacritics, "khong" still is the word that says little.
        self._light = frozenset(form for word in light for form in (word, fold(word)))
        self._abbreviations: Mapping[str, list[str]] = language.get("abbreviations", {})
        self._synonyms = Synonyms(language)

    def build(self, query: str) -> Lattice:
        """The lattice of a query."""
        text = nfc(query)
        typed = [self._undo_keyboard(word) for word in words(text)[:_MOST_WORDS]]
        edges = [self._as_typed(word, place) for place, word in enumerate(typed)]
        if typed and _OPEN_END.search(text):
            self._complete(typed, edges)
        for place, word in enumerate(typed):
            if not edges[place]:
                edges[place] = self._guesses(word, place)
        self._weigh_guesses(edges)
        for place, word in enumerate(typed[:-1]):
            edges[place] += self._slips(word, place, edges)
        for place, word in enumerate(typed):
            edges[place] += self._apart(word, place)
        flat = [edge for here in edges for edge in here]
        spans = self._said_otherwise(typed) + self._respelt(typed)
        return Lattice(typed, flat + spans, list(map(self._weight, typed)))

    def _weight(self, word: str) -> float:
        """How much a word of the query says: rare words most, and what stands nowhere."""
        share = CONFIDENCE["light"] if word in self._light else 1.0
        return share * self._lexicon.rarity(fold(word))

    def _undo_keyboard(self, word: str) -> str:
        """Replace a word that only makes sense as Telex or VNI keys."""
        if fold(word) != word or self._lexicon.has(word):
            return word
        return self._lexicon.typed_as(word) or word

    def _as_typed(self, word: str, place: int) -> list[Edge]:
        bare = fold(word)
        weight = SLOTS["light"] if word in self._light else 1.0
        meanings = self._abbreviations.get(word, ())
        found = [self._edge(place, place + 1, [word], weight)]
        for meaning in meanings:
            share = SLOTS["abbreviation"] * weight / math.sqrt(len(meanings))
            found.append(self._edge(place, place + 1, meaning.split(" "), share))
        if not meanings and _NO_VOWEL.fullmatch(bare):
            for sequence in self._lexicon.acronym(bare)[:_MOST_ACRONYMS]:
                terms = [Term(folded, -1, SLOTS["acronym"]) for folded in sequence]
                found.append(Edge(place, place + 1, terms))
        return [edge for edge in found if edge]

    def _apart(self, word: str, place: int) -> list[Edge]:
        """A word that may be two written together."""
        bare = fold(word)
        found: list[Edge | None] = []
        if len(bare) > _LONGEST_JOINED:
            return []
        for cut in range(_SHORTEST_PART, len(bare) - _SHORTEST_PART + 1):
            parts = [bare[:cut], bare[cut:]]
            numbers = [self._lexicon.folded(part) for part in parts]
            if min(numbers) >= 0 and self._corpus.pair_count(*numbers) > 0:
                found.append(self._edge(place, place + 1, parts, SLOTS["split"]))
        return [edge for edge in found if edge]

    def _edge(self, start: int, end: int, parts: list[str], weight: float) -> Edge | None:
        """An edge of words, or None when one of them stands nowhere."""
        terms = [
            Term(self._lexicon.folded(fold(part)), self._lexicon.exact(part), weight)
            for part in parts
        ]
        return Edge(start, end, terms) if all(term.folded >= 0 for term in terms) else None

    def _complete(self, typed: list[str], edges: list[list[Edge]]) -> None:
        """Add what the last word may become while it is still being typed."""
        place = len(typed) - 1
        word = typed[place]
        bare = fold(word)
        base = SLOTS["knownPrefix" if self._lexicon.has(bare) else "prefix"]
        before = [edge.terms[-1].folded for edge in edges[place - 1]] if place else []
        found = []
        for term in self._lexicon.completions(bare):
            if bare != word and not self._lexicon.may_become(word, term):
                continue
            folded = self._lexicon.folded(term)
            in_pair = max((self._corpus.pair_count(one, folded) for one in before), default=0)
            found.append((in_pair, self._lexicon.frequency(term), folded))
        found.sort(key=lambda one: (-one[0], -one[1]))
        known = bool(found) and found[0][0] > 0
        for in_pair, _, folded in found[:_MOST_PREFIXES]:
            weight = base * (SLOTS["prefixAlone"] if known and in_pair == 0 else 1)
            edges[place].append(Edge(place, place + 1, [Term(folded, -1, weight)]))

    def _guesses(self, word: str, place: int) -> list[Edge]:
        """What a word that nothing was found for may have been meant to be."""
        bare = fold(word)
        if len(bare) < 2:
            return []
        found = self._lexicon.neighbours(bare)
        found.sort(key=lambda term: -self._lexicon.frequency(term))
        return [
            Edge(place, place + 1, [Term(self._lexicon.folded(term), -1, SLOTS["neighbour"])], True)
            for term in found[: 2 * _MOST_NEIGHBOURS]
        ]

    def _weigh_guesses(self, edges: list[list[Edge]]) -> None:
        """A misspelt syllable most likely is the neighbour that makes a pair with the next word."""
        for place, guesses in enumerate(edges):
            if not guesses or not guesses[0].guess:
                continue
            before = edges[place - 1] if place else []
            after = edges[place + 1] if place + 1 < len(edges) else []
            support = [self._support(edge, before, after) for edge in guesses]
            most = max(support)
            if most > 0:
                for edge, count in zip(guesses, support, strict=True):
                    share = (1 + 2 * math.log1p(count) / math.log1p(most)) / 3
                    edge.terms[0].weight = (
                        SLOTS["neighbourInPair"] * share if count else SLOTS["neighbourAlone"]
                    )
                guesses.sort(key=lambda edge: -edge.terms[0].weight)
            del guesses[_MOST_NEIGHBOURS:]

    def _slips(self, word: str, place: int, edges: list[list[Edge]]) -> list[Edge]:
        """A known word that no neighbour goes with may be a slip for one that does."""
        bare = fold(word)
        here = edges[place]
        if len(bare) < _SHORTEST_SLIP or len(here) != 1 or here[0].guess:
            return []
        before = edges[place - 1] if place else []
        after = edges[place + 1]
        if not self._lexicon.has(bare) or self._support(here[0], before, after) > 0:
            return []
        found = []
        for term in self._lexicon.neighbours(bare):
            edge = Edge(place, place + 1, [Term(self._lexicon.folded(term), -1, SLOTS["slip"])])
            found.append((self._support(edge, before, after), edge))
        found.sort(key=lambda one: -one[0])
        return [edge for count, edge in found[:_MOST_SLIPS] if count > 0]

    def _support(self, guess: Edge, before: list[Edge], after: list[Edge]) -> int:
        folded = guess.terms[0].folded
        count = self._corpus.pair_count
        counts = [count(edge.terms[-1].folded, folded) for edge in before if not edge.guess]
        counts += [count(folded, edge.terms[0].folded) for edge in after if not edge.guess]
        return max(counts, default=0)

    def _said_otherwise(self, typed: list[str]) -> list[Edge]:
        """Synonyms; words that both phrases share keep their full weight."""
        found = []
        for start, end, other in self._synonyms.find(typed):
            edge = self._edge(start, end, other, SLOTS["synonym"])
            if edge:
                said = {fold(word) for word in typed[start:end]}
                for word, term in zip(other, edge.terms, strict=True):
                    if fold(word) in said:
                        term.weight = 1
                found.append(edge)
        return found

    def _respelt(self, typed: list[str]) -> list[Edge]:
        """Two words written as one in the corpus, and initials of what was spelt out."""
        bare = [fold(word) for word in typed]
        found = []
        for start in range(len(typed)):
            joined = "".join(bare[start : start + 2])
            if start + 1 < len(typed) and len(joined) >= _SHORTEST_JOINED:
                found.append(self._edge(start, start + 2, [joined], SLOTS["joined"]))
            for end in range(start + 3, min(len(typed), start + 6) + 1):
                letters = "".join(word[0] for word in bare[start:end])
                if _NO_VOWEL.fullmatch(letters):
                    found.append(self._edge(start, end, [letters], SLOTS["acronym"]))
        return [edge for edge in found if edge]
