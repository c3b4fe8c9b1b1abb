"""The judge of the questions: every other phrasing of an entry must find it in the first three.

A phrasing is in the index itself, so a miss means that other entries claim its words: two entries
answer one question, or the phrasing says too little.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from search_index.compact import pack, unpack
from search_index.corpus import Corpus
from search_index.documents import Document
from search_index.lattice import LatticeBuilder
from search_index.rerank import Reranker

TOP: Final = 3


@dataclass(frozen=True, slots=True)
class Missed:
    """A phrasing that does not find its entry, and what it finds instead."""

    id: str
    phrase: str
    found: tuple[str, ...]


def missed(documents: Sequence[Document], language: dict[str, Any]) -> Iterator[Missed]:
    """Yield every phrasing that the published index would not answer among the first three."""
    corpus = Corpus(unpack(pack(documents, language)))
    lattices = LatticeBuilder(corpus, language)
    reranker = Reranker(corpus)
    everything = range(corpus.size)
    for document in documents:
        for phrase in document.keywords:
            ranked = reranker.order(everything, lattices.build(phrase))[:TOP]
            found = tuple(documents[number].id for number, _ in ranked)
            if document.id not in found:
                yield Missed(document.id, phrase, found)
