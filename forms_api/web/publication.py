"""Follow the published site: when new promises are published, the desk takes them up by itself.

A build leaves the fingerprint of its promises in the output folder. The desk compares it with its
own before each request (one ``stat``) and reads the content again when the site is newer, so that
no case is ever filed under other promises than those the site shows.
"""

import logging
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

from flask import Flask

from forms_api.kinds import DECLARED
from service_policy.content import ContentErrors, Library, read

STAMP = ".promises"
"""The file in the output folder that holds the fingerprint of the published promises."""

log = logging.getLogger("forms_api")

TakeUp = Callable[[Library], None]


class Publication:
    """Watches one published site and hands over its content when it changes."""

    def __init__(
        self, stamp: Path, content: Path, today: Callable[[], date], take_up: TakeUp
    ) -> None:
        """Watch ``stamp``; read ``content`` for ``today`` and give it to ``take_up``."""
        self._stamp = stamp
        self._content = content
        self._today = today
        self._take_up = take_up
        self._seen = self._version()
        self._lock = threading.Lock()

    def follow(self) -> None:
        """Take up what has been published since the last look; keep the last good content."""
        if self._version() == self._seen or not self._lock.acquire(blocking=False):
            return
        try:
            version = self._version()
            library = read(self._content, self._today(), declared=DECLARED)
            if library.policy.fingerprint == self.published():
                self._take_up(library)
            else:
                log.error("the content differs from the published site; build the site again")
            self._seen = version
        except ContentErrors as faults:
            log.error("the content cannot be read, the last good one stays: %s", faults)
            self._seen = self._version()
        finally:
            self._lock.release()

    def published(self) -> str | None:
        """Return the fingerprint of the promises on the site; None when there is no site."""
        try:
            return self._stamp.read_text(encoding="ascii")
        except OSError:
            return None

    def _version(self) -> int | None:
        try:
            return self._stamp.stat().st_mtime_ns
        except OSError:
            return None


def install(app: Flask, publication: Publication) -> None:
    """Look for newly published promises before each request."""
    app.before_request(publication.follow)
