"""The server's search: Whoosh behind a small interface, for ``/tim-kiem/`` and the API.

Whoosh is no longer maintained, so nothing outside this module imports it. It finds candidates; the
texts shown come from the compact index that the browser also reads, which lies beside it.
"""

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from whoosh import index as whoosh_index
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, NUMERIC, TEXT, Schema
from whoosh.query import Or, Term
from whoosh.scoring import BM25F

from search_index import browser
from search_index.compact import Compact
from search_index.documents import Document
from search_index.text import terms

FOLDER: Final = "whoosh"
_BOOSTS: Final = {"title": 1.5, "body": 1.0, "keywords": 1.0}


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found."""

    id: str
    kind: str
    url: str
    score: float


def build(documents: Iterable[Document], language: Mapping[str, Any], folder: Path) -> None:
    """Write both indexes of the documents into ``folder``; an earlier one is replaced."""
    documents = list(documents)
    browser.build(documents, language, folder)
    place = folder / FOLDER
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    analyzer = SpaceSeparatedTokenizer()
    texts = {
        name: TEXT(analyzer=analyzer, phrase=False, field_boost=boost)
        for name, boost in _BOOSTS.items()
    }
    schema = Schema(number=NUMERIC(stored=True), kind=ID(), **texts)
    writer = whoosh_index.create_in(str(place), schema).writer()
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
    """Answers queries from an index folder. Safe to share between threads: it only reads."""

    def __init__(self, folder: Path) -> None:
        self._compact: Compact = browser.read(folder)
        self._index = whoosh_index.open_dir(str(folder / FOLDER))
        self._searcher = self._index.searcher(weighting=BM25F(keywords_B=0.0))

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of document in the index."""
        return frozenset(identity.partition(":")[0] for identity in self._compact.ids)

    def search(self, query: str, *, kind: str | None = None, limit: int = 10) -> list[Hit]:
        """Return the best documents, best first; ``kind`` keeps one kind of document."""
        wanted = dict.fromkeys(terms(query))
        if not wanted:
            return []
        question = Or([Term(name, term) for term in wanted for name in _BOOSTS])
        only = Term("kind", kind) if kind else None
        found = self._searcher.search(question, filter=only, limit=limit)
        return [self._hit(result["number"], result.score) for result in found]

    def _hit(self, number: int, score: float) -> Hit:
        identity = self._compact.ids[number]
        kind = identity.partition(":")[0]
        return Hit(identity, kind, self._compact.urls[number], score)
