"""Who may push rows: systems that share a secret with us, and sign each time.

The signature is ``time=…,sha256=…``: an HMAC-SHA256, by the secret, of the time, the source, the
table and the body, joined by points.
"""

import hashlib
import hmac
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final

MOST_MINUTES: Final = 5
"""How old, or how far ahead, a signature may be."""
SHORTEST_SECRET: Final = 32

_HEADER = re.compile(r"time=([0-9]{1,12}),sha256=([0-9a-f]{64})")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Unsigned(Exception):
    """A push that nobody we know signed, or not just now. Every kind of it is the same answer."""


def signature(secret: str, time: int, source: str, table: str, body: bytes) -> str:
    """Return what a source sends as ``Ledger-Signature``; ``time`` in seconds since 1970."""
    told = f"{time}.{source}.{table}.".encode() + body
    return f"time={time},sha256={hmac.new(secret.encode(), told, hashlib.sha256).hexdigest()}"


def verify(
    keys: Mapping[str, str], source: str, table: str, header: str, body: bytes, now: datetime
) -> None:
    """Make sure that a source signed a body for a table within the last minutes.

    Raises:
        Unsigned: it did not.
    """
    found = _HEADER.fullmatch(header)
    # An unknown source takes as long as a known one: the secret is made up for it.
    secret = keys.get(source) or hashlib.sha256(source.encode()).hexdigest()
    time = int(found[1]) if found else 0
    expected = signature(secret, time, source, table, body)
    signed = hmac.compare_digest(expected.encode(), header.encode("utf-8", "replace"))
    age = abs(now.timestamp() - time)
    if not (found and source in keys and signed and age <= MOST_MINUTES * 60):
        raise Unsigned


def keys_of(
    told: Iterable[str], is_weak: Callable[[str, int], bool], faults: list[str]
) -> dict[str, str]:
    """Return secrets by the names of their sources, from ``name:secret`` each; note faults."""
    found: dict[str, str] = {}
    for one in told:
        name, _, secret = one.partition(":")
        if not _NAME.fullmatch(name) or len(name) > 60 or name in found:
            faults.append("PORTAL_LEDGER_KEYS: each is name:secret, a name once, of a-z, 0-9 and -")
        elif is_weak(secret, SHORTEST_SECRET):
            faults.append(f"PORTAL_LEDGER_KEYS: the secret of {name} is too weak")
        else:
            found[name] = secret
    return found
