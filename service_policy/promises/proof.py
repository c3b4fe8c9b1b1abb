"""How a promise is measured: by which records, started and stopped by which events."""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import AfterValidator, model_validator

from service_policy.ledger.tables import TABLES
from service_policy.values import Model, Text, fault

StartEvent = Literal[
    "received",
    "order_received",
    "order_confirmed",
    "fault_confirmed",
    "slip_issued",
    "choice_made",
    "appointment",
    "published",
    "delivered",
    "invoice_issued",
]
"""Machine events that start a promise's clock; a case's own clock starts when it is received."""
StopEvent = Literal[
    "owner_assigned",
    "answered",
    "called_back",
    "resolved",
    "returned",
    "delivered",
    "arrived",
    "paid",
    "shortage_notified",
    "document_sent",
    "invoice_issued",
    "invoice_right",
]
"""Machine events that stop it."""
Measured = Literal["machine", "recorded", "reported"]
"""Who notices a miss: the machine, somebody at the desk who records it, or the customer alone."""


def _column(name: str) -> str:
    table, _, column = name.partition(".")
    known = TABLES.get(table)
    if known is None:
        raise fault(
            "unknown_table",
            f"sổ không có bảng {table}",
            f"viết bảng.cột, bảng là một trong: {', '.join(TABLES)}",
        )
    if known.column(column) is None:
        listed = ", ".join(one.name for one in known.columns)
        raise fault(
            "unknown_column", f"bảng {table} không có cột {column}", f"chọn một trong: {listed}"
        )
    return name


LedgerColumn = Annotated[Text, AfterValidator(_column)]
"""A column of the company's books as ``table.column``, see ``ledger.tables``."""


class Events(Model):
    """Two machine events between which a clock runs."""

    starts_on: StartEvent
    stops_on: StopEvent


class Proof(Model):
    """How one promise is measured.

    ``facts`` are the columns of the company's books that prove it; without any, the events of a
    case do. ``key`` is the column that tells one promise from the next, such as an order's number.
    ``also`` are further events that the books are watched for, beside the promise's own.
    """

    measured: Measured
    facts: tuple[LedgerColumn, ...] = ()
    key: LedgerColumn | None = None
    also: tuple[Events, ...] = ()

    @model_validator(mode="after")
    def _books_have_a_key(self) -> "Proof":
        if self.facts and self.key is None:
            raise fault(
                "no_key",
                "có facts mà thiếu key: không biết một dòng sổ là lời hứa nào",
                "ghi key: bảng.cột của số chứng từ, như orders.order_no",
            )
        if self.also and not self.facts:
            raise fault("no_facts", "có also mà thiếu facts", "ghi facts: các cột của sổ")
        return self

    def lacks(self, needed: Iterable[str]) -> tuple[str, ...]:
        """Return the columns of ``needed`` that are not among the facts."""
        return tuple(one for one in needed if one not in self.facts)
