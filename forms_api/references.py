"""References of cases, such as ``KN-26-7F3K-9Q2M``: short enough to read out on the phone.

Two letters of the kind, the year in Vietnam, eight random characters in two groups. The alphabet
has no two characters that look or sound alike in print (no 0/O, 1/I/L, 2/Z, 5/S, 6/G, 8/B, U/V),
and a look-alike that is typed anyway is read as the character it resembles.
"""

import re
import secrets
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from forms_api.kinds import ALL
from service_policy.promises.calendar import VIETNAM

ALPHABET = "23456789ACDEFHJKMNPQRTVWXY"
KIND_LETTERS: Mapping[str, str] = {one.id: one.prefix for one in ALL}

_LOOKS_LIKE = str.maketrans("BSZGU", "8526V")
_SHAPE = re.compile(rf"({'|'.join(KIND_LETTERS.values())})(\d\d)([{ALPHABET}]{{8}})")
_LONGEST = 60


def new_reference(
    kind: str, now: datetime, choose: Callable[[Sequence[str]], str] = secrets.choice
) -> str:
    """Draw a reference for a case of ``kind`` received at ``now``; the store keeps it unique."""
    drawn = "".join(choose(ALPHABET) for _ in range(8))
    year = now.astimezone(VIETNAM).year % 100
    return f"{KIND_LETTERS[kind]}-{year:02d}-{drawn[:4]}-{drawn[4:]}"


def parse_reference(text: str) -> str | None:
    """Read a reference as people type it (case, spaces, dashes, look-alikes), or return None."""
    plain = letters_and_digits(text)
    match = _SHAPE.fullmatch(plain[:4] + plain[4:].translate(_LOOKS_LIKE))
    if match is None:
        return None
    kind, year, drawn = match.groups()
    return f"{kind}-{year}-{drawn[:4]}-{drawn[4:]}"


def letters_and_digits(text: str, longest: int = _LONGEST) -> str:
    """Return the ASCII letters (in upper case) and digits of a typed text, "" when too long."""
    if len(text) > longest:
        return ""
    folded = unicodedata.normalize("NFKC", text).upper()
    return re.sub(r"[^0-9A-Z]", "", folded)


def read_drawn(text: str, longest: int = _LONGEST) -> str:
    """Return the characters of a typed text in the alphabet's spelling, look-alikes resolved."""
    return letters_and_digits(text, longest).translate(_LOOKS_LIKE)
