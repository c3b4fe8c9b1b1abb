"""Asking a virus scanner: clamd's INSTREAM command over TCP or a local socket (clamd(8))."""

import logging
import socket
import struct
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from forms_api.errors import FieldError, ValidationFailed

TIMEOUT_SECONDS = 30
_PIECE = 64 * 1024
_LONGEST_ANSWER = 4096

UNREACHABLE = (
    "Chưa nhận được tệp vì máy quét vi-rút đang bận. Lời viết còn nguyên: thử lại sau ít phút, "
    "hoặc gửi lời trước, tệp sau."
)
INFECTED = "{name} có mã độc nên không nhận. Gửi ảnh chụp hoặc bản quét khác."

audit = logging.getLogger("forms_api.audit")


class Scanned(NamedTuple):
    """A file to be scanned: its name for people and its bytes."""

    name: str
    data: bytes


class _Silent(Exception):
    """The scanner gave no answer that can be trusted."""


def need_clean(url: str | None, files: Iterable[Scanned], field: str = "files") -> None:
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
