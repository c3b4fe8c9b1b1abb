"""Sets of documents and questions: made from the sample company's, or read from a folder.

Editors wrote several other phrasings for each entry of the FAQ. They are dealt into four parts, of
which two are asked, each of an index that holds everything published but not this part: no engine
has seen the words it is asked for, and every entry keeps three quarters of its phrasings, as it
would live.
"""

import gzip
import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from bench.ways import NAMES_OF_SETS, WAYS
from search_index.documents import Document
from search_index.library import documents
from service_policy.content import read
from tooling.paths import CONTENT

FAQ: Final = "faq"
_FEWEST: Final = 150
"""Questions of each family in a sample."""


@dataclass(frozen=True, slots=True)
class Question:
    """A text that somebody types, in which way, and the documents that answer it."""

    id: str
    text: str
    way: str
    family: str
    answers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Part:
    """Documents (as the command line of the search takes them) and what is asked of them."""

    documents: tuple[dict[str, Any], ...]
    questions: tuple[Question, ...]


def read_tier(folder: Path, documents: int, sample: int = 0) -> Part:
    """Read the first so many documents of a development set and the questions they answer.

    ``sample`` keeps about that many questions, all ways of typing of the same ones: evenly from
    each source, and more of a small family, so that each has enough to be judged by.
    """
    tier = min(documents, 2000)
    corpus = [one for one in _lines(folder / "corpus.jsonl") if one["tier"] <= tier]
    if documents > tier:
        corpus += list(_lines(folder / "extension.jsonl"))[: documents - len(corpus)]
    known = {one["id"] for one in corpus}
    asked = [
        Question(
            one["qid"],
            one["q"],
            NAMES_OF_SETS.get(one["variant"], one["variant"]),
            one["family"],
            frozenset(one["rel"]),
        )
        for one in _lines(folder / "queries.jsonl")
        if known.intersection(one["rel"])
    ]
    if sample and sample < len(asked):
        kept = _evenly(asked, sample)
        asked = [one for one in asked if _stem(one) in kept]
    texts = ({name: one[name] for name in ("id", "title", "body")} for one in corpus)
    return Part(tuple({**text, "keywords": ""} for text in texts), tuple(asked))


def write(part: Part, file: Path) -> Path:
    """Write the documents, one JSON object a line."""
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(document, ensure_ascii=False) + "\n" for document in part.documents)
    file.write_text("".join(lines), encoding="utf-8")
    return file


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """Read a file of JSON lines, or its gzip beside it."""
    if path.exists():
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)
    else:
        with gzip.open(f"{path}.gz", "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def _stem(question: Question) -> str:
    """What all ways of typing one question have in common."""
    return question.id.split(".")[0]


def _evenly(asked: list[Question], sample: int) -> set[str]:
    """Choose stems: of each family every so-manieth, in the order of what answers them.

    The answers of one source stand together, so each source keeps its share.
    """
    kept: set[str] = set()
    sizes = Counter(one.family for one in asked)
    for family, size in sizes.items():
        share = min(1.0, max(sample / len(asked), _FEWEST / size))
        found = {_stem(one): min(one.answers) for one in asked if one.family == family}
        ordered = sorted(found, key=lambda stem: (found[stem], stem))
        kept.update(
            stem
            for number, stem in enumerate(ordered)
            if int((number + 1) * share) > int(number * share)
        )
    return kept


PARTS: Final = 4
_ASKED: Final = 2
"""Of the four parts; two are some 3,000 questions, and more only take longer."""
_DAY: Final = date(2026, 11, 23)
_SEED: Final = 20261123


def own_parts() -> Iterator[Part]:
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
