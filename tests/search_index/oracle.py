"""The same index built by PyPI lunr: what the browser's hydrated index is proved against.

The site ships compact text instead of Lunr's JSON; the tests compare terms, weights and scores.
"""

from collections.abc import Iterable
from typing import Any, Final

from lunr.builder import Builder
from lunr.index import Index
from lunr.pipeline import Pipeline
from lunr.token import Token

from search_index.documents import Document
from search_index.text import terms

# Twins of K1, B and BOOST in js/statistics.mjs.
K1: Final = 1.2
B: Final = 0.75
BOOST: Final = {"title": 1.5, "body": 1, "keywords": 1}
LABEL: Final = "vietnamese"


def vietnamese(token: Token, *_: Any) -> list[Token]:
    """Pipeline function: a token of raw text becomes its folded and exact terms."""
    return [token.clone(lambda _text, _metadata, term=term: term) for term in terms(str(token))]


Pipeline.register_function(vietnamese, LABEL)


def build(documents: Iterable[Document]) -> Index:
    """Build a Lunr index with our pipeline only: no trimmer, no stemmer, no stop words."""
    builder = Builder()
    builder.ref("id")
    builder.k1(K1)
    builder.b(B)
    for name, boost in BOOST.items():
        builder.field(name, boost=boost)
    builder.pipeline.add(vietnamese)
    for document in documents:
        builder.add(
            {
                "id": document.id,
                "title": document.title,
                "body": document.body,
                "keywords": " ".join(document.keywords),
            }
        )
    return builder.build()
