"""Repeatable measurements against peers; each writes ``results/NAME.json``."""

from importlib import import_module
from pathlib import Path
from typing import Final

BENCHES: Final = ("search", "livereload", "hostile", "ledger")
"""The modules of this room that measure when nothing else is asked for."""


def run(name: str, data: Path | None) -> list[str]:
    """Measure, with a folder of data where one is given; a line for each goal missed."""
    missed: list[str] = import_module(f"bench.{name}").bench(data)
    return missed
