"""Site and forms in one process, with nothing else installed: ``main`` serves until stopped."""

import logging
import os
import resource
import signal
import sys
import threading
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from flask import Flask

from forms_api.errors import StoreUnavailable
from forms_api.mail import Mailer, mailer_for
from forms_api.outbox import send_forever
from forms_api.portal import Portal
from forms_api.settings import PROJECT, Settings, SettingsError
from forms_api.store import migrate
from forms_api.sweeping import sweep_forever
from forms_api.web.app import create_app
from forms_api.web.desk import NAME, Desk
from forms_api.web.headers import security_headers
from forms_api.web.server import PortalServer
from forms_api.web.static_site import StaticSite
from forms_api.web.troubles import NOT_RECORDED, other_channels
from service_policy.content import ContentErrors

OUTPUT = PROJECT / "output"
_EVERY_ADDRESS = {"", "0.0.0.0", "::"}  # noqa: S104 - a name for it, nothing is bound here
_PATIENCE_SECONDS = 60
_PAUSE_AFTER_A_FAULT_SECONDS = 30.0

log = logging.getLogger("forms_api")


def main(host: str, port: int, output: Path = OUTPUT) -> None:
    """Serve the built site in ``output`` and the forms at ``host``:``port`` until SIGTERM.

    Makes or migrates the database, sends the outbox, and prints one line ``Ready: http://…``
    once the server really answers. Exits with status 1 and every fault when it cannot start.
    """
    _write_logs()
    _allow_many_connections()
    try:
        settings = Settings.from_environ(os.environ)
        app = create_app(settings)
        desk: Desk = app.extensions[NAME]
        migrate.upgrade(desk.portal.store)
        server = _server(app, desk, host, port, output)
    except (SettingsError, ContentErrors) as faults:
        sys.exit(str(faults))
    except StoreUnavailable as fault:
        sys.exit(f"The database cannot be opened: {fault}")
    except OSError as fault:
        sys.exit(f"Port {port} of {host} cannot be used: {fault.strerror}")
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: server.stop())
    stopping = threading.Event()
    sender = _thread(_send_letters, desk.portal, stopping)
    sweeper = _thread(_sweep, desk.portal, stopping)
    _thread(_announce, host, server.port, desk)
    try:
        server.run()
    finally:
        stopping.set()
        sender.join(timeout=5)
        sweeper.join(timeout=5)
        desk.portal.close()


def _server(app: Flask, desk: Desk, host: str, port: int, output: Path) -> PortalServer:
    headers = security_headers(desk.portal.settings)
    refusal = "\n".join(
        ("Không đọc được yêu cầu.", NOT_RECORDED, *other_channels(desk.policy.company), "")
    )
    return PortalServer(
        StaticSite(app, output, headers), host, port, refusal=refusal, headers=headers
    )


def _write_logs() -> None:
    """Write our own lines as they are, and of the libraries only what is wrong."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    access = logging.getLogger("forms_api.access")
    access.setLevel(logging.INFO)
    access.propagate = False
    lines = logging.StreamHandler()
    lines.setFormatter(logging.Formatter("%(message)s"))
    access.addHandler(lines)
    # Waiting for a thread is normal in a rush.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)


def _allow_many_connections() -> None:
    """Raise the soft limit of open files: a connection takes one, many systems allow 1,024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4096 if hard == resource.RLIM_INFINITY else min(4096, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _thread(target: object, *arguments: object) -> threading.Thread:
    thread = threading.Thread(target=target, args=arguments, daemon=True)  # type: ignore[arg-type]
    thread.start()
    return thread


def _send_letters(portal: Portal, stopping: threading.Event) -> None:
    mailer: Mailer = mailer_for(portal.settings, portal.policy.company)
    while not stopping.is_set():
        try:
            send_forever(portal, mailer, stopping)
        except Exception as error:  # noqa: BLE001 - letters must go on whatever one of them does
            log.error("the outbox failed: %s", type(error).__name__)
            stopping.wait(_PAUSE_AFTER_A_FAULT_SECONDS)


def _sweep(portal: Portal, stopping: threading.Event) -> None:
    while not stopping.is_set():
        try:
            sweep_forever(portal, stopping)
        except Exception as error:  # noqa: BLE001 - promises must be kept whatever one case holds
            log.error("the sweep failed: %s", type(error).__name__)
            stopping.wait(_PAUSE_AFTER_A_FAULT_SECONDS)


def _announce(host: str, port: int, desk: Desk) -> None:
    """Wait until the server answers, say so, then make the search ready for its first question."""
    reachable = "localhost" if host in _EVERY_ADDRESS else host
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if _answers(reachable, port):
            shown = f"[{host}]" if ":" in host else host
            print(f"Ready: http://{shown}:{port}", flush=True)  # noqa: T201 - this is the sign
            desk.finder.prepare()
            return
        time.sleep(0.05)
    log.error("the server does not answer")


def _answers(host: str, port: int) -> bool:
    connection = HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
