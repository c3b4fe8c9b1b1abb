"""Search on the server: for people without scripts, for programs, and before a form is sent."""

import tempfile
import threading
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from forms_api.web.excerpts import excerpt
from search_index.documents import Document
from search_index.language import from_synonyms
from search_index.library import KINDS, documents
from search_index.server import SearchServer, build
from service_policy.content import Library

MOST = 60
"""Results that are worth reading; a question of common words matches nearly everything."""
WORTH = 0.35
"""The share of the best result's score that another one needs to be shown."""
BEST = 10


@dataclass(frozen=True)
class Result:
    """A document found: its address, and the stretch of it that fits the question."""

    id: str
    kind: str
    title: str
    url: str
    snippet: Markup

    def as_json(self) -> dict[str, Any]:
        """Return the result for a program; the snippet is plain text."""
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "url": self.url,
            "snippet": self.snippet.striptags(),
        }


@dataclass(frozen=True)
class Found:
    """Results of one page, how many there are in all, and how many of each kind (by its code)."""

    hits: tuple[Result, ...]
    total: int
    kinds: tuple[tuple[str, int], ...]


class Finder:
    """Answers questions from an index made of the content when it is first asked."""

    def __init__(self, library: Library) -> None:
        """Search what ``library`` publishes."""
        self._library = library
        self._lock = threading.Lock()
        self._ready: tuple[SearchServer, dict[str, Document]] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def find(self, question: str, kind: str = "", start: int = 0, most: int = BEST) -> Found:
        """Return results ``start`` to ``start + most``, best first; ``kind`` keeps one kind."""
        server, texts = self.prepare()
        scored = server.search(question, limit=MOST)
        good = [hit for hit in scored if hit.score >= scored[0].score * WORTH]
        counts = Counter(hit.kind for hit in good)
        chosen = [hit for hit in good if not kind or hit.kind == kind]
        hits = tuple(
            Result(
                hit.id,
                hit.kind,
                texts[hit.id].title,
                hit.url,
                excerpt(texts[hit.id].body, question),
            )
            for hit in chosen[start : start + most]
        )
        return Found(hits, len(chosen), tuple((one, counts[one]) for one in KINDS if counts[one]))

    def prepare(self) -> tuple[SearchServer, dict[str, Document]]:
        """Make the index if that was not done yet; servers do it before the first question."""
        with self._lock:
            if self._ready is None:
                texts = {document.id: document for document in documents(self._library)}
                words = {**from_synonyms(self._library.synonyms).data(), "kinds": KINDS}
                self._folder = tempfile.TemporaryDirectory(prefix="search-")
                folder = Path(self._folder.name)
                build(texts.values(), words, folder)
                self._ready = SearchServer(folder), texts
            return self._ready
