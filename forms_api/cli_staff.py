"""``flask --app forms_api staff …``: who may use the desk. Works on the machine itself only."""

import sys
from datetime import UTC, datetime
from typing import cast

import click
from flask import current_app
from flask.cli import AppGroup

from forms_api.errors import NotFound, StoreUnavailable, ValidationFailed
from forms_api.portal import Portal
from forms_api.staff import accounts
from forms_api.staff.accounts import Enrolment
from forms_api.staff.people import STAFF_ROLES

staff = AppGroup("staff", help="Add, disable and list the people of the desk.")


def _portal() -> Portal:
    return cast(Portal, current_app.extensions["portal"])


def _password() -> str:
    """Ask for a password without showing it; from a pipe, read its first line."""
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


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
    try:
        _show(
            accounts.add(_portal(), login, name, role, department, _password(), datetime.now(UTC))
        )
    except ValidationFailed as failure:
        raise click.ClickException(_faults(failure)) from None
    except StoreUnavailable as error:
        raise click.ClickException(f"the database cannot be changed: {error}") from error


@staff.command("reset")
@click.argument("login")
def reset(login: str) -> None:
    """Give LOGIN a new password and new one-time codes; ends every session."""
    try:
        _show(accounts.reset(_portal(), login, _password(), datetime.now(UTC)))
    except NotFound:
        raise click.ClickException(f"nobody has the login {login}") from None
    except ValidationFailed as failure:
        raise click.ClickException(_faults(failure)) from None
    except StoreUnavailable as error:
        raise click.ClickException(f"the database cannot be changed: {error}") from error


@staff.command("disable")
@click.argument("login")
def disable(login: str) -> None:
    """Close the account of LOGIN and end its sessions; the account itself stays on record."""
    try:
        who = accounts.disable(_portal(), login, datetime.now(UTC))
    except NotFound:
        raise click.ClickException(f"nobody has the login {login}") from None
    except StoreUnavailable as error:
        raise click.ClickException(f"the database cannot be changed: {error}") from error
    click.echo(f"{who.id}  {who.login}  disabled")


@staff.command("list")
def list_everybody() -> None:
    """List every account."""
    try:
        people = accounts.everybody(_portal())
    except StoreUnavailable as error:
        raise click.ClickException(f"the database cannot be read: {error}") from error
    for one in people:
        state = "" if one.disabled_at is None else f"  disabled {one.disabled_at:%Y-%m-%d}"
        click.echo(
            f"{one.id}  {one.login}  {one.role}  {one.department}  {one.display_name}{state}"
        )


def _faults(failure: ValidationFailed) -> str:
    return "\n".join(f"{fault.field}: {fault.message}" for fault in failure.errors)
