"""Days between two documents of which the later takes the place of the earlier: nothing holds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from service_policy.data_files import HolidayList
from service_policy.legal import LegalReference
from service_policy.price_sheets import PriceSheet, replaced_on
from service_policy.promises.commitment import Commitment
from service_policy.text import code_order

_DAY = timedelta(days=1)
NEXT_YEAR_FROM_MONTH = 10
"""From this month on the days off of the next year are due: deadlines begin to reach into it."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Days on which nothing holds.

    Attributes:
        what: the document that begins after them.
        before: the one that ends before them.
        first: the first of the days.
        last: the last of them.
    """

    what: str
    before: str
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days there are."""
        return (self.last - self.first).days + 1

    def __str__(self) -> str:
        days = f"từ {self.first:%d/%m/%Y} đến {self.last:%d/%m/%Y}"
        return f"{self.before} hết trước khi {self.what} bắt đầu: trống {self.days} ngày, {days}"


def gaps_of_sheets(sheets: Sequence[PriceSheet], today: date) -> Iterator[tuple[PriceSheet, Gap]]:
    """Find series of price sheets with days without a price; those before expired ones are past."""
    for after in sheets:
        before = [
            one
            for one in sheets
            if one.series == after.series and one.valid_from < after.valid_from
        ]
        if after.valid_to < today or not before:
            continue
        last = max(before, key=lambda one: _last_day(one, sheets))
        ended = _last_day(last, sheets)
        if ended + _DAY < after.valid_from <= _last_day(after, sheets):
            yield after, _gap(after.id, last.id, ended, after.valid_from)


def _last_day(sheet: PriceSheet, sheets: Sequence[PriceSheet]) -> date:
    """Return the last day of a version: a correction takes its place before the sheet ends."""
    replaced = replaced_on(sheet, tuple(sheets))
    return sheet.valid_to if replaced is None else min(sheet.valid_to, replaced - _DAY)


def gaps_of_promises(
    versions: Iterable[Commitment], today: date
) -> Iterator[tuple[Commitment, Gap]]:
    """Find commitments of which a version ends before the next one begins."""
    ordered = sorted(versions, key=lambda one: (code_order(one.id), one.version))
    for before, after in pairwise(ordered):
        ended = before.effective_to
        if before.id != after.id or ended is None or after.effective_from < today:
            continue
        if ended + _DAY < after.effective_from:
            names = f"{after.id} phiên bản {after.version}", f"phiên bản {before.version}"
            yield after, _gap(*names, ended, after.effective_from)


def gaps_of_laws(references: Sequence[LegalReference]) -> Iterator[tuple[LegalReference, Gap]]:
    """Find laws whose successor is not in force on the day after their last."""
    by_id = {one.id: one for one in references}
    for before in references:
        after = by_id.get(before.successor or "")
        if before.effective_to is None or after is None:
            continue
        if before.effective_to + _DAY < after.effective_from:
            yield before, _gap(after.short, before.short, before.effective_to, after.effective_from)


def years_without_days_off(holidays: HolidayList, today: date) -> list[int]:
    """Return the years that the list of days off leaves out, up to the one that is due next."""
    known = {one.year for one in holidays.years}
    due = today.year + (today.month >= NEXT_YEAR_FROM_MONTH)
    return [year for year in range(min(known), max(*known, due) + 1) if year not in known]


def _gap(what: str, before: str, ended: date, begins: date) -> Gap:
    return Gap(what, before, ended + _DAY, begins - _DAY)
