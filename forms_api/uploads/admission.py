"""What files have to pass before they are kept: the share of whoever sends them, and a scanner.

Customers and staff each have a share of their own of a case. Viruses are looked for by clamd, with
its INSTREAM command over TCP or a local socket (clamd(8)).
"""

import logging
import socket
import struct
from collections.abc import Collection, Iterable, Sequence
from urllib.parse import urlsplit

from sqlalchemy import Connection, select

from forms_api.errors import FieldError, ValidationFailed
from forms_api.store import history, upload_rows
from forms_api.store.tables import cases
from forms_api.uploads.incoming import LARGEST_TOGETHER, MOST_FILES, Incoming, megabytes
from service_policy.cases.split_merge import CaseMergedAway, MergedIn

TIMEOUT_SECONDS = 30
_PIECE = 64 * 1024
_LONGEST_ANSWER = 4096

UNREACHABLE = (
    "Chưa nhận được tệp vì máy quét vi-rút đang bận. Lời viết còn nguyên: thử lại sau ít phút, "
    "hoặc gửi lời trước, tệp sau."
)
INFECTED = "{name} có mã độc nên không nhận. Gửi ảnh chụp hoặc bản quét khác."

audit = logging.getLogger("forms_api.audit")

MOST = {"customer": (MOST_FILES, LARGEST_TOGETHER), "staff": (40, 4 * LARGEST_TOGETHER)}
"""Files and bytes of one case, by who adds them: evidence is never crowded out by photos."""


class _Silent(Exception):
    """The scanner gave no answer that can be trusted."""


def need_clean(url: str | None, files: Iterable[Incoming], field: str = "files") -> None:
    """Refuse files in which the scanner at ``url`` finds something; without ``url`` ask nothing.

    Raises:
        ValidationFailed: a file is infected, or the scanner does not answer.
    """
    faults = []
    for one in files if url else ():
        try:
            found = scan(str(url), one.data)
        except (OSError, _Silent):
            audit.warning('{"scanner": "unreachable"}')
            raise ValidationFailed([FieldError(field, UNREACHABLE)]) from None
        if found:
            audit.warning('{"scanner": "infected", "found": "%s"}', found)
            faults.append(FieldError(field, INFECTED.format(name=f"“{one.name}”")))
    if faults:
        raise ValidationFailed(faults)


def scan(url: str, data: bytes) -> str:
    """Return the name of what was found, or nothing.

    Raises:
        OSError: the scanner cannot be reached, or breaks off.
    """
    with _connected(url) as line:
        line.sendall(b"zINSTREAM\0")
        for at in range(0, len(data), _PIECE):
            piece = data[at : at + _PIECE]
            line.sendall(struct.pack(">I", len(piece)) + piece)
        line.sendall(struct.pack(">I", 0))
        answer = _answer(line)
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        name = answer.removeprefix("stream: ").removesuffix(" FOUND")
        return "".join(one for one in name if one.isalnum() or one in "._-")[:80] or "unnamed"
    raise _Silent(answer)


def _connected(url: str) -> socket.socket:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(TIMEOUT_SECONDS)
        try:
            line.connect(parts.path)
        except OSError:
            line.close()
            raise
        return line
    address = (parts.hostname or "", parts.port or 3310)
    return socket.create_connection(address, timeout=TIMEOUT_SECONDS)


def _answer(line: socket.socket) -> str:
    got = b""
    while b"\0" not in got and len(got) < _LONGEST_ANSWER:
        piece = line.recv(_LONGEST_ANSWER)
        if not piece:
            break
        got += piece
    return got.partition(b"\0")[0].decode("utf-8", "replace").strip()


def family(connection: Connection, reference: str) -> tuple[str, ...]:
    """Return a case and all that were merged with it; together they have one share."""
    found: dict[str, None] = {}
    wanted = [reference]
    while wanted:
        one = wanted.pop()
        if one in found:
            continue
        found[one] = None
        for event in history.load_events(connection, one):
            if isinstance(event, MergedIn):
                wanted.append(event.other)
            elif isinstance(event, CaseMergedAway):
                wanted.append(event.into)
    return tuple(sorted(found))


def need_room(connection: Connection, reference: str, files: Sequence[Incoming], role: str) -> None:
    """Refuse files beyond the share of whoever adds them; asked in the transaction that adds them.

    Raises:
        ValidationFailed: the case has too many, or too much of them.
    """
    if not files:
        return
    who = "customer" if role == "customer" else "staff"
    references: Collection[str] = family(connection, reference)
    if len(references) > 1:
        # Two cases that were merged may get files at the same time: the later one must see both.
        held = select(cases.c.reference).where(cases.c.reference.in_(references))
        connection.execute(held.order_by(cases.c.reference).with_for_update()).all()
    most, largest = MOST[who]
    number, size = upload_rows.total(connection, references, who)
    together = size + sum(one.fact.size for one in files)
    if number + len(files) <= most and together <= largest:
        return
    raise ValidationFailed([FieldError("files", _fault(number, size, most, largest))])


def _fault(number: int, size: int, most: int, largest: int) -> str:
    left = max(0, most - number)
    room = megabytes(max(0, largest - size))
    return (
        f"Phiếu này nhận tối đa {most} tệp, tất cả {largest // 2**20} MB; đã có {number} tệp, "
        f"còn nhận được {left} tệp, {room}. Cần gửi thêm thì viết cho chúng tôi biết."
    )
