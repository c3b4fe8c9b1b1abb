"""Secret codes of cases: derived, shown to the holder, stored only as a hash.

The code is an HMAC of the server's secret over the idempotency key and the body, so whoever
repeats the same submission with the same key is shown the same code again, although the database
holds nothing from which a code could be read.
"""

import hashlib
import hmac
import re
import secrets
from typing import Any

from forms_api.errors import FieldError, ValidationFailed
from forms_api.references import ALPHABET, read_drawn
from forms_api.store.types import canonical_json

LENGTH = 28
"""28 characters of an alphabet of 26 are 131 bits."""

_GROUP = 4
SHORTEST_KEY = 16
"""Characters: two senders must not hit upon the same key, as they do with "1"."""
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_NOBODY = hashlib.sha256(b"no such case").hexdigest()


def sent_key(key: str | None) -> str | None:
    """Return the ``Idempotency-Key`` that somebody sent, if it is long enough to be one's own.

    Raises:
        ValidationFailed: it has not 16 to 255 visible ASCII characters.
    """
    if key is not None and (len(key) < SHORTEST_KEY or not _KEY.fullmatch(key)):
        message = (
            f"Khóa chống gửi trùng (Idempotency-Key) phải có từ {SHORTEST_KEY} đến 255 ký tự "
            "ASCII, không có dấu cách; mỗi lần gửi một nội dung mới hãy dùng một UUID mới."
        )
        raise ValidationFailed([FieldError("Idempotency-Key", message)])
    return key


def hash_of_key(key: str | None) -> str:
    """Hash an ``Idempotency-Key``; without one, a random key that nobody can repeat.

    Raises:
        ValidationFailed: the key is not 1 to 255 visible ASCII characters.
    """
    if key is None:
        key = secrets.token_hex(32)
    if not _KEY.fullmatch(key):
        message = "Khóa chống gửi trùng phải có từ 1 đến 255 ký tự ASCII, không có dấu cách."
        raise ValidationFailed([FieldError("Idempotency-Key", message)])
    return _sha256("key", key)


def hash_of_body(kind: str, body: dict[str, Any]) -> str:
    """Hash a normalised submission in its canonical spelling."""
    return _sha256("body", canonical_json({"kind": kind, "body": body}))


def hash_of_form(who: str, reference: str, deed: str, key: str, seen: int) -> str:
    """Hash the key of a form about a case: it means something only there, for that person.

    A form without a key, or with one that nobody could have been given, is known by the page that
    it stood on: ``seen`` is the number of events which that page showed.
    """
    used = key if _KEY.fullmatch(key) else f"page {seen}"
    return _sha256("form", canonical_json([who, reference, deed, used]))


def hash_of_code(code: str) -> str:
    """Hash a code for storing; 131 random bits need no slow hash."""
    return _sha256("code", read_drawn(code))


def _sha256(purpose: str, text: str) -> str:
    return hashlib.sha256(f"{purpose}\0{text}".encode()).hexdigest()


class Codes:
    """Derives codes from the server's secret."""

    def __init__(self, secret_key: str) -> None:
        """Use a key of our own made from ``secret_key``, which signs other things too."""
        self._key = hmac.digest(secret_key.encode(), b"case codes 1", "sha256")

    def code(self, key_hash: str, body_hash: str) -> str:
        """Return the code of the submission with this key and body, in groups of four."""
        digest = hmac.digest(self._key, f"{key_hash}\0{body_hash}".encode(), "sha256")
        number = int.from_bytes(digest)
        drawn = ""
        for _ in range(LENGTH):
            number, position = divmod(number, len(ALPHABET))
            drawn += ALPHABET[position]
        return spelled(drawn)

    def sealed(self, body_hash: str) -> str:
        """Return a hash that tells nobody without the secret what it was made of.

        An account number has so few digits that a plain hash of it could be tried out.
        """
        return hmac.digest(self._key, f"sealed\0{body_hash}".encode(), "sha256").hex()


def spelled(code: str) -> str:
    """Write a code as receipts show it, however it was typed: in groups of four."""
    drawn = read_drawn(code)
    return "-".join(drawn[at : at + _GROUP] for at in range(0, len(drawn), _GROUP))


def matches(stored_hash: str | None, code: str) -> bool:
    """Compare a typed code with a stored hash in constant time; False when there is none."""
    typed = hash_of_code(code)
    same = hmac.compare_digest(stored_hash or _NOBODY, typed)
    return same and stored_hash is not None
