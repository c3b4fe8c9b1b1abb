"""The ranking protocol: questions in, document ids out, one JSON object a line."""

import json
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from search_index.server import SearchServer

OWN_KIND = "hoi-dap"
EVERY_KIND = "*"


def rank(folder: Path, lines: Iterable[str]) -> Iterator[str]:
    """Answer ``{"qid", "q", "k"?, "kind"?}`` with ``{"qid", "ids", "sure", "ms"}``, best first.

    The site's own index answers with questions unless another kind (or ``*``) is asked for.
    """
    start = time.perf_counter()
    server = SearchServer(folder)
    yield json.dumps({"meta": {"load_ms": _milliseconds(start)}})
    default = OWN_KIND if OWN_KIND in server.kinds else EVERY_KIND
    for line in lines:
        if not line.strip():
            continue
        asked = json.loads(line)
        kind = asked.get("kind") or default
        start = time.perf_counter()
        found = server.search(
            str(asked["q"]),
            kind=None if kind == EVERY_KIND else kind,
            limit=int(asked.get("k", 10)),
        )
        answer = {
            "qid": asked["qid"],
            "ids": [hit.id for hit in found.hits],
            "sure": found.sure,
            "ms": _milliseconds(start),
        }
        yield json.dumps(answer, ensure_ascii=False)


def _milliseconds(since: float) -> float:
    return round((time.perf_counter() - since) * 1000, 3)
