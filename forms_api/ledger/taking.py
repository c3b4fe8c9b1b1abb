"""Taking rows into the ledger: all of a file or nothing, once, and never older over newer."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final, Protocol

from sqlalchemy import Connection, bindparam, func, insert, select, text, update

from forms_api.ledger.staging import Faults, Reading, Staging
from forms_api.store import Store
from forms_api.store.ledger_tables import ledger_files, ledger_rows
from service_policy.ledger.faults import LedgerFault
from service_policy.ledger.tables import TABLES

AHEAD: Final = timedelta(minutes=10)
"""How far the clock of another machine may be ahead."""
_LOCK: Final = 0x6C65_6467_6572  # any fixed number: "ledger"
_ATTEMPTS: Final = 5


class Refused(Exception):
    """A file that was not taken: nothing of it is stored. ``faults`` names the first of them."""

    def __init__(self, faults: Faults) -> None:
        told = sorted(faults.told, key=lambda one: one.line)
        super().__init__("\n".join(map(str, told)))
        self.faults, self.count = tuple(told), faults.count


class _Moved(Exception):
    """Another file came in between: what was compared is no longer so."""


@dataclass(frozen=True)
class About:
    """What is said of a file: the system, the table, until when it knew, hashes, who gave it.

    ``complete`` says that it holds every row of its table.
    """

    source: str
    table: str
    as_of: datetime
    sha256: str
    mapping_sha256: str
    by: str
    complete: bool = False


@dataclass(frozen=True)
class Taken:
    """What became of a file: rows that were new, changed, the same, older than known, and gone.

    ``file_id`` is None where nothing was to be written; ``already`` says that it was there before.
    """

    about: About
    new: int = 0
    changed: int = 0
    same: int = 0
    older: int = 0
    gone: int = 0
    file_id: int | None = None
    already: bool = False


class LedgerSource(Protocol):
    """Whatever tells rows: a file, or a system that pushes them."""

    @property
    def about(self) -> About:
        """What is said of the rows."""

    def readings(self) -> Iterable[Reading]:
        """Read the rows from the first one on; asked again if another file came in between."""


Also = Callable[[Connection, Taken], None]


def take(
    store: Store,
    source: LedgerSource,
    now: datetime,
    *,
    backfill: bool = False,
    dry_run: bool = False,
    also: Also | None = None,
) -> Taken:
    """Take the rows of a source.

    Args:
        store: where they go.
        source: tells them.
        now: aware UTC.
        backfill: they may be older than what is known: rows that are known newer stay.
        dry_run: only look.
        also: what is to be written in the same transaction.

    Raises:
        Refused: the file has faults; nothing was taken.
        StoreUnavailable: the store did not take it.
    """
    about = source.about
    for _ in range(_ATTEMPTS):
        last = store.read(_last_file)
        if (before := store.read(lambda c: _same_file(c, about))) is not None:
            return Taken(about, file_id=before, already=True)
        _check_as_of(store, about, now, backfill=backfill)
        with Staging(store, TABLES[about.table], about.source, about.as_of) as staging:
            staging.take(source.readings())
            if staging.faults.count:
                raise Refused(staging.faults)
            if dry_run:
                return _taken(about, staging, None, 0)
            try:
                return store.write(partial(_write, about, staging, now, last, also))
            except _Moved:
                continue
    raise Refused(one_fault("các tệp khác đang được nhập cùng lúc: thử lại sau"))


def one_fault(message: str, line: int = 0) -> Faults:
    """Return the one fault of a whole file."""
    faults = Faults()
    faults.add([LedgerFault(line, "", message)])
    return faults


def _last_file(connection: Connection) -> int:
    return int(connection.scalar(select(func.max(ledger_files.c.id))) or 0)


def _same_file(connection: Connection, about: About) -> int | None:
    """Return the number of the same file that knew as much, or None."""
    one = ledger_files.c
    query = select(one.id).where(
        one.sha256 == about.sha256,
        one.mapping_sha256 == about.mapping_sha256,
        one.source == about.source,
        one.table_name == about.table,
        one.as_of >= about.as_of,
    )
    found: int | None = connection.scalar(query.limit(1))
    return found


def _check_as_of(store: Store, about: About, now: datetime, *, backfill: bool) -> None:
    if about.as_of > now + AHEAD:
        raise Refused(one_fault("thời điểm chốt số liệu (as_of) ở tương lai"))
    one = ledger_files.c
    newest = store.read(
        lambda connection: connection.scalar(
            select(func.max(one.as_of, type_=one.as_of.type)).where(
                one.source == about.source, one.table_name == about.table
            )
        )
    )
    if newest is not None and about.as_of < newest and not backfill:
        message = (
            f"số liệu chốt lúc {about.as_of:%Y-%m-%d %H:%M} UTC, cũ hơn bản đã nhập "
            f"({newest:%Y-%m-%d %H:%M} UTC); nhập bù thì thêm --backfill"
        )
        raise Refused(one_fault(message))


def _write(
    about: About,
    staging: Staging,
    now: datetime,
    last: int,
    also: Also | None,
    connection: Connection,
) -> Taken:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    if _last_file(connection) != last:
        raise _Moved
    count = _taken(about, staging, None, 0)
    file = insert(ledger_files).values(
        source=about.source,
        table_name=about.table,
        as_of=about.as_of,
        sha256=about.sha256,
        mapping_sha256=about.mapping_sha256,
        taken_by=about.by,
        taken_at=now,
        rows_new=count.new,
        rows_changed=count.changed,
        rows_same=count.same,
        rows_older=count.older,
        rows_gone=0,
    )
    (file_id,) = connection.execute(file).inserted_primary_key or (0,)
    one = ledger_rows.c
    mine = (one.table_name == about.table, one.current)
    superseded = update(ledger_rows).where(*mine, one.key == bindparam("old")).values(current=False)
    for rows in staging.rows("changed"):
        connection.execute(superseded, [{"old": row["key"]} for row in rows])
    fixed = {"table_name": about.table, "file_id": file_id, "as_of": about.as_of}
    for rows in staging.rows("new", "changed"):
        connection.execute(insert(ledger_rows), [row | fixed | {"current": True} for row in rows])
    # What a late file says was so before: kept, for a date that was given once stays given.
    for rows in staging.rows("older"):
        connection.execute(insert(ledger_rows), [row | fixed | {"current": False} for row in rows])
    confirmed = (
        update(ledger_rows)
        .where(*mine, one.key == bindparam("known"), one.as_of < about.as_of)
        .values(as_of=about.as_of, gone_in=None)
    )
    for rows in staging.rows("same"):
        connection.execute(confirmed, [{"known": row["key"]} for row in rows])
    gone = _mark_gone(connection, about, int(file_id)) if about.complete else 0
    taken = _taken(about, staging, int(file_id), gone)
    if also is not None:
        also(connection, taken)
    return taken


def _mark_gone(connection: Connection, about: About, file_id: int) -> int:
    """Mark the rows of a source that its complete file no longer has; they stay as they were."""
    one, files = ledger_rows.c, ledger_files.c
    ours = select(files.id).where(files.source == about.source, files.table_name == about.table)
    marked = connection.execute(
        update(ledger_rows)
        .where(one.table_name == about.table, one.current, one.gone_in.is_(None))
        .where(one.as_of < about.as_of, one.file_id.in_(ours))
        .values(gone_in=file_id)
    )
    connection.execute(
        update(ledger_files).where(files.id == file_id).values(rows_gone=marked.rowcount)
    )
    return marked.rowcount


def _taken(about: About, staging: Staging, file_id: int | None, gone: int) -> Taken:
    count = staging.counts
    older = count["older"] + count["told"]
    return Taken(about, count["new"], count["changed"], count["same"], older, gone, file_id)
