"""Search on the server: for people without scripts, for programs, and before a form is sent."""

import hashlib
import json
import logging
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from search_index.documents import Document
from search_index.library import KINDS, documents, language
from search_index.server import Hit, Results, SearchServer, build, in_memory
from service_policy.content import Library
from service_policy.documents import FaqEntry
from service_policy.promises.calendar import VIETNAM

MOST = 40
"""Results that are worth reading; a question of common words matches nearly everything."""
WORTH = 0.35
"""The share of the best result's score that another one needs to be shown."""
BEST = 10
NEAREST = 3
"""Published answers that are offered before a question is sent."""
ANSWERS = "hoi-dap"
"""The kind of document that answers questions."""

log = logging.getLogger("forms_api.web")


@dataclass(frozen=True)
class Found:
    """Results of one page, how many there are in all, and how many of each kind (by its code).

    ``sure``: the first may be shown as the answer. ``meant``: the question with its slips mended.
    """

    hits: tuple[Hit, ...]
    total: int
    kinds: tuple[tuple[str, int], ...]
    sure: bool = True
    meant: str | None = None


class Finder:
    """Answers questions from an index of the content, made when it is first needed and kept.

    Each day has an index of its own: a price sheet that ended at midnight says so in the morning,
    whether or not anybody has built the site since.
    """

    def __init__(self, library: Library, folder: Path, now: Callable[[], datetime]) -> None:
        """Search what ``library`` publishes, with indexes somewhere under ``folder``."""
        self._library = library
        self._folder = folder
        self._now = now
        self._lock = threading.Lock()
        self._ready: tuple[date, SearchServer] | None = None
        self._spare: SearchServer | None = None

    def find(self, question: str, kind: str = "", start: int = 0, most: int = BEST) -> Found:
        """Return results ``start`` to ``start + most``, best first; ``kind`` keeps one kind."""
        found = self._search(question, limit=MOST)
        scored = found.hits
        good = [hit for hit in scored if hit.score >= scored[0].score * WORTH]
        counts = Counter(hit.kind for hit in good)
        chosen = [hit for hit in good if not kind or hit.kind == kind]
        kinds = tuple((one, counts[one]) for one in KINDS if counts[one])
        shown = tuple(chosen[start : start + most])
        return Found(shown, len(chosen), kinds, found.sure, found.meant)

    def nearest(self, question: str) -> tuple[Hit, ...]:
        """Return the few published answers nearest to a question, best first."""
        return self.find(question, ANSWERS, most=NEAREST).hits

    def answer(self, question: str) -> FaqEntry | None:
        """Return the published entry that answers a question, or None when none does well."""
        found = self._search(question, kind=ANSWERS, limit=1)
        if not found.sure:
            return None
        wanted = found.hits[0].id.removeprefix(f"{ANSWERS}:")
        return next((one for one in self._library.faq if one.id == wanted), None)

    def prepare(self) -> SearchServer:
        """Open the index of today; servers do it before the first question."""
        day = self._now().astimezone(VIETNAM).date()
        with self._lock:
            if self._ready is None or self._ready[0] != day:
                self._ready = (day, self._open(list(documents(self._library, day))))
            return self._ready[1]

    def _search(self, question: str, *, kind: str | None = None, limit: int) -> Results:
        """Ask the index of today; one that breaks while the program runs is made in memory."""
        server = self.prepare()
        try:
            return server.search(question, kind=kind, limit=limit)
        except Exception as error:
            if server is self._spare:
                raise  # Nothing lies on the disk here: another one would fail alike.
            return self._instead_of(server, error).search(question, kind=kind, limit=limit)

    def _instead_of(self, broken: SearchServer, error: Exception) -> SearchServer:
        """Put an index in memory in the place of a broken one; the first who notices does it."""
        with self._lock:
            if self._ready is not None and self._ready[1] is broken:
                day = self._ready[0]
                self._ready = (day, self._in_memory(list(documents(self._library, day)), error))
        return self.prepare()

    def _open(self, texts: list[Document]) -> SearchServer:
        """Open the index of these texts; in memory when the disk takes none or gives none back."""
        try:
            return SearchServer(self._index(texts))
        except Exception as error:  # noqa: BLE001 - of half a file its reader may say anything
            return self._in_memory(texts, error)

    def _in_memory(self, texts: list[Document], error: Exception) -> SearchServer:
        log.error("the search index lies in memory: %s", type(error).__name__)
        self._spare = in_memory(texts, language(self._library))
        return self._spare

    def _index(self, texts: list[Document]) -> Path:
        """Return the folder of the index of these texts, which is made if it is not there.

        Its name is the fingerprint of what is in it, so that processes that start at the same
        moment, or with other content, never use each other's half-made index.
        """
        words = language(self._library)
        said = json.dumps([[asdict(one) for one in texts], words], sort_keys=True)
        name = hashlib.sha256(f"{sys.version} {said}".encode()).hexdigest()[:16]
        finished = self._folder / name
        if not finished.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix="new-", dir=self._folder) as fresh:
                build(texts, words, Path(fresh) / name)
                with suppress(OSError):  # Another process was faster.
                    (Path(fresh) / name).rename(finished)
        return finished
