"""What a rule looks at: a document of the books, until when they are known, what was promised."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from fractions import Fraction
from functools import partial
from math import ceil
from typing import Any

from service_policy.ledger.rows import Books, LedgerRow, Origin
from service_policy.ledger.written import Document, key_text
from service_policy.obligations.obligation import Obligation, State
from service_policy.promises.calendar import VIETNAM, BusinessCalendar
from service_policy.promises.clock import Quantity
from service_policy.promises.commitment import Commitment
from service_policy.promises.policy import Policy
from service_policy.promises.proof import Events
from service_policy.segments import GroupId, Segment

BY_THE_DAY = frozenset({"working_days", "calendar_days"})
"""Units of a limit that a day without a time of day can keep."""
STALE_AFTER = 2
"""Working days after which books that were not heard of prove nothing about what came since."""


@dataclass(frozen=True)
class Seen:
    """A document with everything that the books hold of it.

    ``row`` is the document itself, ``books`` what belongs to it. ``known_until`` says for each
    table until when its rows are known: what happened later, no absence of a row denies.
    ``earlier`` are former revisions of ``row``, the oldest first.
    """

    row: LedgerRow
    books: Books
    known_until: Mapping[str, datetime]
    earlier: tuple[LedgerRow, ...] = ()

    @property
    def document(self) -> Document:
        """What it is about."""
        return Document(self.row.table, self.row.key)

    def until(self, *tables: str) -> datetime | None:
        """Return until when all of these tables are known; None where one never was."""
        found = [self.known_until.get(one) for one in tables]
        return min((one for one in found if one is not None), default=None) if all(found) else None

    def segment(self, policy: Policy) -> Segment:
        """Return the segment of its customer, the usual one where the books do not say."""
        customer = next(self.books.where("customers", customer_id=self.row["customer_id"]), None)
        known = None if customer is None else policy.matrix.segment(str(customer["segment"]))
        return known or policy.matrix.usual


@dataclass(frozen=True)
class Moment:
    """When something happened; of a ``vague`` one only the day is known, and ``at`` is its end."""

    at: datetime
    vague: bool = False

    @property
    def day(self) -> date:
        """The day in Vietnam."""
        return day_of(self.at)

    @property
    def begins(self) -> datetime:
        """The earliest that it can have happened: what starts a clock started it then."""
        return (
            datetime.combine(self.day, time(), VIETNAM).astimezone(UTC) if self.vague else self.at
        )


def day_of(at: datetime) -> date:
    """Return the day of a moment in Vietnam."""
    return at.astimezone(VIETNAM).date()


def moment(value: Any) -> Moment | None:
    """Read a cell: a day alone, or midnight as spreadsheets write it, tells no time of day."""
    if value is None:
        return None
    if isinstance(value, datetime):
        local = value.astimezone(VIETNAM)
        if local.time() != time():
            return Moment(value)
        value = local.date()
    return Moment(end_of(value), vague=True)


def end_of(day: date) -> datetime:
    """Return the last second of a day in Vietnam, as aware UTC."""
    return datetime.combine(day, time(23, 59, 59), VIETNAM).astimezone(UTC)


def judged(
    due: datetime,
    stop: Moment | None,
    until: datetime | None,
    now: datetime,
    calendar: BusinessCalendar,
    *,
    by_day: bool,
) -> State:
    """Say how a clock stands that runs out at ``due``.

    What happened on a day whose time nobody wrote down stops a clock in days, never one in hours.
    Nothing is missed before the books are known beyond ``due``.
    """
    if stop is not None and not stop.vague:
        return "kept" if stop.at <= due else "missed"
    if stop is not None:
        if stop.day != day_of(due):
            return "kept" if stop.day < day_of(due) else "missed"
        return "kept" if by_day or stop.at <= due else "unknown"
    if until is not None and due < min(now, until):
        return "missed"
    if due >= now:
        return "running"
    stale = until is None or days_late(until, now, calendar) > STALE_AFTER
    return "unknown" if stale else "running"


@dataclass(frozen=True)
class Promised:
    """The promise of a document that events start and stop, for its customer."""

    commitment: Commitment
    segment: Segment
    events: Events

    def target(self, policy: Policy, group: GroupId | None = None) -> Quantity | None:
        """Return the published time limit, or None where there is none for such a customer."""
        return self.commitment.deadline(policy.matrix, self.segment.id, group=group)

    def key(self, document: Document, *more: str) -> str:
        """Name the obligation, the same for ever and however often the books are read."""
        parts = (self.commitment.id, self.events.stops_on, document.table, *document.key, *more)
        return key_text(parts)

    def made(
        self, document: Document, *more: str, group: GroupId | None = None
    ) -> partial[Obligation]:
        """Begin the obligation of a document: whose it is and under which promise it stands."""
        return partial(
            Obligation,
            key=self.key(document, *more),
            commitment_id=self.commitment.id,
            version=self.commitment.version,
            condition=self.events.stops_on,
            document=document,
            segment=self.segment.id,
            group=group,
        )


def promised(seen: Seen, policy: Policy, events: Events, started_at: datetime) -> Promised | None:
    """Return what had been promised when a clock started; None where nothing was."""
    segment = seen.segment(policy)
    for one in policy.commitments(day_of(started_at)):
        if events in one.watched and segment.id in one.scope.segments:
            return Promised(one, segment, events)
    return None


Look = Callable[[Seen, Policy, datetime], Iterator[Obligation]]


@dataclass(frozen=True)
class Rule:
    """What the program can watch: between which events, in which documents, by which columns."""

    events: Events
    table: str
    needs: tuple[str, ...]
    look: Look


def groups_of(policy: Policy, skus: Iterable[Any]) -> tuple[GroupId | None, ...]:
    """Return the groups of products, each once; (None,) where no product is known."""
    known = (policy.product(str(one)) for one in skus)
    found = sorted({one.product_group for one in known if one is not None})
    return tuple(found) or (None,)


def value_of(row: LedgerRow, quantity: int, segment: Segment) -> Fraction:
    """Return what so much (in thousandths) of a line costs: as its customer pays it, tax or not."""
    worth = Fraction(quantity, 1000) * int(row["unit_price_vnd"])
    rate = int(row["vat_rate"] or 0) if segment.prices_with_vat else 0
    return worth * (1 + Fraction(rate, 10_000))


def whole_vnd(value: Fraction) -> int:
    """Round up to a whole đồng, in the customer's favour."""
    return ceil(value)


def origins(rows: Iterable[LedgerRow]) -> tuple[Origin, ...]:
    """Return where rows come from, each line once."""
    return tuple(dict.fromkeys(one.origin for one in rows))


def days_late(due: datetime, until: datetime, calendar: BusinessCalendar) -> int:
    """Count the working days that began after ``due`` and up to ``until``."""
    return sum(1 for _ in calendar.openings(due, until))
