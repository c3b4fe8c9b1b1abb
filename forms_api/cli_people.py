"""``flask --app forms_api …``: commands about people, on the machine itself only.

``staff``: who may use the desk. ``test-mail`` and ``record-bounce``: whom letters reach. ``gaps``
and ``tell-askers``: what is asked in vain, and what follows.
"""

import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from secrets import token_hex
from typing import cast

import click
from flask import current_app
from flask.cli import AppGroup

from forms_api import bounces, inputs
from forms_api.cli import needs_store, portal_of_app
from forms_api.errors import NotFound, StoreUnavailable, ValidationFailed
from forms_api.gaps import gaps as find_gaps
from forms_api.gaps import tell_askers
from forms_api.inputs import BadInput
from forms_api.mail import Mail, NotSent, mailer_for
from forms_api.staff import accounts
from forms_api.staff.accounts import Enrolment
from forms_api.staff.people import STAFF_ROLES
from forms_api.web.app_context import NAME, AppContext

LONGEST_MAIL = 10 * 1024 * 1024
SUBJECT = "Thư thử của cổng cam kết"
BODY = "Thư này chỉ để thử: máy chủ của cổng cam kết gửi thư được. Không cần trả lời.\n"
COLUMNS = ("words", "count", "first_on", "last_on", "answered_by")

_people = AppGroup()
staff = AppGroup("staff", help="Add, disable and list the people of the desk.")
_people.add_command(staff)


def _password() -> str:
    """Ask for a password without showing it; from a pipe, read its first line."""
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


@contextmanager
def _changing(login: str) -> Iterator[None]:
    """Change the account of ``login``, or say in words why it cannot be."""
    with needs_store():
        try:
            yield
        except NotFound:
            raise click.ClickException(f"nobody has the login {login}") from None
        except ValidationFailed as failure:
            faults = (f"{fault.field}: {fault.message}" for fault in failure.errors)
            raise click.ClickException("\n".join(faults)) from None


def _show(enrolment: Enrolment) -> None:
    who = enrolment.person
    click.echo(f"{who.id}  {who.login}  {who.role}  {who.department}")
    click.echo("One-time codes, shown only now; type the secret into an authenticator app,")
    click.echo("or turn the address into a QR code on this machine:")
    click.echo(f"  secret   {enrolment.totp_secret}")
    click.echo(f"  address  {enrolment.totp_address}")


@staff.command("add")
@click.argument("login")
@click.option("--name", required=True, help="As customers see it when this person answers.")
@click.option("--role", required=True, type=click.Choice(list(STAFF_ROLES)))
@click.option("--department", required=True, help="Id of a department of cong-ty.yaml.")
def add(login: str, name: str, role: str, department: str) -> None:
    """Add LOGIN; the password is asked for, or read from a pipe."""
    now = datetime.now(UTC)
    with _changing(login):
        _show(accounts.add(portal_of_app(), login, name, role, department, _password(), now))


@staff.command("reset")
@click.argument("login")
def reset(login: str) -> None:
    """Give LOGIN a new password and new one-time codes; ends every session."""
    with _changing(login):
        _show(accounts.reset(portal_of_app(), login, _password(), datetime.now(UTC)))


@staff.command("disable")
@click.argument("login")
def disable(login: str) -> None:
    """Close the account of LOGIN and end its sessions; the account itself stays on record."""
    with _changing(login):
        who = accounts.disable(portal_of_app(), login, datetime.now(UTC))
    click.echo(f"{who.id}  {who.login}  disabled")


@staff.command("list")
def list_everybody() -> None:
    """List every account."""
    with needs_store("the database cannot be read"):
        people = accounts.everybody(portal_of_app())
    for one in people:
        state = "" if one.disabled_at is None else f"  disabled {one.disabled_at:%Y-%m-%d}"
        click.echo(
            f"{one.id}  {one.login}  {one.role}  {one.department}  {one.display_name}{state}"
        )


@_people.command("test-mail")
@click.argument("address")
def test_mail(address: str) -> None:
    """Send one letter to ADDRESS now; say what became of it, and fail when it did not leave."""
    portal = portal_of_app()
    settings = portal.settings
    if settings.mail != "smtp":
        raise click.ClickException(f"PORTAL_SMTP_URL is {settings.smtp_url or 'not set'}")
    try:
        recipient = inputs.email(address)
    except BadInput as fault:
        raise click.ClickException(f"{address} is no address: {fault}") from None
    number = f"<test.{token_hex(6)}@{portal.mail_domain}>"
    mail = Mail(number, recipient, SUBJECT, BODY, datetime.now(UTC))
    try:
        mailer_for(settings, portal.policy.company).send(mail)
    except NotSent as failure:
        again = "a later try is useless" if failure.permanent else "a later try may succeed"
        raise click.ClickException(f"not sent: {failure.kind} ({again})") from None
    click.echo(f"the mail server accepted {number} for {recipient}")


@_people.command("gaps")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Asked for on DATE or later.")
@click.option("--csv", "as_csv", is_flag=True, help="As CSV, for a spreadsheet.")
def gaps(since: datetime | None, as_csv: bool) -> None:
    """List the questions that the published answers do not answer, the most asked first."""
    desk = cast(AppContext, current_app.extensions[NAME])
    day = None if since is None else since.date()
    with needs_store("the searches cannot be read"):
        found = find_gaps(desk.portal, desk.finder.answer, day)
    if as_csv:
        writer = csv.writer(sys.stdout)
        writer.writerow(COLUMNS)
        writer.writerows(
            (one.words, one.count, one.first_on, one.last_on, one.answer.id if one.answer else "")
            for one in found
        )
        return
    for one in found:
        answered = "" if one.answer is None else f"  answered by {one.answer.id}"
        click.echo(f"{one.count:5d}  {one.last_on}  {one.words}{answered}")
    open_gaps = sum(one.answer is None for one in found)
    click.echo(f"{open_gaps} without an answer, {len(found) - open_gaps} answered by now")


@_people.command("tell-askers")
def tell() -> None:
    """Write to askers whose question has an answer published since; the server does it itself."""
    desk = cast(AppContext, current_app.extensions[NAME])
    with needs_store():
        told = tell_askers(desk.portal, desk.finder.answer, desk.now())
    click.echo(f"told {told} askers")


@_people.command("record-bounce")
def record_bounce() -> None:
    """Read a bounce (a mail on standard input), for a pipe of the mail server.

    Fails with the reason when it is no bounce of a letter that was really sent.
    """
    raw = sys.stdin.buffer.read(LONGEST_MAIL + 1)
    try:
        if len(raw) > LONGEST_MAIL:
            raise bounces.NotTaken("the mail is too large")
        said = bounces.take(portal_of_app(), raw, datetime.now(UTC))
    except bounces.NotTaken as refused:
        raise click.ClickException(f"not taken: {refused}") from None
    except StoreUnavailable as error:
        # The mail server keeps the bounce and tries again.
        click.echo(f"the database cannot be changed: {error}", err=True)
        sys.exit(75)
    click.echo(said)


COMMANDS = tuple(_people.commands.values())
