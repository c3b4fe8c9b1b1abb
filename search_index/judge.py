"""The judge of the questions: every other phrasing of an entry must find it in the first three.

A phrasing is in the index itself, so a miss means that other entries claim its words: two entries
answer one question, or the phrasing says too little.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from search_index.compact import pack, unpack
from search_index.corpus import BREAK, Corpus
from search_index.documents import Document
from search_index.lattice import Lattice, LatticeBuilder
from search_index.rerank import Reranker

TOP: Final = 3
_READ: Final = 24
"""Documents that are read word by word for each phrasing."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A phrasing that does not find its entry, and what it finds instead."""

    id: str
    phrase: str
    found: tuple[str, ...]


def missed(documents: Sequence[Document], language: dict[str, Any], kind: str) -> Iterator[Missed]:
    """Yield every phrasing of a kind that does not find its document among the first three."""
    corpus = Corpus(unpack(pack(documents, language)))
    lattices = LatticeBuilder(corpus, language)
    reranker = Reranker(corpus)
    rivals = [_Rival(n, corpus) for n, one in enumerate(documents) if one.kind == kind]
    for rival in rivals:
        document = documents[rival.number]
        for phrase in document.keywords:
            lattice = lattices.build(phrase)
            ranked = reranker.order(_nearest(rivals, lattice, corpus), lattice)[:TOP]
            found = tuple(documents[other].id for other, _ in ranked)
            if document.id not in found:
                yield Missed(document.id, phrase, found)


class _Rival:
    """A document by its number, and the terms of its body and of all the rest."""

    def __init__(self, number: int, corpus: Corpus) -> None:
        self.number = number
        title, body, keywords = corpus.fields[number]
        self.head = {word.folded for word in (*title, *keywords) if word is not BREAK}
        self.body = {word.folded for word in body}


def _nearest(rivals: Sequence[_Rival], lattice: Lattice, corpus: Corpus) -> list[int]:
    """The documents that say most of a query, whatever the order of its words."""
    worth: dict[int, float] = {}
    for edge in lattice.edges:
        for term in edge.terms:
            weight = term.weight * corpus.rarity(term.folded)
            worth[term.folded] = max(weight, worth.get(term.folded, 0.0))

    def said(rival: _Rival) -> float:
        return sum(
            weight * ((folded in rival.head) + (folded in rival.body))
            for folded, weight in worth.items()
        )

    return [rival.number for rival in sorted(rivals, key=said, reverse=True)[:_READ]]
