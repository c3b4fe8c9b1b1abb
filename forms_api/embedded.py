"""Site and forms in one process, with nothing else installed: ``main`` serves until stopped."""

import errno
import logging
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address
from pathlib import Path

from flask import Flask

from forms_api.errors import SettingsError, StoreUnavailable
from forms_api.gaps import tell_askers
from forms_api.mail import mailer_for
from forms_api.outbox import send_outbox
from forms_api.portal import SITE, Portal
from forms_api.promised import PromisesForgotten, admit
from forms_api.settings import Settings
from forms_api.store import migrate
from forms_api.sweeping import Sweeper
from forms_api.web.app import create_app
from forms_api.web.app_context import NAME, AppContext, of
from forms_api.web.finder import Finder
from forms_api.web.middleware import security_headers
from forms_api.web.problems import NOT_RECORDED, other_channels
from forms_api.web.publication import StaticSite
from forms_api.web.request_checks import addressed_to
from forms_api.web.server import PortalServer
from forms_api.weekly_check import check_when_due
from service_policy.content import ContentErrors

_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_PATIENCE_SECONDS = 60
_PAUSE_AFTER_A_FAULT_SECONDS = 30.0

log = logging.getLogger("forms_api")


def main(
    host: str,
    port: int,
    output: Path = SITE,
    first: Callable[[Portal, datetime], None] | None = None,
) -> None:
    """Serve the built site in ``output`` and the forms at ``host``:``port`` until SIGTERM.

    Makes or migrates the database, does what is to be done ``first``, sends the outbox, sweeps
    every minute, checks the documents every week, and prints one line ``Ready: http://…`` once the
    server really answers. Exits with status 1 and every fault when it cannot start.
    """
    try:
        settings = Settings.from_environ(os.environ)
        _check_names(settings, host)
        # The name that the server is bound to is one of its names.
        settings = replace(settings, trusted_hosts=(*settings.trusted_hosts, host))
        app = create_app(settings, output)
        desk: AppContext = app.extensions[NAME]
        migrate.upgrade(desk.portal.store, desk.portal.policy)
        admit(desk.portal.store, desk.portal.policy, desk.now())
        if first is not None:
            first(desk.portal, desk.now())
        server = _server(app, desk, host, port, output)
    except (SettingsError, ContentErrors, PromisesForgotten) as faults:
        sys.exit(str(faults))
    except StoreUnavailable as fault:
        sys.exit(f"The database cannot be opened: {fault}")
    except (OSError, OverflowError) as fault:
        sys.exit(_unusable(host, port, fault))
    _write_logs()
    _allow_many_connections()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: server.stop())
    stopping = threading.Event()
    threads = [
        threading.Thread(target=_beside, args=(host, server.port, app, stopping), daemon=True),
        threading.Thread(target=_sweep, args=(app, stopping), daemon=True),
        threading.Thread(target=tell_after_publications, args=(app, stopping), daemon=True),
        threading.Thread(target=check_documents, args=(app, stopping), daemon=True),
    ]
    for one in threads:
        one.start()
    try:
        server.run()
    finally:
        stopping.set()
        for one in threads:
            one.join(timeout=5)
        desk.portal.close()


def _unusable(host: str, port: int, fault: Exception) -> str:
    """Say in one line why nobody can listen there."""
    if isinstance(fault, OverflowError):
        return f"Cổng {port}: cổng phải là số từ 0 đến 65535"
    if isinstance(fault, OSError) and fault.errno == errno.EADDRINUSE:
        return f"Cổng {port} của {host} đang có chương trình khác dùng; chọn cổng khác"
    why = fault.strerror if isinstance(fault, OSError) else fault
    return f"Không dùng được cổng {port} của {host}: {why}"


def _check_names(settings: Settings, host: str) -> None:
    """Refuse to be open to others under no name at all: every request of theirs would be refused.

    Raises:
        SettingsError: production listens to others and does not know what it is called.
    """
    named = settings.site_url or settings.trusted_hosts
    if settings.production and not named and host not in _LOOPBACK:
        raise SettingsError(
            [f"PORTAL_SITE_URL: is missing; others reach {host} under a name it must know"]
        )


def _server(app: Flask, desk: AppContext, host: str, port: int, output: Path) -> PortalServer:
    headers = security_headers(desk.portal.settings)
    refusal = "\n".join(("Không đọc được yêu cầu.", NOT_RECORDED, *other_channels(desk.policy), ""))
    site = StaticSite(app, output, headers, addressed_to(desk.portal.settings))
    return PortalServer(site, host, port, refusal=refusal, headers=headers)


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


def _beside(host: str, port: int, app: Flask, stopping: threading.Event) -> None:
    """Say when the server answers, get ready for the first visitor, then send letters."""
    desk = of(app)
    if _wait_until_it_answers(host, port, stopping):
        shown = f"[{host}]" if ":" in host else host
        print(f"Ready: http://{shown}:{port}", flush=True)  # noqa: T201 - this is the sign
    for name in desk.environment.list_templates():
        if name.startswith(("forms/", "staff/", "search_results")):
            desk.environment.get_template(name)
    desk.finder.prepare()
    send_letters(app, stopping)


def _wait_until_it_answers(host: str, port: int, stopping: threading.Event) -> bool:
    reachable = _address_to_ask(host)
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline and not stopping.is_set():
        if _answers(reachable, port):
            return True
        stopping.wait(0.05)
    log.error("the server does not answer")
    return False


def _address_to_ask(host: str) -> str:
    """Return where a server bound to ``host`` can be asked; one bound to all addresses, here."""
    try:
        return "localhost" if ip_address(host).is_unspecified else host
    except ValueError:
        return host or "localhost"


def repeat(what: str, stopping: threading.Event, pause: float, work: Callable[[], object]) -> None:
    """Do some work every ``pause`` seconds until the server stops, whatever one round meets."""
    while not stopping.is_set():
        rest = pause
        try:
            work()
        except StoreUnavailable:
            log.warning("%s rests: the store is unavailable", what)
        except Exception as error:  # noqa: BLE001 - the next round comes whatever one case holds
            log.error("%s failed: %s", what, type(error).__name__)
            rest = _PAUSE_AFTER_A_FAULT_SECONDS
        stopping.wait(rest)


def send_letters(app: Flask, stopping: threading.Event) -> None:
    """Send letters as they come, in the name of the company that the published site shows then."""

    def send() -> None:
        here = of(app)
        mailer = mailer_for(here.portal.settings, here.policy.company)
        send_outbox(here.portal, mailer, here.now())

    repeat("the outbox", stopping, 2, send)


def _sweep(app: Flask, stopping: threading.Event) -> None:
    """Sweep every minute, by the promises of the site that is published then."""
    sweeper = Sweeper(of(app).now)
    repeat("the sweep", stopping, 60, lambda: sweeper.round(of(app).portal))


def tell_after_publications(app: Flask, stopping: threading.Event, pause: float = 5) -> None:
    """Tell askers of published answers, once at the start and after each publication."""
    done: Finder | None = None

    def tell() -> None:
        nonlocal done
        here = of(app)
        if here.finder is not done:
            tell_askers(here.portal, here.finder.answer, here.now())
            done = here.finder

    repeat("telling the askers", stopping, pause, tell)


def check_documents(app: Flask, stopping: threading.Event, pause: float = 60) -> None:
    """Make the check of each week when its time has come; not while a server is just starting."""

    def check() -> None:
        here = of(app)
        check_when_due(here.portal, here.library, here.now())

    stopping.wait(pause)
    repeat("the weekly check", stopping, pause, check)


def _answers(host: str, port: int) -> bool:
    try:
        with closing(HTTPConnection(host, port, timeout=2)) as connection:
            # Whether it is well is another question: with a full disk it still answers for itself.
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
