"""One-time codes by time (RFC 6238): six digits, SHA-1, thirty seconds, as every phone app has.

No secret is stored: it is derived from the server's secret key and a salt of the account, so a
copy of the database alone gives nobody a second factor.
"""

import base64
import hmac
import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote, urlencode

DIGITS = 6
SECONDS = 30
DRIFT = 1
"""Steps that a phone's clock may be off, each way."""

_SECRET_BYTES = 20


def secret(secret_key: str, salt: str) -> bytes:
    """Derive the secret of an account from the server's secret key and the account's salt."""
    key = hmac.digest(secret_key.encode(), b"staff totp 1", "sha256")
    return hmac.digest(key, salt.encode(), "sha256")[:_SECRET_BYTES]


def step_at(moment: datetime) -> int:
    """Return the number of the time step of an aware moment."""
    return int(moment.timestamp()) // SECONDS


def code(key: bytes, step: int, digits: int = DIGITS) -> str:
    """Return the code of a time step (RFC 4226 with the step as its counter)."""
    digest = hmac.digest(key, step.to_bytes(8), "sha1")
    at = digest[-1] & 0x0F
    number = int.from_bytes(digest[at : at + 4]) & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def matching_step(key: bytes, typed: str, moments: Sequence[datetime]) -> int | None:
    """Return the time step whose code was typed, or None; every candidate is compared.

    ``moments`` are what time it may be: one, unless the server's own clocks disagree.
    """
    plain = re.sub(r"\s", "", typed)
    given = plain.encode() if re.fullmatch(r"[0-9]{6}", plain) else b"------"
    near = range(-DRIFT, DRIFT + 1)
    found = None
    for step in {step_at(moment) + away for moment in moments for away in near}:
        if hmac.compare_digest(code(key, step).encode(), given):
            found = step
    return found


def base32(key: bytes) -> str:
    """Write a secret the way it is typed into an app, in groups of four."""
    text = base64.b32encode(key).decode().rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def address(key: bytes, login: str, issuer: str) -> str:
    """Return the ``otpauth://`` address that an app reads from a QR code."""
    label = quote(f"{issuer}:{login}", safe="")
    query = urlencode(
        {"secret": base32(key).replace(" ", ""), "issuer": issuer, "digits": DIGITS},
        quote_via=quote,
    )
    return f"otpauth://totp/{label}?{query}"
