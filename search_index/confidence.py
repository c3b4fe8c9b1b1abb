"""How sure a result is: how much of the query a document says, and says together.

Twin of ``js/confidence.mjs``. In a large text every word of a question stands somewhere, so a word
counts in full only beside the word that is beside it in the query, in the title or a phrasing.
"""

from collections.abc import Mapping
from itertools import pairwise

from search_index.corpus import BREAK, Corpus
from search_index.lattice import Edge, Lattice
from search_index.weights import CONFIDENCE

_BODY = 1
Pair = tuple[int, int]


def confidence(corpus: Corpus, document: int, lattice: Lattice) -> float:
    """The share of the query, 0 to 1 by the weight of its words, that the document says."""
    support = _support(corpus, document, _pairs(lattice), _alone(lattice))
    exacts = {word.exact for field in corpus.fields[document] for word in field}
    shares = [0.0] * lattice.size
    for edge in lattice.edges:
        share = _share(corpus, edge, support, exacts)
        for place in range(edge.start, edge.end):
            shares[place] = max(shares[place], share)
    said = sum(weight * share for weight, share in zip(lattice.weights, shares, strict=True))
    whole = sum(lattice.weights)
    return said / whole if whole > 0 else 0.0


def is_sure(confidence: float) -> bool:
    """Whether a result may be shown as the answer."""
    return confidence >= CONFIDENCE["enough"]


def _pairs(lattice: Lattice) -> set[Pair]:
    """The terms that stand beside each other in some reading of the query."""
    pairs: set[Pair] = set()
    starting = lattice.starting()
    for edge in lattice.edges:
        pairs.update((one.folded, other.folded) for one, other in pairwise(edge.terms))
        last = edge.terms[-1].folded
        pairs.update((last, after.terms[0].folded) for after in starting[edge.end])
    return pairs


def _alone(lattice: Lattice) -> float:
    """What a word without its neighbour is worth: all, when the query has only one word."""
    return CONFIDENCE["word"] if lattice.size > 1 else 1.0


def _support(corpus: Corpus, document: int, pairs: set[Pair], alone: float) -> Mapping[int, float]:
    """What each term of the document is worth for this query."""
    support: dict[int, float] = {}
    for number, field in enumerate(corpus.fields[document]):
        for word in field:
            if word is not BREAK:
                support.setdefault(word.folded, alone)
        worth = CONFIDENCE["bodyPair" if number == _BODY else "pair"]
        for one, other in pairwise(field):
            if (one.folded, other.folded) in pairs:
                for folded in (one.folded, other.folded):
                    support[folded] = max(support[folded], worth)
    return support


def _share(corpus: Corpus, edge: Edge, support: Mapping[int, float], exacts: set[int]) -> float:
    """How much of one alternative the document says, 0 to 1."""
    said = whole = 0.0
    for term in edge.terms:
        rarity = corpus.rarity(term.folded)
        accents = 1.0 if term.exact < 0 or term.exact in exacts else CONFIDENCE["otherAccents"]
        whole += rarity
        said += rarity * support.get(term.folded, 0.0) * accents * min(1.0, term.weight) ** 0.5
    return said / whole if whole > 0 else 0.0
