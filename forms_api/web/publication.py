"""The published site: its files, and the promises that the desk takes up from it by itself.

A build leaves the fingerprint of its promises in the output folder. The desk compares it with its
own before each request (one ``stat``) and reads the content again when the site is newer, so that
no case is ever filed under other promises than those the site shows.

The files are served in front of the application, for development and for small installations; a web
server such as nginx does this better where there is one.
"""

import json
import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask
from whitenoise import WhiteNoise

from forms_api.errors import StoreUnavailable
from forms_api.kinds import DECLARED
from forms_api.promised import PromisesForgotten
from service_policy.content import ContentErrors, Library, read

if TYPE_CHECKING:
    from wsgiref.headers import Headers

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

STAMP = ".promises"
"""The file in the output folder that holds the fingerprint of the published promises."""

WELL_KNOWN = "/.well-known"
_REVALIDATE = "no-cache"
_FOREVER = "public, max-age=31536000, immutable"
_A_WEEK = "public, max-age=604800"
_MEDIA_TYPES = {
    ".webmanifest": "application/manifest+json",
    ".mjs": "text/javascript",
    ".csv": "text/csv",
}
"""What the server would otherwise call a stream of bytes."""

log = logging.getLogger("forms_api")

TakeUp = Callable[[Library], None]
KeepOut = Callable[[str], None]


class Publication:
    """Watches one published site and hands over its content when it changes."""

    def __init__(
        self,
        stamp: Path,
        content: Path,
        today: Callable[[], date],
        take_up: TakeUp,
        keep_out: KeepOut,
    ) -> None:
        """Watch ``stamp``; read ``content`` for ``today`` and give it to ``take_up``.

        ``keep_out`` is told in Vietnamese why a new content did not come into force.
        """
        self._stamp = stamp
        self._content = content
        self._today = today
        self._take_up = take_up
        self._keep_out = keep_out
        self._seen = self._version()
        self._lock = threading.Lock()

    def follow(self) -> None:
        """Take up what has been published since the last look; keep the last good content."""
        if self._version() == self._seen or not self._lock.acquire(blocking=False):
            return
        try:
            version = self._version()
            if why := self._read():
                self._keep_out(why)
            self._seen = version
        except StoreUnavailable as fault:
            log.error("the published content waits for the database: %s", fault)
        finally:
            self._lock.release()

    def _read(self) -> str:
        """Take up the content; say why when the last good one stays in force."""
        try:
            library = read(self._content, self._today(), declared=DECLARED)
            if library.policy.fingerprint != self.published():
                log.error("the content differs from the published site; build the site again")
                return "nội dung khác với trang đã đăng; dựng lại trang"
            self._take_up(library)
        except ContentErrors as faults:
            log.error("the content cannot be read, the last good one stays: %s", faults)
            return "nội dung có lỗi; chạy inv check để xem từng lỗi"
        except PromisesForgotten as fault:
            log.error("the last good content stays: %s", fault)
            return str(fault)
        return ""

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


class StaticSite:
    """Serves the files of an output folder and passes every other request on.

    A rebuild replaces the whole folder; the next request then sees the new one.
    """

    def __init__(
        self,
        application: "WSGIApplication",
        root: Path,
        headers: Mapping[str, str],
        is_ours: "Callable[[WSGIEnvironment], bool]",
    ) -> None:
        """Serve ``root`` in front of ``application``; ``headers`` go with every file.

        A request that is not for a host of ours (``is_ours``) gets no file: it is passed on, and
        the application has the words to refuse it.
        """
        self._application = application
        self._is_ours = is_ours
        self._root = root
        self._headers = headers
        self._lock = threading.Lock()
        self._seen: tuple[int, int] | None = None
        self._moved: dict[str, str] = {}
        self._special: dict[str, dict[str, str]] = {}
        self._files = self._scan()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer a request."""
        if not self._is_ours(environ):
            return self._application(environ, start_response)
        files = self._current()
        moved = self._moved.get(environ.get("PATH_INFO", ""))
        if moved is not None and environ.get("REQUEST_METHOD") in ("GET", "HEAD"):
            start_response(
                "301 Moved Permanently",
                [*self._headers.items(), ("Location", moved), ("Content-Length", "0")],
            )
            return [b""]
        try:
            answer: Iterable[bytes] = files(environ, start_response)
        except OSError:
            # The folder is being replaced at this moment.
            answer = self._application(environ, start_response)
        return answer

    def _current(self) -> Any:
        if self._identity() != self._seen:
            with self._lock:
                if self._identity() != self._seen:
                    self._files = self._scan()
        return self._files

    def _identity(self) -> tuple[int, int] | None:
        try:
            status = self._root.stat()
        except OSError:
            return self._seen  # Between two renames of a rebuild the old files are still good.
        return status.st_ino, status.st_mtime_ns

    def _scan(self) -> Any:
        self._seen = self._identity()
        self._special = _note(self._root / ".headers.json")
        files = WhiteNoise(
            self._application,
            max_age=None,
            allow_all_origins=False,
            index_file=True,
            mimetypes=_MEDIA_TYPES,
            add_headers_function=self._add_headers,
        )
        if self._root.is_dir():
            files.add_files(str(self._root))
        self._moved = _note(self._root / ".redirects.json")
        # Notes of the build are nobody's business; /.well-known/ is there to be read (RFC 8615).
        for name in [name for name in files.files if "/." in name.removeprefix(WELL_KNOWN)]:
            del files.files[name]
        return files

    def _add_headers(self, headers: "Headers", _path: str, url: str) -> None:
        own = (more for below, more in self._special.items() if url.startswith(below))
        for name, value in {**self._headers, **next(own, {})}.items():
            headers[name] = value
        headers["Cache-Control"] = _caching(url)


def _note(file: Path) -> dict[str, Any]:
    """Return a note that the build left for the server; an empty one when it left none."""
    try:
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def _caching(url: str) -> str:
    """Say how long a file may be kept; what has its fingerprint in its name never changes."""
    if url.startswith("/search-index/index-"):
        return _FOREVER
    return _A_WEEK if url.startswith("/theme/fonts/") else _REVALIDATE
