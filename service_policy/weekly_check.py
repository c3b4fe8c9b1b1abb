"""What the weekly check of the documents finds, gaps between them too, and how it is kept.

The rules are here: what counts as out of date, too few or unchecked. What only a machine can try,
such as whether a link answers, comes in as findings.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final, Literal

from service_policy.data_files import HolidayList, LegalReference, PrintedStock, StockKind
from service_policy.documents import FaqEntry
from service_policy.price_sheets import PriceSheet, replaced_on
from service_policy.promises.calendar import VIETNAM, BusinessCalendar
from service_policy.promises.commitment import Commitment
from service_policy.register import Issue
from service_policy.text import code_order
from service_policy.values import Count, Day, Model, Text

FindingKind = Literal["link", "expires", "gap", "unchecked", "stock", "unclear", "review"]

HEADINGS: Final[dict[FindingKind, str]] = {
    "link": "Liên kết và tệp tải về không trả lời",
    "expires": "Hết hiệu lực mà chưa có bản kế tiếp",
    "gap": "Trống ngày giữa hai bản",
    "unchecked": "Quá hạn kiểm tra",
    "stock": "Bản in, hàng mẫu dưới định mức",
    "unclear": "Trang khách nói chưa rõ, chưa đủ",
    "review": "Câu hỏi quá sáu tháng chưa xem lại",
}
"""What each kind of finding is called, in the order of the report."""

PRINTED: Final[dict[StockKind, str]] = {
    "bang-gia": "bảng giá",
    "catalogue": "catalogue",
    "bao-hanh": "hướng dẫn bảo hành",
    "cam-ket": "bản cam kết",
    "hang-mau": "hàng mẫu",
    "bang-gioi-thieu": "bảng giới thiệu sản phẩm",
}
"""What shops keep, as the report calls it."""

NOTICE: Final = timedelta(days=14)
"""How long before its end a document needs a successor."""
CHECKED_WITHIN: Final = timedelta(days=8)
"""How old a check may be: a week, and a day for holidays (indicator K11)."""
_DAY: Final = timedelta(days=1)
NEXT_YEAR_FROM_MONTH: Final = 10
"""From this month on the days off of the next year are due: deadlines begin to reach into it."""
REVIEWED_WITHIN: Final = timedelta(days=183)
"""How old the review of an answer may be: six months."""


class Finding(Model):
    """Something to put right: what kind of thing, where, and what is wrong."""

    kind: FindingKind
    where: Text
    what: Text


class WeeklyCheck(Model):
    """The result of a check: ``kiem-tra/<date>.json``.

    ``documents`` are those in force that day; ``documents_right`` are those of which nothing was
    wrong: page and files answered, and a person had checked a price sheet in time.
    """

    checked_on: Day
    links: Count
    documents: Count
    documents_right: Count
    findings: tuple[Finding, ...] = ()
    path: str = ""

    @property
    def good_until(self) -> date:
        """The last day on which nobody can say that a week went by without a check."""
        return self.checked_on + CHECKED_WITHIN


def monday(now: datetime) -> date:
    """Return the Monday of the week in Vietnam that ``now`` (aware) lies in."""
    day = now.astimezone(VIETNAM).date()
    return day - timedelta(days=day.weekday())


def is_due(last: date | None, now: datetime, calendar: BusinessCalendar) -> bool:
    """Say whether the check of this week is to be made now; ``last`` is the day of the latest one.

    It is due when the house opens on Monday, on a day off too: a machine has none. Who was not
    there then is late already and checks as soon as it runs.
    """
    this = monday(now)
    return now >= calendar.opening(this) and (last is None or last < this)


def sheets_that_end(
    sheets: Sequence[PriceSheet], coming: Sequence[PriceSheet], day: date
) -> Iterator[Finding]:
    """Find price lists that end soon, or have ended, and that no later one follows.

    ``sheets`` stand today, ``coming`` are written and not yet issued.
    """
    every = (*sheets, *coming)
    for series in sorted({sheet.series for sheet in every}):
        last = max((one for one in every if one.series == series), key=lambda one: one.valid_to)
        if last.valid_to <= day + NOTICE:
            yield _ends(f"{last.id} ({last.title})", last.valid_to)


def issues_that_end(issues: Iterable[Issue], day: date) -> Iterator[Finding]:
    """Find catalogues whose last day is near or past; prices and promises have own rules."""
    for issue in issues:
        if issue.kind in ("bang-gia", "cam-ket") or issue.valid_to is None:
            continue
        if issue.replaced_on is None and issue.valid_to <= day + NOTICE:
            yield _ends(f"{issue.id} ({issue.title})", issue.valid_to)


def laws_that_end(references: Iterable[LegalReference], day: date) -> Iterator[Finding]:
    """Find laws that end soon and for which no successor is noted."""
    for one in references:
        if one.effective_to and one.successor is None and one.effective_to <= day + NOTICE:
            yield _ends(one.short, one.effective_to)


def promises_that_end(versions: Sequence[Commitment], day: date) -> Iterator[Finding]:
    """Find commitments that end soon, or have ended, without a version that holds then or later."""
    for one in versions:
        if one.effective_to is None or one.effective_to > day + NOTICE:
            continue
        others = [other for other in versions if other.id == one.id and other is not one]
        later = any(other.version > one.version for other in others)
        if not later and not any(other.in_force(one.effective_to + _DAY) for other in others):
            yield _ends(f"{one.id} ({one.title})", one.effective_to)


def unchecked_sheets(sheets: Iterable[PriceSheet], day: date) -> Iterator[Finding]:
    """Find price lists in force that nobody has checked in time."""
    for sheet in sheets:
        if sheet.state(day) == "current" and day - sheet.last_checked > CHECKED_WITHIN:
            what = f"kiểm tra gần nhất {sheet.last_checked:%d/%m/%Y}"
            yield Finding(kind="unchecked", where=sheet.id, what=what)


def stock_that_is_short(stock: PrintedStock, day: date) -> Iterator[Finding]:
    """Find shops with too few copies, or with a count that is too old to say so."""
    for shop in stock.shops:
        if day - shop.counted_on > CHECKED_WITHIN:
            what = f"đếm lần cuối {shop.counted_on:%d/%m/%Y}"
            yield Finding(kind="stock", where=shop.name, what=what)
        for norm in stock.norms:
            count = shop.count(norm.document)
            if count < norm.at_least:
                unit = "mẫu" if norm.document == "hang-mau" else "bản"
                name = PRINTED[norm.document]
                what = f"{name}: còn {count} {unit}, định mức {norm.at_least}"
                yield Finding(kind="stock", where=shop.name, what=what)


def entries_to_review(entries: Iterable[FaqEntry], day: date) -> Iterator[Finding]:
    """Find answers that nobody has read again for half a year."""
    for entry in entries:
        if day - entry.last_reviewed > REVIEWED_WITHIN:
            what = f"xem lại lần cuối {entry.last_reviewed:%d/%m/%Y}"
            yield Finding(kind="review", where=f"{entry.id} {entry.url}", what=what)


def gaps_to_close(
    sheets: Sequence[PriceSheet],
    versions: Sequence[Commitment],
    laws: Sequence[LegalReference],
    holidays: HolidayList,
    day: date,
) -> Iterator[Finding]:
    """Find days on which nothing holds between a document and the one that follows it."""
    for sheet, gap in gaps_of_sheets(sheets, day):
        yield Finding(kind="gap", where=f"{sheet.id} ({sheet.title})", what=gap)
    for promise, gap in gaps_of_promises(versions, day):
        yield Finding(kind="gap", where=f"{promise.id} ({promise.title})", what=gap)
    for law, gap in gaps_of_laws(laws):
        yield Finding(kind="gap", where=law.short, what=gap)
    for year in years_without_days_off(holidays, day):
        yield Finding(kind="gap", where="lich-nghi.yaml", what=f"thiếu ngày nghỉ của năm {year}")


def _ends(where: str, last: date) -> Finding:
    return Finding(kind="expires", where=where, what=f"ngày cuối {last:%d/%m/%Y}")


def gaps_of_sheets(sheets: Sequence[PriceSheet], today: date) -> Iterator[tuple[PriceSheet, str]]:
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
) -> Iterator[tuple[Commitment, str]]:
    """Find commitments of which a version ends before the next one begins."""
    ordered = sorted(versions, key=lambda one: (code_order(one.id), one.version))
    for before, after in pairwise(ordered):
        ended = before.effective_to
        if before.id != after.id or ended is None or after.effective_from < today:
            continue
        holds = any(one.in_force(ended + _DAY) for one in ordered if one.id == after.id)
        if ended + _DAY < after.effective_from and not holds:
            names = f"{after.id} phiên bản {after.version}", f"phiên bản {before.version}"
            yield after, _gap(*names, ended, after.effective_from)


def gaps_of_laws(references: Sequence[LegalReference]) -> Iterator[tuple[LegalReference, str]]:
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


def _gap(what: str, before: str, ended: date, begins: date) -> str:
    """Say that nothing holds between the last day of one document and the first of the next."""
    days = f"từ {ended + _DAY:%d/%m/%Y} đến {begins - _DAY:%d/%m/%Y}"
    count = (begins - ended).days - 1
    return f"{before} hết trước khi {what} bắt đầu: trống {count} ngày, {days}"
