"""Repeatable measurements against peers; each writes ``results/NAME.json``."""

from collections.abc import Callable
from pathlib import Path
from typing import Final


def _search(data: Path | None) -> list[str]:
    from bench.search import bench

    return bench(data)


def _livereload(_: Path | None) -> list[str]:
    from bench.livereload import bench

    return bench()


def _hostile(_: Path | None) -> list[str]:
    from bench.hostile import bench

    return bench()


def _ledger(_: Path | None) -> list[str]:
    from bench.ledger import bench

    return bench()


BENCHES: Final[dict[str, Callable[[Path | None], list[str]]]] = {
    "search": _search,
    "livereload": _livereload,
    "hostile": _hostile,
    "ledger": _ledger,
}
"""Name → bench: takes a folder of data or None, returns a line for each goal missed."""
