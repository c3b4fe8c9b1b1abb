"""Passwords: what is good enough, and the slow hash that is stored.

scrypt with N = 2^15, r = 8, p = 3 (32 MB), one of the settings the OWASP password storage cheat
sheet holds equal to Argon2id. It is in the standard library; the parameters stand in each hash,
so that they can be raised without locking anybody out.
"""

import hashlib
import hmac
import secrets
import threading
import unicodedata
from base64 import b64decode, b64encode

SHORTEST, LONGEST = 12, 128
_LOG_N, _R, _P = 15, 8, 3
_BYTES = 32
_COMMON = ("password", "matkhau", "123456", "qwerty", "camket", "iloveyou", "abcdef")

_ONE_AT_A_TIME = threading.Semaphore(2)
"""Each hash takes 32 MB; a rush of logins waits instead of eating the memory."""


class WeakPassword(ValueError):
    """The password is not good enough; the message says what to do, in Vietnamese."""


def check(password: str, login: str, company: str = "") -> None:
    """Refuse a password that is easy to guess. Length is what counts; no forced symbols.

    Raises:
        WeakPassword: it is too short, too long, has too few different characters, contains the
            login name or the name of the company, or is made of a common one.
    """
    text = _normal(password)
    if not SHORTEST <= len(text) <= LONGEST:
        raise WeakPassword(f"Mật khẩu cần từ {SHORTEST} đến {LONGEST} ký tự.")
    plain = "".join(one for one in text.lower() if one.isalnum())
    if len(set(text)) < 6 or plain.isdigit():
        raise WeakPassword("Mật khẩu cần nhiều ký tự khác nhau hơn, không chỉ chữ số.")
    left = plain
    for word in (*_COMMON, *(_letters(one) for one in (login, company))):
        left = left.replace(word, "") if word else left
    if len(left) < SHORTEST // 2:
        raise WeakPassword("Mật khẩu này dễ đoán; hãy dùng vài từ không liên quan với nhau.")


def _letters(name: str) -> str:
    """Return a name as it is typed in a password: no marks, no spaces."""
    bare = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "".join(one for one in bare if one.isalnum())


def hashed(password: str) -> str:
    """Return the hash to store: ``scrypt$15$8$3$salt$hash``."""
    salt = secrets.token_bytes(16)
    return _stored(salt, _scrypt(password, salt, _LOG_N, _R, _P))


def matches(stored: str | None, password: str) -> bool:
    """Compare a typed password with a stored hash, in the same time when there is none."""
    _, log_n, r, p, salt, digest = (stored or _NOBODY).split("$")
    typed = _scrypt(password[: LONGEST * 4], b64decode(salt), int(log_n), int(r), int(p))
    same = hmac.compare_digest(typed, b64decode(digest))
    return same and stored is not None


def _scrypt(password: str, salt: bytes, log_n: int, r: int, p: int) -> bytes:
    with _ONE_AT_A_TIME:
        return hashlib.scrypt(
            _normal(password).encode(),
            salt=salt,
            n=1 << log_n,
            r=r,
            p=p,
            maxmem=(128 * r << log_n) * 2,
            dklen=_BYTES,
        )


def _normal(password: str) -> str:
    """Bring different keyboards to one spelling: Vietnamese letters have several."""
    return unicodedata.normalize("NFKC", password)


def _stored(salt: bytes, digest: bytes) -> str:
    raw = (b64encode(one).decode() for one in (salt, digest))
    return "$".join(("scrypt", str(_LOG_N), str(_R), str(_P), *raw))


_NOBODY = _stored(b"nobody's salt...", bytes(_BYTES))
"""The hash that a login nobody has is compared with: as slow as any, equal to none."""
