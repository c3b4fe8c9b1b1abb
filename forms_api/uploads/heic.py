"""Photos of iPhones (HEIC) become JPEG, in a process of its own that may use little and do little.

The decoder is a big library that reads what strangers send, so it never runs inside the server:
the child gets the bytes, has limits on time and memory, and gives back a JPEG or nothing.
"""

import os
import subprocess
import sys
import threading
from importlib.util import find_spec
from pathlib import Path

from forms_api.errors import StoreUnavailable

_BRANDS = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
)
_WORKER = Path(__file__).with_name("heic_worker.py")
_PATIENCE_SECONDS = 30
_QUEUE_SECONDS = 10
"""How long a sender waits for others; longer would hold the server's threads."""

_ONE_AT_A_TIME = threading.BoundedSemaphore(1)
"""One picture of today's phones unpacks to some 150 MB; a crowd of them must wait in line."""


def is_heic(data: bytes) -> bool:
    """Say whether the bytes begin as a HEIF picture does (ISO 14496-12, 4.3)."""
    return data[4:8] == b"ftyp" and data[8:12] in _BRANDS


def can_convert() -> bool:
    """Say whether the decoder is installed."""
    return find_spec("pi_heif") is not None and find_spec("PIL") is not None


def as_jpeg(data: bytes, most_pixels: int, most_bytes: int) -> bytes | None:
    """Return the picture as JPEG, upright, with its colours and nothing else of its metadata.

    None when it cannot be converted: there is no decoder, or the picture is damaged, too big, or
    needs too much time or memory. Its sender is then told how to make a JPEG of it.

    Raises:
        StoreUnavailable: too many pictures wait; the sender may try again.
    """
    if not can_convert():
        return None
    if not _ONE_AT_A_TIME.acquire(timeout=_QUEUE_SECONDS):
        raise StoreUnavailable("too many pictures wait to be converted")
    try:
        done = subprocess.run(  # noqa: S603 - our own program, the picture on its standard input
            [sys.executable, "-I", str(_WORKER), str(most_pixels), str(most_bytes)],
            input=data,
            capture_output=True,
            timeout=_PATIENCE_SECONDS,
            check=False,
            cwd="/",
            env={"PATH": os.defpath},
        )
    except subprocess.TimeoutExpired:
        return None
    finally:
        _ONE_AT_A_TIME.release()
    if done.returncode or not done.stdout.startswith(b"\xff\xd8"):
        return None
    return done.stdout
