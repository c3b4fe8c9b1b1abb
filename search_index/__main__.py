"""Command line: build the indexes of any corpus, rank documents with the server's index."""

import argparse
import os
import sys
from pathlib import Path

from search_index import language, ranking, server
from search_index.documents import read_corpus

CONTENT = Path(__file__).resolve().parent.parent / "content"
SYNONYMS = Path(os.environ.get("PORTAL_CONTENT_DIR", "").strip() or CONTENT) / language.FILE


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
        for line in ranking.rank(options.whoosh, sys.stdin):
            sys.stdout.write(line + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
