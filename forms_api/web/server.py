"""The embedded HTTP server: waitress, made patient with nobody who wastes its time.

A connection that brings no complete request within ``SECONDS`` is closed; one that brings files
may take longer, as long as they come at a fair pace. Only complete requests reach a thread, so
slow callers hold nobody up.
"""

import copy
import re
import socket
import threading
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.receiver import ChunkedReceiver
from waitress.server import create_server
from waitress.task import ErrorTask
from waitress.utilities import BadRequest

from forms_api.web.files import LARGEST_REQUEST, PATHS

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

SECONDS = 8
"""With the interval of the cleaning and the pause of the loop this stays under ten seconds."""

THREADS = 32
CONNECTIONS = 1000
LARGEST_BODY = 1024 * 1024
"""Bytes. The application refuses much less, in better words; this only bounds memory."""
SLOWEST_UPLOAD = 16 * 1024
"""Bytes a second on the whole, with which files may still arrive: a phone at the edge of a cell."""
MOST_UPLOADS = 64
"""Requests with files that may be on their way at once; each waits on the disk, not in memory."""
LARGEST_HEAD = 32 * 1024
SECONDS_TO_FINISH = 10


class _Refusal(ErrorTask):
    """Answers what no application can be asked, such as a broken request head."""

    def execute(self) -> None:
        error = self.request.error
        server: Any = self.channel.server
        self.status = f"{error.code} {error.reason}"
        self.response_headers.extend(server.refusal_headers.items())
        self.response_headers.append(("Content-Type", "text/plain; charset=utf-8"))
        self.set_close_on_finish()
        self.content_length = len(server.refusal)
        self.write(server.refusal)


_END_OF_HEAD = b"\r\n\r\n"
_FIRST_LINE = re.compile(rb"[A-Z]{1,32} (?:/[!-~]*|\*) HTTP/1\.[01]")
"""A method, a path (no other server's address), and the version: what every program sends."""
_NO_TEXT = re.compile(rb"(?<!\r)\n|\r(?!\n)(?!\Z)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""What cannot stand in a head: half a line end, or a control character."""
_ONLY_ONCE = ("host", "content-length", "content-type", "transfer-encoding")


def _check_text(piece: bytes) -> None:
    """Refuse a piece of a head that is no text.

    Raises:
        ParsingError: with the reason, for nobody but a debugger.
    """
    if _NO_TEXT.search(piece):
        raise ParsingError("half a line end or a control character")


def _check_first_line(head: bytes) -> bool:
    """Say whether the first line has come; refuse one that no program of today sends.

    Raises:
        ParsingError: with the reason, for nobody but a debugger.
    """
    first, ended, _ = head.lstrip(b"\r\n").partition(b"\r\n")
    if ended and not _FIRST_LINE.fullmatch(first):
        raise ParsingError("no request line of HTTP/1.1")
    return bool(ended)


def _check_fields(head: bytes) -> None:
    """Refuse a head that two programs may read differently: where it goes, where its body ends.

    Raises:
        ParsingError: with the reason, for nobody but a debugger.
    """
    first, *lines = head.strip(b"\r\n").split(b"\r\n")
    if any(line.startswith((b" ", b"\t")) for line in lines):
        raise ParsingError("a field in several lines")
    names = [line.partition(b":")[0].decode("latin-1").lower() for line in lines]
    if any(names.count(name) > 1 for name in _ONLY_ONCE):
        raise ParsingError("a field that may stand once only")
    chunked = "transfer-encoding" in names
    if chunked and b"," in lines[names.index("transfer-encoding")]:
        raise ParsingError("a body in several codings")
    if chunked and ("content-length" in names or first.endswith(b"1.0")):
        raise ParsingError("two lengths of one body")


_LONGEST_LINE = 1024
"""Bytes of a line between chunks; whoever sends more of it would have it read again and again."""


class _Chunks(ChunkedReceiver):
    """A body in chunks whose lines are as strict as those of a head, and end somewhere."""

    chunk_remainder: int
    control_line: bytes
    trailer: bytes
    error: Any
    completed: bool

    def received(self, data: bytes) -> int:
        taken = 0
        while taken < len(data) and not self.completed and self.error is None:
            taken += super().received(data[taken : self._end_of_piece(data, taken)])
            if self.error is None:
                self._check_line()
        # Behind a fault nothing is another request.
        return len(data) if self.error is not None else taken

    def _end_of_piece(self, data: bytes, at: int) -> int:
        """Return where what stands at ``at`` ends: some of a chunk, or a line that begins there."""
        if self.chunk_remainder:
            return at + self.chunk_remainder
        return data.find(b"\n", at) + 1 or len(data)

    def _check_line(self) -> None:
        """Look at a line that has begun; one that ended in half a line end is still in there."""
        begun = self.control_line or self.trailer
        if len(begun) > _LONGEST_LINE or _NO_TEXT.search(begun):
            self.error = BadRequest("no line between chunks")


class _Parser(HTTPRequestParser):
    """A request that is refused as soon as it cannot become one.

    It may be large only where forms with files are sent to.
    """

    adj: Any
    body_rcv: Any
    brings_files = False
    completed = False
    _has_first_line = False

    def received(self, data: bytes) -> int:
        if not self.completed and self.body_rcv is None:
            try:
                self._look_at_head(data)
            except ParsingError as fault:
                # At once: whoever sends this may wait for an answer before sending more.
                self.error = BadRequest(str(fault))
                self.completed = True
                return len(data)
        taken: int = super().received(data)
        return taken

    def _look_at_head(self, data: bytes) -> None:
        """Look at what has come, each byte once, for a head that nothing can follow."""
        before = self.header_plus[-3:]  # The end of the head may have begun there.
        if before.startswith(b"\n") and len(self.header_plus) > len(before):
            before = before[1:]
        _check_text((before + data).partition(_END_OF_HEAD)[0])
        if not self._has_first_line:
            self._has_first_line = _check_first_line(self.header_plus + data)

    def parse_header(self, header_plus: bytes) -> None:
        _check_fields(header_plus)
        super().parse_header(header_plus)
        if isinstance(self.body_rcv, ChunkedReceiver):
            self.body_rcv = _Chunks(self.body_rcv.buf)
        self.brings_files = self.command == "POST" and self.path.startswith(PATHS)
        if not self.brings_files:
            self.adj = copy.copy(self.adj)
            self.adj.max_request_body_size = LARGEST_BODY

    @property
    def seconds(self) -> float:
        """How long it may take to arrive, given what has come so far."""
        more = self.body_bytes_received / SLOWEST_UPLOAD if self.brings_files else 0
        return SECONDS + more


class _Channel(HTTPChannel):
    """A connection that remembers since when a request is incomplete."""

    error_task_class = _Refusal
    parser_class = _Parser
    waiting_since: float | None = None

    @property
    def brings_files(self) -> bool:
        """Whether a request with files is on its way."""
        return self.request is not None and self.request.brings_files

    def received(self, data: bytes) -> bool:
        took: bool = super().received(data)
        if self.request is None:
            self.waiting_since = None
        elif self.waiting_since is None:
            self.waiting_since = time.time()
        return took


class PortalServer:
    """A bound server; ``run`` serves until ``stop`` is called from a signal or another thread."""

    def __init__(
        self,
        application: "WSGIApplication",
        host: str,
        port: int,
        *,
        refusal: str,
        headers: Mapping[str, str],
    ) -> None:
        """Bind; ``refusal`` is said to requests that cannot be read, with ``headers``.

        Raises:
            OSError: the address is not free.
        """
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family, backlog=1024)
        self.port: int = listening.getsockname()[1]
        self._server: Any = create_server(
            application,
            sockets=[listening],
            threads=THREADS,
            ident=None,
            connection_limit=CONNECTIONS,
            channel_timeout=SECONDS,
            cleanup_interval=1,
            asyncore_loop_timeout=1,
            asyncore_use_poll=True,
            max_request_body_size=LARGEST_REQUEST,
            max_request_header_size=LARGEST_HEAD,
            # Whom to believe is decided in ``proxy``, by address and network.
            clear_untrusted_proxy_headers=False,
            log_socket_errors=False,
        )
        self._server.channel_class = _Channel
        self._server.refusal = refusal.encode()
        self._server.refusal_headers = dict(headers)
        self._stopping = threading.Event()

    def run(self) -> None:
        """Serve until stopped; then answer what was accepted and close everything."""
        while not self._stopping.is_set():
            self._turn(1)
        self._server.accepting = False
        deadline = time.monotonic() + SECONDS_TO_FINISH
        while self._busy() and time.monotonic() < deadline:
            self._turn(0.1)
        self._server.task_dispatcher.shutdown()
        wasyncore.close_all(self._server._map)

    def stop(self) -> None:
        """Ask ``run`` to end; safe in a signal handler."""
        self._stopping.set()
        self._server.pull_trigger()

    def _turn(self, seconds: float) -> None:
        wasyncore.loop(timeout=seconds, use_poll=True, map=self._server._map, count=1)
        now, uploads = time.time(), 0
        for channel in list(self._server.active_channels.values()):
            uploads += channel.brings_files
            patience = SECONDS if channel.request is None else channel.request.seconds
            late = channel.waiting_since is not None and channel.waiting_since < now - patience
            if late or (channel.brings_files and uploads > MOST_UPLOADS):
                channel.will_close = True

    def _busy(self) -> bool:
        return any(
            channel.requests or channel.total_outbufs_len
            for channel in self._server.active_channels.values()
        )
