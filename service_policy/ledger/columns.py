"""What a column of the ledger is, and short ways to declare one."""

from dataclasses import dataclass
from typing import Literal

ColumnKind = Literal[
    "text", "code", "number", "invoice", "contact", "tax_code", "vnd", "quantity", "count", "rate",
    "date", "moment", "choice", "flag", "codes",
]  # fmt: skip
"""What stands in a column.

``code`` is an identifier, kept as it is written but for white space; ``number`` the number of an
invoice without leading zeros, ``invoice`` a series and such a number (``1C26TAB:123``); ``vnd``
whole đồng; ``quantity`` a number of goods with at most three decimals, kept in thousandths;
``rate`` a percentage in hundredths of a percent; ``date`` a day in Vietnam; ``moment`` aware UTC,
its offset +07:00 where none is written; ``codes`` several codes separated by commas.
"""


@dataclass(frozen=True)
class Column:
    """One column: its name, what stands in it, and whose it is.

    ``choices`` are the words of a ``choice``. ``refers_to`` names the table whose key it is, which
    must know it. A ``personal`` value is masked wherever a fault or a list shows it.
    """

    name: str
    kind: ColumnKind
    required: bool = False
    choices: tuple[str, ...] = ()
    refers_to: str | None = None
    personal: bool = False
    negative: bool = False


def text(name: str, *, required: bool = False, personal: bool = False) -> Column:
    """Declare words."""
    return Column(name, "text", required, personal=personal)


def code(name: str, *, required: bool = False, refers_to: str | None = None) -> Column:
    """Declare an identifier."""
    return Column(name, "code", required, refers_to=refers_to)


def of(kind: ColumnKind, *names: str) -> tuple[Column, ...]:
    """Declare several columns of a kind; a star behind a name says that every row fills it."""
    return tuple(Column(name.rstrip("*"), kind, name.endswith("*")) for name in names)


def choice(name: str, *choices: str, required: bool = False) -> Column:
    """Declare a word out of a few."""
    return Column(name, "choice", required, choices)


def of_customer(*, required: bool = False) -> Column:
    """Declare whose row it is."""
    return Column("customer_id", "code", required, refers_to="customers", personal=True)
