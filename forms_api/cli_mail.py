"""``flask --app forms_api test-mail``: find out now whether letters can leave."""

from datetime import UTC, datetime
from secrets import token_hex
from typing import cast

import click
from flask import current_app
from flask.cli import with_appcontext

from forms_api import inputs
from forms_api.inputs import BadInput
from forms_api.mail import Mail, NotSent, mailer_for
from forms_api.portal import Portal

SUBJECT = "Thư thử của cổng cam kết"
BODY = "Thư này chỉ để thử: máy chủ của cổng cam kết gửi thư được. Không cần trả lời.\n"


@click.command("test-mail")
@click.argument("address")
@with_appcontext
def test_mail(address: str) -> None:
    """Send one letter to ADDRESS now; say what became of it, and fail when it did not leave."""
    portal = cast(Portal, current_app.extensions["portal"])
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
