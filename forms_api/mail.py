"""Handing a mail to the world: a port with SMTP, a developer's console, or no way for now."""

import smtplib
import socket
import ssl
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any, Protocol, TextIO
from urllib.parse import unquote, urlsplit

from forms_api.settings import Settings
from service_policy.company import Company

SECONDS = 15
"""How long each step of a conversation with the mail server may take."""


@dataclass(frozen=True)
class MailFile:
    """A file that goes with a mail."""

    name: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Mail:
    """A mail to exactly one address; ``body`` is plain text.

    ``sent_at`` is when it is handed over: that, not when it was written, is the date of a mail.
    """

    message_id: str
    recipient: str
    subject: str
    body: str
    sent_at: datetime
    files: tuple[MailFile, ...] = ()


class NotSent(Exception):
    """The mail was not sent, or nobody can tell.

    ``kind`` names the failure without quoting the server, whose words may hold an address.
    ``permanent``: trying again is useless. ``reachable``: another mail may fare better.
    ``doubtful``: the server was given the mail and did not say whether it took it.
    """

    def __init__(
        self,
        kind: str,
        *,
        permanent: bool = False,
        reachable: bool = True,
        doubtful: bool = False,
    ) -> None:
        super().__init__(kind)
        self.kind, self.permanent, self.reachable = kind, permanent, reachable
        self.doubtful = doubtful


class _DataLost(Exception):
    """The line broke while or after the server was given the mail."""


class _Smtp(smtplib.SMTP):
    """A conversation that tells a line which breaks before DATA from one which breaks in it."""

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Hand over the mail; an answer of the server, whatever it says, is no break."""
        try:
            return super().data(msg)
        except smtplib.SMTPResponseException:
            raise
        except (smtplib.SMTPException, OSError) as error:
            raise _DataLost(type(error).__name__) from error


class _SmtpSsl(_Smtp, smtplib.SMTP_SSL):
    """The same, encrypted from the start."""


class Mailer(Protocol):
    """A way to send mail. ``keeps_copy``: the outbox is the only place to read the letter."""

    keeps_copy: bool

    def send(self, mail: Mail) -> None:
        """Send one mail or raise ``NotSent``."""


class ConsoleMailer:
    """Shows mail instead of sending it: for development, where the outbox keeps it readable."""

    keeps_copy = True

    def __init__(self, out: TextIO | None = None) -> None:
        """Write to ``out``, standard output by default."""
        self._out = out

    def send(self, mail: Mail) -> None:
        """Print the mail."""
        out = self._out or sys.stdout
        head = f"To: {mail.recipient}\nSubject: {mail.subject}\nMessage-ID: {mail.message_id}"
        files = "".join(f"[{one.name}, {len(one.data)} bytes]\n" for one in mail.files)
        out.write(f"--- mail (PORTAL_SMTP_URL is not set)\n{head}\n\n{mail.body}{files}\n---\n")
        out.flush()


class SmtpMailer:
    """Sends through the server of ``smtp://``, ``smtps://`` or ``smtp+starttls://``."""

    keeps_copy = False

    def __init__(self, url: str, sender: Address, seconds: float = SECONDS) -> None:
        """Send as ``sender`` through ``url``; each step may take ``seconds``."""
        self._url = urlsplit(url)
        self._sender = sender
        self._seconds = seconds

    def send(self, mail: Mail) -> None:
        """Send one mail to its one recipient.

        A server that takes the mail and drops the line before it says so leaves us in doubt; that
        counts as not sent.
        """
        try:
            message = self._message(mail)
        except ValueError:
            raise NotSent("unsendable", permanent=True) from None
        try:
            with self._server() as server:
                server.send_message(message, self._sender.addr_spec, [mail.recipient])
        except smtplib.SMTPRecipientsRefused as error:
            (code, _), *_ = error.recipients.values()
            raise NotSent(f"recipient refused {code}", permanent=code >= 500) from None
        except smtplib.SMTPDataError as error:
            permanent = error.smtp_code >= 500
            raise NotSent(f"message refused {error.smtp_code}", permanent=permanent) from None
        except smtplib.SMTPSenderRefused as error:
            raise NotSent(f"sender refused {error.smtp_code}", reachable=False) from None
        except _DataLost as error:
            raise NotSent(str(error), reachable=False, doubtful=True) from None
        except (smtplib.SMTPException, OSError) as error:
            raise NotSent(type(error).__name__, reachable=False) from None

    def _message(self, mail: Mail) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        message["From"] = self._sender
        message["To"] = Address(addr_spec=mail.recipient)
        message["Subject"] = mail.subject
        message["Date"] = mail.sent_at
        message["Message-ID"] = mail.message_id
        # RFC 3834, and Exchange's way of asking the same: nobody's machine need answer this one.
        # Its section 3.1.8 advises against Precedence, which some filters take for bulk mail.
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
        message.set_content(mail.body, cte="quoted-printable")
        for file in mail.files:
            main, _, kind = file.media_type.partition("/")
            message.add_attachment(file.data, maintype=main, subtype=kind, filename=file.name)
        return message

    @contextmanager
    def _server(self) -> Iterator[smtplib.SMTP]:
        host = self._url.hostname or ""
        port = self._url.port or {"smtps": 465, "smtp+starttls": 587}.get(self._url.scheme, 25)
        # Our own name is given, because looking it up may wait for a name server.
        name = socket.gethostname()
        if self._url.scheme == "smtps":
            safe = ssl.create_default_context()
            server: _Smtp = _SmtpSsl(host, port, name, timeout=self._seconds, context=safe)
        else:
            server = _Smtp(host, port, name, timeout=self._seconds)
        try:
            if self._url.scheme == "smtp+starttls":
                server.starttls(context=ssl.create_default_context())
            if self._url.username:
                server.login(unquote(self._url.username), unquote(self._url.password or ""))
            yield server
            with suppress(smtplib.SMTPException, OSError):
                server.quit()  # The mail is accepted; how the server says good-bye is its affair.
        finally:
            server.close()


class NoMailer:
    """Stands where there is no mail server: letters wait, and nothing of them is shown."""

    keeps_copy = True

    def send(self, mail: Mail) -> None:
        """Raise ``NotSent``, always."""
        raise NotSent("no mail server", reachable=False)


def mailer_for(settings: Settings, company: Company) -> Mailer:
    """Return the mailer that the settings ask for; letters come from the company's address."""
    if settings.mail == "none":
        return NoMailer()
    if settings.smtp_url is None:
        return ConsoleMailer()
    sender = Address(display_name=company.short_name, addr_spec=company.email)
    return SmtpMailer(settings.smtp_url, sender)
