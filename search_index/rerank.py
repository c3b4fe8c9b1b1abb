"""The second pass: read the best candidates word by word and score what the index cannot see.

Twin of ``js/rerank.mjs`` and ``js/plan.mjs``: BM25F over title, body and other phrasings along the
best way through the lattice, pairs of neighbours, and how much of the title the query covers.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise

from search_index.corpus import BREAK, Corpus, Word
from search_index.lattice import Edge, Lattice
from search_index.weights import RERANK

Pair = tuple[int, int]
_WEIGHTS = (RERANK["title"], RERANK["body"], RERANK["keywords"])
_PAIR_WEIGHTS = (RERANK["pairTitle"], RERANK["pairBody"], RERANK["pairKeywords"])
_LENGTH_SHARES = (RERANK["bTitle"], RERANK["bBody"], RERANK["bTitle"])


class Plan:
    """What the second pass looks for in a document: the terms and pairs of one lattice."""

    def __init__(self, lattice: Lattice, corpus: Corpus) -> None:
        self.lattice = lattice
        self._corpus = corpus
        self._endings: list[list[Edge]] = [[] for _ in range(lattice.size + 1)]
        self.worth: dict[int, float] = {}
        for edge in lattice.edges:
            self._endings[edge.end].append(edge)
            for term in edge.terms:
                worth = term.weight * corpus.rarity(term.folded)
                self.worth[term.folded] = max(worth, self.worth.get(term.folded, 0))
        self.mass = self.best_path(
            lambda edge: sum(term.weight * corpus.rarity(term.folded) for term in edge.terms)
        )
        self.pairs: dict[Pair, tuple[float, str]] = {}
        self._add_pairs()

    def _add_pairs(self) -> None:
        starting = self.lattice.starting()
        for edge in self.lattice.edges:
            for number in range(1, len(edge.terms)):
                group = f"{edge.start}.{number}"
                self._add_pair(edge, number - 1, edge, number, group)
            for following in starting[edge.end]:
                self._add_pair(edge, -1, following, 0, str(edge.end))

    def _add_pair(self, one: Edge, number: int, other: Edge, position: int, group: str) -> None:
        first, second = one.terms[number], other.terms[position]
        count = self._corpus.pair_count(first.folded, second.folded)
        if count == 0:
            return
        worth = min(first.weight, second.weight) * self._corpus.rarity_of(count)
        pair = (first.folded, second.folded)
        if pair not in self.pairs or self.pairs[pair][0] < worth:
            self.pairs[pair] = (worth, group)

    def best_path(self, score_of: Callable[[Edge], float]) -> float:
        """The highest sum of edge scores along one way; words may be left out."""
        best = [0.0] * (self.lattice.size + 1)
        for place in range(1, self.lattice.size + 1):
            best[place] = best[place - 1]
            for edge in self._endings[place]:
                best[place] = max(best[place], best[edge.start] + score_of(edge))
        return best[-1]

    def score_pairs(self, times: dict[Pair, float]) -> float:
        """The best pair at each place, added up."""
        best: dict[str, float] = {}
        for pair, count in times.items():
            worth, group = self.pairs[pair]
            best[group] = max(best.get(group, 0), worth * _dampened(count))
        return sum(best.values())


class Reranker:
    """Scores documents of one corpus against lattices."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._title_mass: dict[int, float] = {}

    def order(self, candidates: Iterable[int], lattice: Lattice) -> list[tuple[int, float]]:
        """Return candidates with their full scores, best first."""
        plan = Plan(lattice, self._corpus)
        scored = [(document, self._score(document, plan)) for document in candidates]
        return sorted(scored, key=lambda one: (-one[1], one[0]))

    def _score(self, document: int, plan: Plan) -> float:
        terms: defaultdict[int, float] = defaultdict(float)
        exacts: defaultdict[int, float] = defaultdict(float)
        pairs: defaultdict[Pair, float] = defaultdict(float)
        overlap = 0.0
        for number, field in enumerate(self._corpus.fields[document]):
            if not field:
                continue
            share = _LENGTH_SHARES[number]
            length = 1 - share + share * len(field) / self._corpus.averages[number]
            seen = [word for word in field if word.folded in plan.worth]
            for word in seen:
                terms[word.folded] += _WEIGHTS[number] / length
                exacts[word.exact] += _WEIGHTS[number] / length
            for one, other in pairwise(field):
                if (one.folded, other.folded) in plan.pairs:
                    pairs[one.folded, other.folded] += _PAIR_WEIGHTS[number] / length
            if number == 0:
                overlap = self._overlap(document, field, seen, plan)
        score = plan.best_path(lambda edge: self._edge_score(edge, terms, exacts))
        score += RERANK["pair"] * plan.score_pairs(pairs)
        return score * (1 + RERANK["titleOverlap"] * overlap)

    def _edge_score(
        self, edge: Edge, terms: Mapping[int, float], exacts: Mapping[int, float]
    ) -> float:
        score = 0.0
        for term in edge.terms:
            if not terms[term.folded]:
                continue
            score += term.weight * self._corpus.rarity(term.folded) * _dampened(terms[term.folded])
            if term.exact >= 0 and exacts[term.exact]:
                worth = RERANK["exact"] * term.weight * self._corpus.exact_rarity(term.exact)
                score += worth * _dampened(exacts[term.exact])
        return score

    def _overlap(self, document: int, title: list[Word], seen: list[Word], plan: Plan) -> float:
        """How alike query and title are, 0 to 1, by the weight of the words they share."""
        if document not in self._title_mass:
            weights = {
                word.folded: RERANK["lightTitle"] if word.light else 1.0
                for word in title
                if word is not BREAK
            }
            self._title_mass[document] = sum(
                weight * self._corpus.rarity(folded) for folded, weight in weights.items()
            )
        shared = sum(plan.worth[folded] for folded in {word.folded for word in seen})
        whole = self._title_mass[document] + plan.mass
        return 2 * shared / whole if whole > 0 else 0.0


def _dampened(times: float) -> float:
    return times * (RERANK["k1"] + 1) / (times + RERANK["k1"])
