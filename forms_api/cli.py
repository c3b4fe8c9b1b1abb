"""The ``flask --app forms_api …`` commands of the desk; ``app.cli`` registers ``COMMANDS``.

The application keeps its ``Portal`` in ``app.extensions["portal"]``. Each command may run beside
a live server.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import click
from flask import current_app
from flask.cli import with_appcontext

from forms_api import audit, watch
from forms_api import backup as copies
from forms_api import fsck as checks
from forms_api.cli_gaps import gaps, tell
from forms_api.cli_mail import test_mail
from forms_api.cli_staff import staff
from forms_api.cli_watch import record_bounce, status
from forms_api.errors import StoreUnavailable
from forms_api.mail import mailer_for
from forms_api.outbox import send_outbox
from forms_api.portal import Portal
from forms_api.store import case_texts, migrate
from forms_api.store.outbox_rows import waiting
from forms_api.sweeping import sweep, sweep_files
from forms_api.uploads import check as file_checks


def _portal() -> Portal:
    return cast(Portal, current_app.extensions["portal"])


def _upgrade() -> None:
    portal = _portal()
    try:
        revision = migrate.upgrade(portal.store, portal.policy)
    except StoreUnavailable as error:
        raise click.ClickException(f"the database cannot be changed: {error}") from error
    durability = portal.store.durability()
    click.echo(f"schema {revision}; {durability.engine} {durability.version}, {durability.mode}")


@click.command("init-db")
@with_appcontext
def init_db() -> None:
    """Create the tables (nothing happens to those that are there)."""
    _upgrade()


@click.command("migrate")
@with_appcontext
def migrate_db() -> None:
    """Bring an existing database to this program's schema."""
    if migrate.current(_portal().store) is None:
        raise click.ClickException("the database has no tables yet: use init-db")
    _upgrade()


@click.command("send-outbox")
@with_appcontext
def send_outbox_now() -> None:
    """Send the letters that are due."""
    portal = _portal()
    mailer = mailer_for(portal.settings, portal.policy.company)
    try:
        report = send_outbox(portal, mailer, datetime.now(UTC))
        left = portal.store.read(waiting)
    except StoreUnavailable as error:
        raise click.ClickException(f"the outbox cannot be read: {error}") from error
    click.echo(
        f"sent {report.sent}, put off {report.put_off}, given up {report.given_up}, waiting {left}"
    )


@click.command("sweep")
@click.option("--confirm-clock", is_flag=True, help="The clock is right, whatever was seen before.")
@with_appcontext
def sweep_now(confirm_clock: bool) -> None:
    """Write down what has come due by itself; remove files that no case mentions.

    Fails, and does nothing, when the clock went back or far ahead since the last sweep: what is
    missed or owed by a date is for ever. --confirm-clock says that the date is right.
    """
    now = datetime.now(UTC)
    try:
        if confirm_clock:
            watch.confirm(_portal(), now)
            audit.note(_portal(), now, "clock_confirmed", None)
        if not watch.may_sweep(_portal(), now):
            raise click.ClickException(
                f"the clock shows {now:%Y-%m-%d %H:%M} UTC, which cannot be believed after what "
                "was seen before; nothing was swept. If it is right: sweep --confirm-clock"
            )
        swept = sweep(_portal(), now)
        watch.swept(_portal(), now)
        orphans = sweep_files(_portal())
    except StoreUnavailable as error:
        raise click.ClickException(f"the database cannot be changed: {error}") from error
    click.echo(f"looked at {swept.cases} cases, {swept.changed} changed, {swept.events} events")
    if orphans:
        click.echo(f"removed {orphans} files that no case mentions")


@click.command("reindex")
@with_appcontext
def reindex() -> None:
    """Write again what the desk finds cases by, from what is kept about them."""
    try:
        texts = _portal().store.write(case_texts.rebuild)
    except StoreUnavailable as error:
        raise click.ClickException(f"the database cannot be changed: {error}") from error
    click.echo(f"{texts} texts")


@click.command("fsck")
@with_appcontext
def fsck() -> None:
    """Check that every case is what its events say, and every file there; fails otherwise."""
    try:
        portal = _portal()
        found = checks.faults(portal.store)
        found += file_checks.faults(portal.store, portal.settings.upload_dir)
    except StoreUnavailable as error:
        raise click.ClickException(f"the database cannot be read: {error}") from error
    for fault in found:
        click.echo(fault, err=True)
    if found:
        raise click.ClickException(f"{len(found)} faults")
    click.echo("sound")


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@with_appcontext
def backup(file: Path) -> None:
    """Write database, files of cases and secret key into one checked FILE; the server may run.

    FILE opens every case: keep it where nobody else reads it, and off this machine.
    """
    try:
        copied = copies.backup(_portal(), file, datetime.now(UTC))
    except (copies.BackupRefused, StoreUnavailable) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{file}: {_counted(copied)}, {copied.bytes} bytes, checked")
    if copied.missing:
        raise click.ClickException(
            f"{len(copied.missing)} files that cases name are lost or harmed, and not in it: "
            + ", ".join(copied.missing[:5])
        )


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--discard-newer", is_flag=True, help="Also when there are cases already.")
@with_appcontext
def restore(file: Path, discard_newer: bool) -> None:
    """Put the backup FILE in place of database, files of cases and secret key; then restart."""
    try:
        copied = copies.restore(_portal(), file, discard_newer=discard_newer)
    except (copies.BackupRefused, StoreUnavailable) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"restored {_counted(copied)} from {file}; restart the server now")


def _counted(copied: copies.Copied) -> str:
    return f"{copied.cases} cases, {copied.files} files"


COMMANDS: tuple[click.Command, ...] = (
    init_db,
    migrate_db,
    send_outbox_now,
    test_mail,
    sweep_now,
    status,
    record_bounce,
    reindex,
    gaps,
    tell,
    fsck,
    backup,
    restore,
    staff,
)
