"""``flask --app forms_api status`` and ``record-bounce``: what operators and mail servers run."""

import sys
from datetime import UTC, datetime
from typing import cast

import click
from flask import current_app
from flask.cli import with_appcontext

from forms_api import bounces, watch
from forms_api.condition import condition
from forms_api.errors import StoreUnavailable
from forms_api.portal import Portal
from forms_api.store import vital_rows
from theme.filters import datetime_vi

LONGEST_MAIL = 10 * 1024 * 1024


def _portal() -> Portal:
    return cast(Portal, current_app.extensions["portal"])


@click.command("status")
@with_appcontext
def status() -> None:
    """Say how the program is and what to do; fails when something needs a person."""
    now, portal = datetime.now(UTC), _portal()
    try:
        # A real write: whether the disk takes one is the first thing to know.
        portal.store.write(lambda connection: vital_rows.put(connection, "status", now))
        signs = watch.signs(portal)
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


@click.command("record-bounce")
@with_appcontext
def record_bounce() -> None:
    """Read a bounce (a mail on standard input), for a pipe of the mail server.

    Fails with the reason when it is no bounce of a letter that was really sent.
    """
    raw = sys.stdin.buffer.read(LONGEST_MAIL + 1)
    try:
        if len(raw) > LONGEST_MAIL:
            raise bounces.NotTaken("the mail is too large")
        said = bounces.take(_portal(), raw, datetime.now(UTC))
    except bounces.NotTaken as refused:
        raise click.ClickException(f"not taken: {refused}") from None
    except StoreUnavailable as error:
        # The mail server keeps the bounce and tries again.
        click.echo(f"the database cannot be changed: {error}", err=True)
        sys.exit(75)
    click.echo(said)
