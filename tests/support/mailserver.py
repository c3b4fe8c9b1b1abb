"""A real SMTP server for the tests, which can also misbehave the way real ones do."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP


@dataclass
class Delivered:
    """One mail as the server got it: the envelope's recipients and the message."""

    recipients: list[str]
    message: EmailMessage

    @property
    def text(self) -> str:
        return str(self.message.get_content())


@dataclass
class MailServer:
    """What the server got so far, and how it behaves from now on.

    ``mode``: ``ok``; ``greylist`` and ``no_such_user`` (to RCPT); ``full`` and ``refused`` (to
    DATA); ``accept_then_drop`` takes the mail and cuts the line before it says so;
    ``accept_then_wait`` takes it and says nothing.
    """

    mode: str = "ok"
    delivered: list[Delivered] = field(default_factory=list)
    port: int = 0
    arrived: threading.Condition = field(default_factory=threading.Condition)

    @property
    def url(self) -> str:
        """The address for ``PORTAL_SMTP_URL``."""
        return f"smtp://127.0.0.1:{self.port}"

    def wait_for(self, number: int, seconds: float = 20) -> bool:
        """Wait until so many mails have arrived; False when they did not."""
        with self.arrived:
            return self.arrived.wait_for(lambda: len(self.delivered) >= number, seconds)

    async def handle_RCPT(  # noqa: N802 - the name aiosmtpd looks for
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self.mode == "greylist":
            return "451 4.7.1 try again later"
        if self.mode == "no_such_user":
            return f"550 5.1.1 no such user {address}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.mode == "full":
            return "452 4.2.2 mailbox full"
        if self.mode == "refused":
            return "554 5.6.0 message refused"
        message = message_from_bytes(envelope.content, policy=default)
        with self.arrived:
            self.delivered.append(Delivered(list(envelope.rcpt_tos), message))  # type: ignore[arg-type]
            self.arrived.notify_all()
        if self.mode == "accept_then_drop":
            server.transport.close()
        if self.mode == "accept_then_wait":
            await asyncio.sleep(300)
        return "250 OK"


@contextmanager
def receiving() -> Iterator[MailServer]:
    """Run a mail server on a free port of the loopback address, in a thread of its own.

    Its event loop lives and dies in that thread, because a browser of another test may be running
    one in this thread.
    """
    server, ready, stop = MailServer(), threading.Event(), threading.Event()

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        listening = await loop.create_server(
            lambda: SMTP(server, hostname="mail.example", loop=loop), "127.0.0.1", 0
        )
        server.port = listening.sockets[0].getsockname()[1]
        ready.set()
        await loop.run_in_executor(None, stop.wait)
        await _close(listening)

    thread = threading.Thread(target=asyncio.run, args=(serve(),), name="mail server")
    thread.start()
    ready.wait()
    try:
        yield server
    finally:
        stop.set()
        thread.join()


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """Run a mail server for one test."""
    with receiving() as server:
        yield server


async def _close(listening: asyncio.Server) -> None:
    listening.close()
    conversations = asyncio.all_tasks() - {asyncio.current_task()}
    for one in conversations:
        one.cancel()
    await asyncio.gather(*conversations, return_exceptions=True)
    await listening.wait_closed()
