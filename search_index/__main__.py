"""Command line: build the indexes of any corpus, rank documents with the server's index."""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from search_index import language, server
from search_index.documents import read_corpus

CONTENT = Path(__file__).resolve().parent.parent / "content"
SYNONYMS = Path(os.environ.get("PORTAL_CONTENT_DIR", "").strip() or CONTENT) / language.FILE
OWN_KIND = "hoi-dap"
EVERY_KIND = "*"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m search_index", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    building = commands.add_parser("build", help="build both indexes of a corpus")
    building.add_argument("--corpus", type=Path, required=True, metavar="DOCS.jsonl")
    building.add_argument("--out", type=Path, required=True, metavar="DIR")
    building.add_argument("--synonyms", type=Path, default=SYNONYMS, metavar="FILE.yaml")
    asking = commands.add_parser("rank", help="answer queries from standard input")
    asking.add_argument("--whoosh", type=Path, required=True, metavar="DIR")
    options = parser.parse_args(arguments)
    if options.command == "build":
        words = language.read(options.synonyms)
        server.build(read_corpus(options.corpus), words, options.out)
    else:
        for line in rank(options.whoosh, sys.stdin):
            sys.stdout.write(line + "\n")
    return 0


def rank(folder: Path, lines: Iterable[str]) -> Iterator[str]:
    """Answer ``{"qid", "q", "k"?, "kind"?}`` with ``{"qid", "ids", "sure", "ms"}``, best first.

    The site's own index answers with questions unless another kind (or ``*``) is asked for.
    """
    start = time.perf_counter()
    index = server.SearchServer(folder)
    yield json.dumps({"meta": {"load_ms": _milliseconds(start)}})
    default = OWN_KIND if OWN_KIND in index.kinds else EVERY_KIND
    for line in lines:
        if not line.strip():
            continue
        asked = json.loads(line)
        kind = asked.get("kind") or default
        start = time.perf_counter()
        found = index.search(
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


if __name__ == "__main__":
    sys.exit(main())
