"""The ``flask --app forms_api …`` commands of the desk; ``app.cli`` registers ``COMMANDS``.

The application keeps its ``Portal`` in ``app.extensions["portal"]``. Each command may run beside
a live server.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import click
from flask import current_app
from flask.cli import AppGroup

from forms_api import audit, sweeping
from forms_api import backup as copies
from forms_api import fsck as checks
from forms_api.checks import last_check
from forms_api.condition import condition
from forms_api.errors import StoreUnavailable
from forms_api.mail import mailer_for
from forms_api.outbox import send_outbox
from forms_api.portal import Portal
from forms_api.promised import PromisesForgotten, admit
from forms_api.store import case_texts, migrate, vital_rows
from forms_api.store.outbox_rows import waiting
from forms_api.web.app_context import app_context
from forms_api.weekly_check import NoSite, check_and_record, check_when_due
from service_policy.weekly_check import WeeklyCheck
from theme.filters import datetime_vi


def portal_of_app() -> Portal:
    """Return the portal of the application that this command runs in."""
    return cast(Portal, current_app.extensions["portal"])


_desk = AppGroup()


@contextmanager
def needs_store(otherwise: str = "the database cannot be changed") -> Iterator[None]:
    """Fail with words for an operator while the store does not answer."""
    try:
        yield
    except StoreUnavailable as error:
        raise click.ClickException(f"{otherwise}: {error}") from error


@contextmanager
def _copying() -> Iterator[None]:
    """Fail with words for an operator where nothing can be copied."""
    try:
        yield
    except (copies.BackupRefused, StoreUnavailable) as error:
        raise click.ClickException(str(error)) from error


def _upgrade() -> None:
    portal = portal_of_app()
    with needs_store():
        revision = migrate.upgrade(portal.store, portal.policy)
        try:
            admit(portal.store, portal.policy, datetime.now(UTC))
        except PromisesForgotten as fault:
            raise click.ClickException(str(fault)) from fault
    durability = portal.store.durability()
    click.echo(f"schema {revision}; {durability.engine} {durability.version}, {durability.mode}")


@_desk.command("init-db")
def init_db() -> None:
    """Create the tables (nothing happens to those that are there)."""
    _upgrade()


@_desk.command("migrate")
def migrate_db() -> None:
    """Bring an existing database to this program's schema."""
    if migrate.current(portal_of_app().store) is None:
        raise click.ClickException("the database has no tables yet: use init-db")
    _upgrade()


@_desk.command("send-outbox")
def send_outbox_now() -> None:
    """Send the letters that are due."""
    portal = portal_of_app()
    mailer = mailer_for(portal.settings, portal.policy.company)
    with needs_store("the outbox cannot be read"):
        report = send_outbox(portal, mailer, datetime.now(UTC))
        left = portal.store.read(waiting)
    click.echo(
        f"sent {report.sent}, put off {report.put_off}, given up {report.given_up}, waiting {left}"
    )


@_desk.command("sweep")
@click.option("--confirm-clock", is_flag=True, help="The clock is right, whatever was seen before.")
def sweep_now(confirm_clock: bool) -> None:
    """Write down what has come due by itself; remove files that no case mentions.

    Fails, and does nothing, when the clock went back or far ahead since the last sweep: what is
    missed or owed by a date is for ever. --confirm-clock says that the date is right.
    """
    now = datetime.now(UTC)
    with needs_store():
        if confirm_clock:
            sweeping.confirm(portal_of_app(), now)
            audit.note(portal_of_app(), now, "clock_confirmed", None)
        if not sweeping.may_sweep(portal_of_app(), now):
            raise click.ClickException(
                f"the clock shows {now:%Y-%m-%d %H:%M} UTC, which cannot be believed after what "
                "was seen before; nothing was swept. If it is right: sweep --confirm-clock"
            )
        swept = sweeping.sweep(portal_of_app(), now)
        sweeping.swept(portal_of_app(), now)
        orphans = sweeping.sweep_files(portal_of_app())
    click.echo(f"looked at {swept.cases} cases, {swept.changed} changed, {swept.events} events")
    if orphans:
        click.echo(f"removed {orphans} files that no case mentions")


@_desk.command("weekly-check")
@click.option("--again", is_flag=True, help="Also when this week has been checked already.")
def weekly_check_now(again: bool) -> None:
    """Check the published site and its content when the check of this week is due (for a timer)."""
    here = app_context()
    portal, library, now = here.portal, here.library, here.now()
    with needs_store():
        try:
            if again:
                done: WeeklyCheck | None = check_and_record(portal, library, now)
            else:
                done = check_when_due(portal, library, now)
        except NoSite as missing:
            raise click.ClickException(str(missing)) from None
        last = last_check(portal, now)
    if done is None:
        before = "never" if last is None else f"{last.checked_on}"
        click.echo(f"not due; the last check: {before}")
        return
    for one in done.findings:
        click.echo(f"{one.where}: {one.what} [{one.kind}]")
    click.echo(f"{done.documents_right} of {done.documents} documents are right")


@_desk.command("status")
def status() -> None:
    """Say how the program is and what to do; fails when something needs a person."""
    now, portal = datetime.now(UTC), portal_of_app()
    try:
        # A real write: whether the disk takes one is the first thing to know.
        portal.store.write(vital_rows.put, "status", now)
        signs = sweeping.signs(portal)
    except StoreUnavailable:
        signs = {}
    found = condition(portal, now)
    for fact in found.facts:
        mark = {"ok": "  ", "attention": "! ", "alarm": "!!"}[fact.level]
        click.echo(f"{mark} {fact.title}: {fact.words}")
        if fact.todo:
            click.echo(f"     → {fact.todo}")
    swept = signs.get(vital_rows.SWEPT)
    last = "chưa có" if swept is None else datetime_vi(swept.at)
    click.echo(f"   Lần quét trọn gần nhất: {last}")
    if found.wrong:
        raise click.ClickException(f"{len(found.wrong)} việc cần người xem")
    click.echo("ổn")


@_desk.command("reindex")
def reindex() -> None:
    """Write again what the desk finds cases by, from what is kept about them."""
    with needs_store():
        texts = portal_of_app().store.write(case_texts.rebuild)
    click.echo(f"{texts} texts")


@_desk.command("fsck")
def fsck() -> None:
    """Check that every case is what its events say, and every file there; fails otherwise."""
    with needs_store("the database cannot be read"):
        portal = portal_of_app()
        found = checks.faults(portal.store)
        found += checks.file_faults(portal.store, portal.settings.upload_dir)
    for fault in found:
        click.echo(fault, err=True)
    if found:
        raise click.ClickException(f"{len(found)} faults")
    click.echo("sound")


@_desk.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Write database, files of cases and secret key into one checked FILE; the server may run.

    FILE opens every case: keep it where nobody else reads it, and off this machine.
    """
    with _copying():
        copied = copies.backup(portal_of_app(), file, datetime.now(UTC))
    click.echo(f"{file}: {_counted(copied)}, {copied.bytes} bytes, checked")
    if copied.missing:
        raise click.ClickException(
            f"{len(copied.missing)} files that cases name are lost or harmed, and not in it: "
            + ", ".join(copied.missing[:5])
        )


@_desk.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--discard-newer", is_flag=True, help="Also when there are cases already.")
def restore(file: Path, discard_newer: bool) -> None:
    """Put the backup FILE in place of database, files of cases and secret key; then restart."""
    with _copying():
        copied = copies.restore(portal_of_app(), file, discard_newer=discard_newer)
    click.echo(f"restored {_counted(copied)} from {file}; restart the server now")


def _counted(copied: copies.Copied) -> str:
    return f"{copied.cases} cases, {copied.files} files"


COMMANDS = tuple(_desk.commands.values())
