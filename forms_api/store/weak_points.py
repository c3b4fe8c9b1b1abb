"""What went wrong in a month, counted in the store: per cause, promise, department and product.

Each figure is one kind of event of the month. The events of a month are found by an index, so the
work grows with the month and not with all that is kept.
"""

from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    case,
    cast,
    func,
    or_,
    select,
)

from forms_api.store.tables import cases, events, private
from forms_api.store.types import json_text

Figure = Literal["paid", "owed", "missed", "returned", "silent", "received"]
Dimension = Literal["cause", "promise", "department", "product"]

_payload = events.c.payload
_OF: Final[dict[Figure, ColumnElement[bool]]] = {
    "paid": events.c.type == "payment_recorded",
    "owed": events.c.type == "compensation_owed",
    "missed": events.c.type == "promise_missed",
    "returned": events.c.type.in_(("resolution_disputed", "case_reopened")),
    "silent": and_(
        events.c.type == "resolution_confirmed", json_text(_payload, "how") == "silence"
    ),
    "received": events.c.type == "received",
}
_TYPES: Final = (
    "payment_recorded",
    "compensation_owed",
    "promise_missed",
    "resolution_disputed",
    "case_reopened",
    "resolution_confirmed",
    "received",
)
_promise = json_text(_payload, "commitment_id")
_product = func.coalesce(
    json_text(private.c.payload, "product_code"), json_text(private.c.payload, "product")
)
_BY: Final[dict[Dimension, tuple[ColumnElement[Any], ...]]] = {
    "cause": (cases.c.kind, cases.c.category),
    "promise": (_promise,),
    "department": (cases.c.owner_department,),
    "product": (_product,),
}
_TABLES = events.join(cases, cases.c.reference == events.c.case_ref).outerjoin(
    # What was told on filing, the product among it, stands beside the first event.
    private,
    and_(private.c.case_ref == events.c.case_ref, private.c.seq == 1),
)


def _of_month(start: datetime, end: datetime) -> ColumnElement[bool]:
    return and_(events.c.type.in_(_TYPES), events.c.at >= start, events.c.at < end)


def totals(connection: Connection, start: datetime, end: datetime) -> list[Row[Any]]:
    """Return groups of one figure each: ``figure``, the dimensions, ``number``, ``vnd``.

    ``start`` and ``end`` are aware moments, the end left out.
    """
    figure = case(*((one, name) for name, one in _OF.items())).label("figure")
    by = (
        cases.c.kind.label("kind"),
        cases.c.category.label("category"),
        cases.c.owner_department.label("department"),
        _promise.label("promise"),
        _product.label("product"),
    )
    vnd = func.coalesce(func.sum(cast(json_text(_payload, "vnd"), BigInteger)), 0).label("vnd")
    query = (
        select(figure, *by, func.count().label("number"), vnd)
        .select_from(_TABLES)
        .where(_of_month(start, end), or_(*_OF.values()))
        .group_by(figure, *by)
    )
    return list(connection.execute(query))


def cases_of(
    start: datetime,
    end: datetime,
    figure: Figure,
    dimension: Dimension | None,
    key: tuple[str | None, ...],
) -> Select[Any]:
    """Ask for the cases behind a figure, the latest first; all of a month without a dimension.

    A part of ``key`` is None where the case says nothing of it.
    """
    same = (
        column.is_(None) if wanted is None else column == wanted
        for column, wanted in zip(_BY[dimension] if dimension else (), key, strict=True)
    )
    behind = (
        select(events.c.case_ref)
        .select_from(_TABLES)
        .where(_of_month(start, end), _OF[figure], *same)
    )
    found = select(cases).where(cases.c.reference.in_(behind))
    return found.order_by(cases.c.received_at.desc(), cases.c.reference.desc())
