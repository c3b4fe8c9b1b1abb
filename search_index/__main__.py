"""Command line: build the indexes of any corpus, rank documents with the server's index."""

import argparse
import json
import sys
import time
from pathlib import Path

from search_index import browser
from search_index.documents import read_corpus
from search_index.language import Language


def build(corpus: Path, folder: Path) -> None:
    """Build the browser's and the server's index of a corpus into ``folder``."""
    documents = list(read_corpus(corpus))
    browser.build(documents, Language().data(), folder)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m search_index", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    building = commands.add_parser("build", help="build both indexes of a corpus")
    building.add_argument("--corpus", type=Path, required=True, metavar="DOCS.jsonl")
    building.add_argument("--out", type=Path, required=True, metavar="DIR")
    options = parser.parse_args(arguments)
    build(options.corpus, options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
