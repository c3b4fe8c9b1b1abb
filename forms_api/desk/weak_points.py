"""Where the company fails its customers, for whoever leads it: a month against the one before.

Counted per cause, promise, department and product, never per person; each figure leads to its
cases.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, get_args

from sqlalchemy import ColumnElement, Connection, Row, func, select

from forms_api.desk.queue import Listed, line, what
from forms_api.portal import Portal
from forms_api.store import weak_points as rows
from forms_api.store.rows import page_of
from forms_api.store.tables import feedback, search_misses
from forms_api.store.weak_points import Dimension, Figure
from service_policy.promises.policy import Policy
from service_policy.scorecard.histories import bounds, month_after, month_before

FIGURES: Final[tuple[Figure, ...]] = get_args(Figure)
DIMENSIONS: Final[tuple[Dimension, ...]] = get_args(Dimension)
IN_VND: Final[frozenset[Figure]] = frozenset({"paid", "owed"})
NOT_BY_PROMISE: Final[frozenset[Figure]] = frozenset(FIGURES) - {"owed", "missed"}
"""Only what is missed and owed says of which promise it is; a payment goes to what is oldest."""
MOST_LINES = 25
NOT_SAID = "chưa ghi"
_SEPARATOR = "."

Key = tuple[str | None, ...]


@dataclass
class Count:
    """A figure of a month, and that of the month before; đồng for money."""

    now: int = 0
    before: int = 0


@dataclass
class Line:
    """One cause, promise, department or product: its words, its ``code`` in addresses, figures."""

    name: str
    code: str
    figures: dict[Figure, Count] = field(default_factory=lambda: {one: Count() for one in FIGURES})

    @property
    def weight(self) -> tuple[int, ...]:
        """What puts it before others: money first, then misses, returns, silence, its size."""
        return tuple(self.figures[one].now for one in FIGURES)


@dataclass(frozen=True)
class Table:
    """The lines of one dimension, the worst first; ``left_out`` is how many more there are."""

    dimension: Dimension
    figures: tuple[Figure, ...]
    lines: tuple[Line, ...]
    left_out: int


@dataclass(frozen=True)
class WeakPoints:
    """Everything the page shows of a month (``2026-11``)."""

    month: str
    earlier: str
    total: Line
    tables: tuple[Table, ...]
    searched: Count
    asked: tuple[Row[Any], ...]
    unclear: Count


def weak_points(portal: Portal, month: str) -> WeakPoints:
    """Return where the company failed in a month.

    Raises:
        StoreUnavailable: the store cannot be read.
    """
    earlier = month_before(date.fromisoformat(f"{month}-01")).isoformat()[:7]

    def look(connection: Connection) -> WeakPoints:
        found = [rows.totals(connection, *bounds(one)) for one in (month, earlier)]
        total = Line("", "")
        for group, count in _counted(found):
            _add(total, group, *count)
        return WeakPoints(
            month=month,
            earlier=earlier,
            total=total,
            tables=tuple(_table(one, found, portal.policy) for one in DIMENSIONS),
            searched=Count(*(_first_searched(connection, one) for one in (month, earlier))),
            asked=_asked(connection, month),
            unclear=Count(*(_unclear(connection, one) for one in (month, earlier))),
        )

    return portal.store.read(look)


def cases_behind(
    portal: Portal,
    month: str,
    figure: Figure,
    dimension: Dimension | None,
    code: str,
    now: datetime,
    page: str,
) -> Listed:
    """Return a page of the cases behind a figure; of all of a month without a dimension.

    Raises:
        StoreUnavailable: the store cannot be read.
    """
    query = rows.cases_of(*bounds(month), figure, dimension, _key_of(dimension, code))

    def look(connection: Connection) -> Listed:
        found, at = page_of(connection, query, page)
        return Listed(tuple(line(one, portal.policy, now) for one in found), at)

    return portal.store.read(look)


def name_of(dimension: Dimension, code: str, policy: Policy) -> str:
    """Return what a line is called."""
    return _name(dimension, _key_of(dimension, code), policy)


# ---------------------------------------------------------------- counting


def _counted(
    found: Iterable[list[Row[Any]]],
) -> Iterable[tuple[Row[Any], tuple[int, int]]]:
    """Yield each group with what it adds to (this month, the month before)."""
    for position, groups in enumerate(found):
        for group in groups:
            value = int(group.vnd if group.figure in IN_VND else group.number)
            yield group, ((value, 0) if position == 0 else (0, value))


def _add(to: Line, group: Row[Any], now: int, before: int) -> None:
    count = to.figures[group.figure]
    count.now += now
    count.before += before


def _table(dimension: Dimension, found: list[list[Row[Any]]], policy: Policy) -> Table:
    left_out = NOT_BY_PROMISE if dimension == "promise" else frozenset()
    lines: dict[Key, Line] = {}
    for group, count in _counted(found):
        if group.figure in left_out:
            continue
        key = _key(dimension, group)
        if key not in lines:
            lines[key] = Line(_name(dimension, key, policy), _SEPARATOR.join(x or "" for x in key))
        _add(lines[key], group, *count)
    ordered = sorted(lines.values(), key=lambda one: one.name)
    ordered.sort(key=lambda one: one.weight, reverse=True)
    figures = tuple(one for one in FIGURES if one not in left_out)
    return Table(dimension, figures, tuple(ordered[:MOST_LINES]), max(0, len(ordered) - MOST_LINES))


def _key(dimension: Dimension, group: Row[Any]) -> Key:
    if dimension == "cause":
        return group.kind, group.category
    return (getattr(group, dimension),)


def _key_of(dimension: Dimension | None, code: str) -> Key:
    """Read a key from an address."""
    if dimension is None:
        return ()
    if dimension == "cause":
        kind, _, category = code.partition(_SEPARATOR)
        return kind or None, category or None
    return (code or None,)


def _name(dimension: Dimension, key: Key, policy: Policy) -> str:
    first = key[0]
    if first is None:
        return NOT_SAID
    match dimension:
        case "cause":
            return what(first, key[1], policy)
        case "department":
            return policy.company.department_name(first)
        case "promise":
            titles = [one.title for one in policy.versions if one.id == first]
            return f"{first} · {titles[-1]}" if titles else first
        case "product":
            product = policy.product(first)
            return first if product is None else f"{product.id} · {product.name}"


# ---------------------------------------------------------------- what readers could not find


def _first_searched(connection: Connection, month: str) -> int:
    """Count the words that were searched for in vain for the first time in a month."""
    return _how_many(connection, search_misses.c.first_on, *_days(month))


def _asked(connection: Connection, month: str) -> tuple[Row[Any], ...]:
    """Return the words searched for in vain that came up in a month, the most frequent first."""
    start, end = _days(month)
    said = search_misses.c
    query = (
        select(said.words, said["count"].label("times"), said.first_on, said.last_on)
        .where(said.last_on >= start, said.first_on < end)
        .order_by(said["count"].desc(), said.words)
    )
    return tuple(connection.execute(query.limit(10)))


def _unclear(connection: Connection, month: str) -> int:
    """Count the readers who called a page unclear in a month."""
    start, end = bounds(month)
    said = feedback.c
    unclear = (said.useful.is_(False), said.at >= start, said.at < end)
    return connection.scalar(select(func.count()).where(*unclear)) or 0


def _how_many(connection: Connection, column: ColumnElement[date], start: date, end: date) -> int:
    return connection.scalar(select(func.count()).where(column >= start, column < end)) or 0


def _days(month: str) -> tuple[date, date]:
    return date.fromisoformat(f"{month}-01"), month_after(month)
