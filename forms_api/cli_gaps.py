"""``flask --app forms_api gaps`` and ``tell-askers``: what is asked in vain, and what follows."""

import csv
import sys
from datetime import datetime
from typing import cast

import click
from flask import current_app
from flask.cli import with_appcontext

from forms_api.askers import tell_askers
from forms_api.errors import StoreUnavailable
from forms_api.gaps import Gap
from forms_api.gaps import gaps as find_gaps
from forms_api.web.desk import NAME, Desk

COLUMNS = ("words", "count", "first_on", "last_on", "answered_by")


@click.command("gaps")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Asked for on DATE or later.")
@click.option("--csv", "as_csv", is_flag=True, help="As CSV, for a spreadsheet.")
@with_appcontext
def gaps(since: datetime | None, as_csv: bool) -> None:
    """List the questions that the published answers do not answer, the most asked first."""
    desk = cast(Desk, current_app.extensions[NAME])
    day = None if since is None else since.date()
    try:
        found = find_gaps(desk.portal, desk.finder.answer, day)
    except StoreUnavailable as error:
        raise click.ClickException(f"the searches cannot be read: {error}") from error
    if as_csv:
        writer = csv.writer(sys.stdout)
        writer.writerow(COLUMNS)
        writer.writerows(_cells(one) for one in found)
        return
    for one in found:
        answered = "" if one.answer is None else f"  answered by {one.answer.id}"
        click.echo(f"{one.count:5d}  {one.last_on}  {one.words}{answered}")
    open_gaps = sum(one.answer is None for one in found)
    click.echo(f"{open_gaps} without an answer, {len(found) - open_gaps} answered by now")


@click.command("tell-askers")
@with_appcontext
def tell() -> None:
    """Write to askers whose question has an answer published since; the server does it itself."""
    desk = cast(Desk, current_app.extensions[NAME])
    try:
        told = tell_askers(desk.portal, desk.finder.answer, desk.now())
    except StoreUnavailable as error:
        raise click.ClickException(f"the database cannot be changed: {error}") from error
    click.echo(f"told {told} askers")


def _cells(one: Gap) -> tuple[str, ...]:
    answer = "" if one.answer is None else one.answer.id
    return (one.words, str(one.count), str(one.first_on), str(one.last_on), answer)
