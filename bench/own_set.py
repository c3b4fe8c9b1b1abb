"""Questions made from the sample company's FAQ.

Editors wrote several other phrasings for each entry. They are dealt into four parts, of which two
are asked, each of an index that holds everything published but not this part: no engine has seen
the words it is asked for, and every entry keeps three quarters of its phrasings, as it would live.
"""

import random
from collections.abc import Iterator
from datetime import date
from typing import Final

from bench.questions import FAQ, Part, Question
from bench.ways import WAYS
from search_index.documents import Document
from search_index.library import documents
from service_policy.content import read
from tooling.paths import CONTENT

PARTS: Final = 4
_ASKED: Final = 2
"""Of the four parts; two are some 3,000 questions, and more only take longer."""
_DAY: Final = date(2026, 11, 23)
_SEED: Final = 20261123


def parts() -> Iterator[Part]:
    """Each part of the phrasings with the documents that do not hold it."""
    published = list(documents(read(CONTENT, _DAY), _DAY))
    for part in range(_ASKED):
        yield Part(
            documents=tuple(_record(one, part) for one in published),
            questions=tuple(_questions(published, part)),
        )


def _record(document: Document, part: int) -> dict[str, object]:
    kept = document.keywords
    if document.kind == "hoi-dap":
        kept = tuple(phrase for n, phrase in enumerate(kept) if n % PARTS != part)
    return {
        "id": document.id,
        "title": document.title,
        "body": document.body,
        "keywords": "\n".join(kept),
    }


def _questions(published: list[Document], part: int) -> Iterator[Question]:
    chance = random.Random(_SEED + part)  # noqa: S311 - typing mistakes are no secret
    for document in published:
        if document.kind != "hoi-dap":
            continue
        for n, phrase in enumerate(document.keywords):
            if n % PARTS != part:
                continue
            for name, way in WAYS.items():
                typed = way(phrase, chance)
                if typed and (name == "as is" or typed != phrase):
                    identity = f"{part}.{document.id}.{n}.{name}"
                    yield Question(identity, typed, name, FAQ, frozenset([document.id]))
