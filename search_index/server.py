"""The server's search: Whoosh finds candidates, the second pass of the browser orders them.

Whoosh is no longer maintained, so nothing outside this module imports it. Titles and texts come
from the compact index that the browser also reads, which lies beside it.
"""

import shutil
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from whoosh import index as whoosh_index
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, NUMERIC, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.query import Or
from whoosh.query import Term as WhooshTerm
from whoosh.scoring import BM25F

from search_index import browser
from search_index.compact import Compact
from search_index.confidence import confidence, is_sure
from search_index.corpus import Corpus
from search_index.correction import Corrector
from search_index.documents import Document
from search_index.lattice import Lattice, LatticeBuilder
from search_index.marked import Marked, mark, snippet
from search_index.rerank import Reranker
from search_index.text import terms
from search_index.weights import RERANK

FOLDER: Final = "whoosh"
CANDIDATES: Final = 100
_BOOSTS: Final = {"title": 1.5, "body": 1.0, "keywords": 1.0}


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found; title and snippet are safe in a template with autoescape."""

    id: str
    kind: str
    url: str
    title: Marked
    snippet: Marked
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """An answer: the hits of the page asked for, and how many candidates each kind has.

    ``sure``: the first of all may be shown as the answer. ``meant``: the query with its slips
    mended, None when it has none.
    """

    hits: tuple[Hit, ...]
    total: int
    kinds: Mapping[str, int]
    sure: bool
    meant: str | None


def build(documents: Iterable[Document], language: Mapping[str, Any], folder: Path) -> None:
    """Write both indexes of the documents into ``folder``; an earlier one is replaced."""
    documents = list(documents)
    browser.build(documents, language, folder)
    place = folder / FOLDER
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    _fill(whoosh_index.create_in(str(place), _schema()), documents)


def in_memory(documents: Iterable[Document], language: Mapping[str, Any]) -> "SearchServer":
    """Return a server whose indexes lie in memory: for when no disk takes them."""
    documents = list(documents)
    index = RamStorage().create_index(_schema())
    _fill(index, documents)
    return SearchServer(Path(), browser.compact(documents, language), index)


def _schema() -> Any:
    analyzer = SpaceSeparatedTokenizer()
    texts = {
        name: TEXT(analyzer=analyzer, phrase=False, field_boost=boost)
        for name, boost in _BOOSTS.items()
    }
    return Schema(number=NUMERIC(stored=True), kind=ID(), **texts)


def _fill(index: Any, documents: Iterable[Document]) -> None:
    writer = index.writer()
    for number, document in enumerate(documents):
        writer.add_document(
            number=number,
            kind=document.kind,
            title=" ".join(terms(document.title)),
            body=" ".join(terms(document.body)),
            keywords=" ".join(terms("\n".join(document.keywords))),
        )
    writer.commit(optimize=True)


class SearchServer:
    """Answers queries from an index folder, or from the indexes given; threads may share it."""

    def __init__(self, folder: Path, compact: Compact | None = None, index: Any = None) -> None:
        self.folder = folder
        compact = compact or browser.read(folder)
        self._corpus = Corpus(compact)
        self._compact = compact
        self._lattices = LatticeBuilder(self._corpus, compact.language)
        self._reranker = Reranker(self._corpus)
        self._corrector = Corrector(self._corpus)
        self._folds = tuple(self._corpus.folds)
        self._exacts = tuple(self._corpus.exacts)
        self._index = whoosh_index.open_dir(str(folder / FOLDER)) if index is None else index
        # A Whoosh searcher keeps places in open files, so every thread has its own.
        self._own = threading.local()

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of document in the index."""
        return frozenset(self._corpus.kinds)

    def search(
        self, query: str, *, kind: str | None = None, limit: int = 10, offset: int = 0
    ) -> Results:
        """Return documents, best first; ``kind`` keeps one kind. Never raises for any query."""
        lattice = self._lattices.build(query)
        ranked = self._reranker.order(self._candidates(lattice, kind), lattice)
        wanted = {self._folds[term.folded] for edge in lattice.edges for term in edge.terms}
        return Results(
            hits=tuple(self._hit(*one, wanted) for one in ranked[offset : offset + limit]),
            total=len(ranked),
            kinds=Counter(self._corpus.kinds[document] for document, _ in ranked),
            meant=self._corrector.correct(query, lattice),
            sure=bool(ranked) and is_sure(confidence(self._corpus, ranked[0][0], lattice)),
        )

    def _candidates(self, lattice: Lattice, kind: str | None) -> list[int]:
        clauses: dict[str, float] = {}
        for edge in lattice.edges:
            for term in edge.terms:
                folded = self._folds[term.folded]
                clauses[folded] = max(term.weight, clauses.get(folded, 0))
                if term.exact >= 0:
                    exact = self._exacts[term.exact]
                    boost = term.weight * RERANK["exact"]
                    clauses[exact] = max(boost, clauses.get(exact, 0))
        if not clauses:
            return []
        question = Or(
            [
                WhooshTerm(name, term, boost=boost)
                for term, boost in clauses.items()
                for name in _BOOSTS
            ]
        )
        only = WhooshTerm("kind", kind) if kind else None
        found = self._searcher().search(question, filter=only, limit=CANDIDATES)
        return [result["number"] for result in found]

    def _searcher(self) -> Any:
        if not hasattr(self._own, "searcher"):
            # Most documents have no keywords; length must not count against those that do.
            self._own.searcher = self._index.searcher(weighting=BM25F(keywords_B=0.0))
        return self._own.searcher

    def _hit(self, document: int, score: float, wanted: set[str]) -> Hit:
        title, body = (self._compact.shown(document, field) for field in (0, 1))
        return Hit(
            id=self._compact.ids[document],
            kind=self._corpus.kinds[document],
            url=self._compact.urls[document],
            title=mark(title, wanted),
            snippet=snippet(body, wanted),
            score=score,
        )
