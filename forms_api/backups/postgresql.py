"""PostgreSQL: every table with COPY, in one transaction that sees one moment.

So a backup needs no program of the database server on this machine, and is one file with the rest.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from alembic.migration import MigrationContext
from sqlalchemy import Connection, Table, inspect, text
from sqlalchemy.exc import DBAPIError

from forms_api.backups.archive import BackupRefused
from forms_api.backups.view import View
from forms_api.store import Store, migrate
from forms_api.store.failures import kind_of
from forms_api.store.tables import metadata

_VERSION = "alembic_version"
_CHUNK = 1024 * 1024


def take(store: Store, folder: Path) -> View:
    """Write every table into a file of ``folder``, all of one moment.

    Raises:
        BackupRefused: the database has no tables yet, or does not answer.
    """
    (folder / "tables").mkdir(mode=0o700)
    try:
        seeing_one_moment = store.admin.execution_options(isolation_level="REPEATABLE READ")
        with seeing_one_moment.begin() as connection:
            _be_patient(connection)
            return _take(connection, folder)
    except DBAPIError as error:
        raise BackupRefused(f"the backup failed: {kind_of(error)}") from error


def _take(connection: Connection, folder: Path) -> View:
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None:
        raise BackupRefused("the database has no tables yet: use init-db")
    parts: dict[str, Path] = {}
    columns: dict[str, list[str]] = {}
    there = set(inspect(connection).get_table_names())
    for table in metadata.sorted_tables:
        if table.name not in there:
            continue
        found = inspect(connection).get_columns(table.name)
        columns[table.name] = [column["name"] for column in found]
        file = folder / "tables" / f"{table.name}.copy"
        parts[f"tables/{file.name}"] = file
        copy = f"COPY {_named(connection, table.name, columns)} TO STDOUT"
        with file.open("wb") as out, _cursor(connection) as cursor, cursor.copy(copy) as rows:
            out.writelines(rows)
    cases = connection.scalar(text("SELECT count(*) FROM cases")) or 0
    uploads: dict[str, str] = {}
    if "uploads" in there:
        rows = connection.execute(text("SELECT id, sha256 FROM uploads"))
        uploads.update({row.id: row.sha256 for row in rows})
    return View(revision, cases, parts, uploads, columns)


def put(store: Store, folder: Path, revision: str, columns: Mapping[str, list[str]]) -> None:
    """Put tables in the place of the store's, in one transaction, and bring them up to date.

    Raises:
        BackupRefused: the database did not take them; it is as it was.
    """
    try:
        with store.admin.begin() as connection:
            _be_patient(connection)
            _drop(connection)
            migrate.upgrade_on(connection, revision)
            there = set(inspect(connection).get_table_names())
            for table in metadata.sorted_tables:
                if table.name in columns:
                    _fill(connection, table, folder, columns, there)
            migrate.upgrade_on(connection)
    except DBAPIError as error:
        raise BackupRefused(f"the restore failed: {kind_of(error)}") from error


def _fill(
    connection: Connection,
    table: Table,
    folder: Path,
    columns: Mapping[str, list[str]],
    there: set[str],
) -> None:
    if table.name not in there:
        raise BackupRefused(f"the backup has a table {table.name}, which its schema does not have")
    known = {column["name"] for column in inspect(connection).get_columns(table.name)}
    if not set(columns[table.name]) <= known:
        raise BackupRefused(f"the backup has columns of {table.name} that its schema has not")
    file = folder / "tables" / f"{table.name}.copy"
    copy = f"COPY {_named(connection, table.name, columns)} FROM STDIN"
    with file.open("rb") as data, _cursor(connection) as cursor, cursor.copy(copy) as rows:
        while chunk := data.read(_CHUNK):
            rows.write(chunk)
    for column in table.primary_key.columns:
        _advance(connection, table.name, column.name)


def _advance(connection: Connection, table: str, column: str) -> None:
    """Let the numbers of new rows begin after those that came."""
    asked = {"table": table, "column": column}
    sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"), asked)
    if sequence is None:
        return
    quote = connection.dialect.identifier_preparer.quote
    last = f"SELECT max({quote(column)}) FROM {quote(table)}"  # noqa: S608 - names of our own tables
    connection.execute(
        text(f"SELECT setval(:sequence, coalesce(({last}), 1), ({last}) IS NOT NULL)"),
        {"sequence": sequence},
    )


def _drop(connection: Connection) -> None:
    """Drop our tables and the functions of their triggers, and nothing else in the database."""
    quote = connection.dialect.identifier_preparer.quote
    there = set(inspect(connection).get_table_names())
    ours = [name for name in (*metadata.tables, _VERSION) if name in there]
    functions = connection.scalars(
        text(
            "SELECT DISTINCT tgfoid::regprocedure::text FROM pg_trigger JOIN pg_class"
            " ON pg_class.oid = tgrelid WHERE NOT tgisinternal AND relname = ANY(:ours)"
            " AND relnamespace = current_schema()::regnamespace"
        ),
        {"ours": ours},
    ).all()
    for name in ours:
        connection.execute(text(f"DROP TABLE {quote(name)} CASCADE"))
    for signature in functions:
        connection.execute(text(f"DROP FUNCTION {signature}"))


def _named(connection: Connection, table: str, columns: Mapping[str, list[str]]) -> str:
    quote = connection.dialect.identifier_preparer.quote
    return f"{quote(table)} ({', '.join(quote(one) for one in columns[table])})"


def _be_patient(connection: Connection) -> None:
    """Take off the limits of ordinary commands: a large table takes its time."""
    for name in ("statement_timeout", "idle_in_transaction_session_timeout"):
        connection.execute(text(f"SET LOCAL {name} = 0"))


def _cursor(connection: Connection) -> Any:
    return connection.connection.cursor()
