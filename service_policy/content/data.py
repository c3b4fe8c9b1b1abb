"""The data files, read together, for documents need all of them; and the calendar made of them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from difflib import get_close_matches
from typing import Any

from service_policy.company import Company
from service_policy.content.placeholders import company_names, fill
from service_policy.content.reading import DATA, Data, Reading
from service_policy.content.tree import Fault, Path, Tree
from service_policy.data_files import HolidayList
from service_policy.opening_hours import DAYS, WEEKDAYS, clock, moment_words
from service_policy.promises.calendar import VIETNAM, BusinessCalendar
from service_policy.promises.clock import due_at
from service_policy.segments import Matrix


def read_data_files(reading: Reading) -> Data | None:
    """Return the data files, or None when one of them is broken; faults go to ``reading``."""
    company = reading.model(Company, reading.data["cong-ty.yaml"])
    if company is not None:
        names = company_names(company)
        for tree in reading.data.values():
            reading.faults += fill(tree, names)
    found: dict[str, Any] = {
        name: reading.model(model, reading.data[name]) for name, model in DATA.items()
    }
    if None in found.values():
        return None
    _know_segments(reading, found["phan-khuc.yaml"])
    found["phan-khuc.yaml"] = matrix = reading.model(Matrix, reading.data["phan-khuc.yaml"])
    return None if matrix is None else Data(*found.values())


def _know_segments(reading: Reading, matrix: Matrix) -> None:
    """Report unknown segments, and give what is said of a segment to its former ids, too.

    A file that names a segment nobody declared is not read on: its numbers are for nobody.
    """
    tree = reading.data["phan-khuc.yaml"]
    for one in (tree, *reading.documents["cam-ket"], *reading.documents["hoi-dap"]):
        faults = unknown_segments(one, matrix)
        add_former_ids(one, matrix)
        if faults:
            reading.faults += faults
            reading.broken.add(id(one))


def unknown_segments(tree: Tree, matrix: Matrix) -> list[Fault]:
    """Report every segment that a file names and ``phan-khuc.yaml`` does not declare."""
    known = [one.id for one in matrix.segments]
    faults = []
    for path, named in tree.strings():
        if _names_segment(path) and named.strip() not in known:
            near = get_close_matches(named, known, n=1, cutoff=0.6) or known
            fix = f"chọn {', '.join(near)}, hoặc khai thêm phân khúc trong phan-khuc.yaml"
            message = f"không có phân khúc “{named}”"
            faults.append(tree.fault(path, "unknown_segment", message, fix))
    return faults


def add_former_ids(tree: Tree, matrix: Matrix) -> None:
    """Give what a file says of a segment to the ids that old cases know it by, too."""
    former = {one.id: one.ids for one in matrix.segments if one.formerly}
    named: dict[Path, list[str]] = {}
    for path, text in tree.strings() if former else ():
        if path[-1] != "segment" and _names_segment(path):
            named.setdefault(path[:-1], []).extend(former.get(text.strip(), (text,)))
    for path, ids in named.items():
        tree.put(path, ids)


def _names_segment(path: Path) -> bool:
    """Say whether a value is the id of a segment: ``segment: x``, or an item of ``segments``."""
    return path[-1:] == ("segment",) or path[-2:-1] == ("segments",)


def calendar_of(company: Company, holidays: HolidayList) -> BusinessCalendar:
    """Build the business calendar from the company's hours and its decided days off."""
    return BusinessCalendar(
        hours=tuple((one.opens, one.closes) for one in company.hours.intervals),
        weekdays=frozenset(WEEKDAYS.index(day) for day in company.hours.weekdays),
        days_off={
            year.year: {day.date: day.name for day in year.days if not day.working}
            for year in holidays.years
        },
        working_days=frozenset(
            day.date for year in holidays.years for day in year.days if day.working
        ),
    )


def example_names(holidays: HolidayList, calendar: BusinessCalendar) -> dict[str, str]:
    """Return ``example.1.received``, ``.within``, ``.ends`` and ``.why`` of each example."""
    names: dict[str, str] = {}
    for number, one in enumerate(holidays.examples, 1):
        received = datetime.combine(one.on, one.at, VIETNAM)
        ends = due_at(one.within, received.astimezone(UTC), calendar).astimezone(VIETNAM)
        names |= {
            f"example.{number}.received": moment_words(received),
            f"example.{number}.within": str(one.within),
            f"example.{number}.ends": moment_words(ends),
            f"example.{number}.why": ", ".join(_why(received, ends, calendar)) or "tính liền",
        }
    return names


def _why(received: datetime, ends: datetime, calendar: BusinessCalendar) -> Iterator[str]:
    """Say when something counts as received, and which days do not count."""
    day = calendar.day_received(received)
    if day != received.date():
        yield f"coi như nhận {DAYS[day.weekday()]} {day:%d/%m}"
    elif received < calendar.opening(day):
        yield f"coi như nhận lúc {clock(calendar.opening(day).astimezone(VIETNAM).time())}"
    skipped = [one for one in _days(day, ends.date()) if not calendar.is_working_day(one)]
    off = [one for one in skipped if calendar.day_off_name(one) is not None]
    if free := sorted({one.weekday() for one in skipped if one not in off}):
        yield "bỏ cuối tuần" if free == [5, 6] else f"bỏ {', '.join(DAYS[day] for day in free)}"
    yield from (
        f"bỏ {DAYS[one.weekday()]} {one:%d/%m} ({calendar.day_off_name(one)})" for one in off
    )


def _days(first: date, last: date) -> Iterator[date]:
    while first < last:
        first += timedelta(days=1)
        yield first
