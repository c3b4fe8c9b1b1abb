"""Importing a file: which table it is, until when it knew, its rows one after another."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Final

from forms_api.ledger.files import cell_at, digest, read_rows
from forms_api.ledger.staging import Reading
from forms_api.ledger.taking import About, Refused, Taken, one_fault, take
from forms_api.store import Store
from service_policy.content import ContentErrors
from service_policy.content.files import read_data
from service_policy.content.validate import validate
from service_policy.csv_tables import BadTable
from service_policy.ledger.cells import as_text
from service_policy.ledger.faults import BadCell, LedgerFault
from service_policy.ledger.mapping import Mapping, Place
from service_policy.ledger.reading import BadHeader, RowReader
from service_policy.ledger.tables import TABLES
from service_policy.promises.calendar import VIETNAM

OWN_SOURCE: Final = "noi-bo"
"""The source of files in our own tables, unless somebody says another."""
MOST_ROWS: Final = 300_000
_SOURCE: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_END_OF_DAY: Final = time(23, 59)


@dataclass(frozen=True)
class Mapped:
    """A mapping file that was read, and the SHA-256 of its bytes."""

    mapping: Mapping
    sha256: str


def read_mapping(path: Path) -> Mapped:
    """Read a mapping file.

    Raises:
        ContentErrors: it has faults; all of them are named.
        OSError: it cannot be read.
    """
    tree, faults = read_data(path, path.name)
    mapping, broken = (None, []) if faults else validate(Mapping, tree)
    if mapping is None:
        raise ContentErrors([*faults, *broken])
    return Mapped(mapping, hashlib.sha256(path.read_bytes()).hexdigest())


def table_named(path: Path) -> str | None:
    """Return the table that a file is named after: ``orders.csv``, ``orders-2026-11.xlsx``."""
    fitting = [name for name in TABLES if re.fullmatch(rf"{name}([^a-z].*)?", path.stem.casefold())]
    return max(fitting, key=len, default=None)


def parents_first(paths: list[Path]) -> list[Path]:
    """Return files in the order in which their tables refer to each other."""
    order = list(TABLES)
    return sorted(paths, key=lambda one: order.index(table_named(one) or order[-1]))


def import_file(
    store: Store,
    path: Path,
    now: datetime,
    by: str,
    *,
    mapped: Mapped | None = None,
    source: str | None = None,
    as_of: datetime | None = None,
    backfill: bool = False,
    dry_run: bool = False,
) -> Taken:
    """Take a file into the ledger, or nothing of it.

    Until when the file knew is what ``as_of`` says, or else the mapping's cell, or else when the
    file was written; it never knew more than was so when it was written.

    Raises:
        Refused: it has faults; each has its row.
        StoreUnavailable: the store did not take it.
        OSError: it cannot be read.
    """
    mapping = None if mapped is None else mapped.mapping
    table = table_named(path) if mapping is None else mapping.table
    if table is None:
        raise Refused(one_fault(f"tên tệp phải là tên bảng: {', '.join(TABLES)}; hoặc --mapping"))
    named = source or (OWN_SOURCE if mapping is None else mapping.source)
    if not _SOURCE.fullmatch(named):
        raise Refused(one_fault("tên nguồn chỉ dùng a-z, 0-9, gạch nối, nhiều nhất 60 ký tự"))
    try:
        sha256 = digest(path)
        about = About(
            named,
            table,
            as_of or _known_until(path, mapping, now),
            sha256,
            "" if mapped is None else mapped.sha256,
            by,
            complete=mapping is not None and mapping.mode == "full",
        )
    except BadTable as bad:
        raise Refused(one_fault(_told(bad), bad.line)) from None
    return take(store, _File(path, about, mapping), now, backfill=backfill, dry_run=dry_run)


def _known_until(path: Path, mapping: Mapping | None, now: datetime) -> datetime:
    """Return until when a file knew, to the minute."""
    written = min(datetime.fromtimestamp(path.stat().st_mtime, UTC), now)
    written = written.replace(second=0, microsecond=0)
    if mapping is None or mapping.as_of is None:
        return written
    cell = cell_at(path, mapping.as_of.cell, sheet=mapping.file.sheet)
    if isinstance(cell, datetime):
        day: datetime | None = cell
    else:
        try:
            day = mapping.day_in(as_text(cell))
        except BadCell:
            day = None
    if day is None:
        message = f"ô {mapping.as_of.cell} không có ngày theo kiểu {mapping.as_of.date}"
        raise Refused(one_fault(f"{message}: sửa as_of trong tệp ánh xạ, hoặc thêm --as-of"))
    hour = day.time() if day.time() > time() else _END_OF_DAY
    said = datetime.combine(day.date(), hour, VIETNAM).astimezone(UTC)
    return min(said, written)


@dataclass(frozen=True)
class _File:
    """A file as a source of rows."""

    path: Path
    about: About
    mapping: Mapping | None

    def readings(self) -> Iterator[Reading]:
        """Yield its rows."""
        return _readings(self.path, self.about, self.mapping)


def _readings(path: Path, about: About, mapping: Mapping | None) -> Iterator[Reading]:
    """Yield the rows of a file as they are read; what stops the reading is the last fault."""
    place = Place() if mapping is None else mapping.file
    rows, found = read_rows(path, sheet=place.sheet, header_row=place.header_row), 0
    try:
        line, names = next(((at, cells) for at, cells in rows if any(cells)), (1, ()))
        reader = RowReader(TABLES[about.table], names, line, mapping)
        for line, cells in rows:
            values, faults = reader.read(line, cells)
            found += values is not None or bool(faults)
            if found > MOST_ROWS:
                message = f"nhiều hơn {MOST_ROWS} dòng: tách thành nhiều tệp"
                yield line, None, [LedgerFault(line, "", message)]
                return
            yield line, values, faults
    except BadHeader as bad:
        yield 0, None, list(bad.faults)
    except BadTable as bad:
        yield bad.line, None, [LedgerFault(bad.line, "", _told(bad))]
    if digest(path) != about.sha256:
        yield 0, None, [LedgerFault(0, "", "tệp bị sửa trong lúc đọc: nhập lại")]


def _told(bad: BadTable) -> str:
    return f"{bad.message} → {bad.fix}"
