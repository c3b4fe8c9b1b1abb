"""The target matrix arranged for a page: one short list of lines for each task and segment."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


class Cell(Protocol):
    """A cell of the matrix; it says itself, and why it does not apply when it does not."""

    @property
    def not_applicable(self) -> str | None:
        """The reason, or None."""


class Group(Protocol):
    """A product group: its id, and how the table calls it."""

    @property
    def id(self) -> str:
        """The id."""

    @property
    def label(self) -> str:
        """The short name."""


class Row(Protocol):
    """A task of the matrix."""

    def cell(self, group: str, segment: str) -> Cell | None:
        """Return the cell of a product group and a segment."""


@dataclass(frozen=True, slots=True)
class CellLine:
    """Product groups that share a target, and the target in words or why there is none."""

    groups: tuple[str, ...]
    words: str
    applies: bool


def cell_lines(row: Row, segment: str, groups: Iterable[Group]) -> tuple[CellLine, ...]:
    """Say the targets of one task for one segment; groups with the same target share a line."""
    merged: dict[tuple[str, bool], list[str]] = {}
    for group in groups:
        cell = row.cell(group.id, segment)
        if cell is None:
            continue
        text = str(cell)
        key = (text[:1].upper() + text[1:], cell.not_applicable is None)
        merged.setdefault(key, []).append(group.label)
    return tuple(
        CellLine(tuple(shared), text, applies) for (text, applies), shared in merged.items()
    )
