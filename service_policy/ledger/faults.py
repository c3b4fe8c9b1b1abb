"""What is wrong with a file of the ledger: where, in which column, and what to do."""

import re
from dataclasses import dataclass
from typing import Final

MOST_TOLD: Final = 500
"""Faults that are named; the others are counted."""

_PRIVATE = re.compile(r"[^\s@]+@[^\s@]+|\+?[0-9](?:[ .-]?[0-9]){8,}")
_LONGEST_QUOTE: Final = 40


class BadCell(ValueError):
    """Raised for a cell that cannot be read; says why, in Vietnamese, without its value."""


@dataclass(frozen=True, order=True)
class LedgerFault:
    """One fault: the physical row, the column as the file calls it, and what is wrong."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"{self.line}: {self.column}: {self.message}" if self.column else self._of_the_row()

    def _of_the_row(self) -> str:
        return f"{self.line}: {self.message}" if self.line else self.message


def quoted(value: object, *, personal: bool) -> str:
    """Return a value as a fault may show it: hidden when it may be a person's.

    A number of nine digits or an address in a column that should hold neither came there from
    another one.
    """
    if personal:
        return "(giá trị ẩn)"
    text = " ".join(str(value).split())
    shown = text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"
    return f"“{_PRIVATE.sub('…', shown)}”"
