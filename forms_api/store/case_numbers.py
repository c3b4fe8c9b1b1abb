"""Numbers as people remember them: without their signs, as dialled at home, by their last digits.

``(028) 3825 1234``, ``+84 28 38251234`` and ``02838251234`` are one number to whoever looks for it,
and so are ``00001234`` and ``1234``, ``DH-2026-0042`` and ``DH20260042``. Everything here is linear
in its text.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from forms_api.inputs.characters import is_dash
from search_index.text import SURFACE, fold, normal

SHORTEST_TAIL = 4
"""Digits: by its last four a number is known; fewer stand in every text."""
SHORTEST_PART = 6
"""Digits that are looked for anywhere inside a number."""
_LONGEST_NUMBER = 40
_LONGEST_CODE = 60
_WIDEST_GAP = 3
_BETWEEN_DIGITS = frozenset(" .()/+~\u00b7\u2022")
_GROUPS = frozenset({",", "'", "\u2019"})
"""What stands between the groups of an amount, but between two numbers only with a space."""
_INSIDE = re.compile(f"[0-9]{{{SHORTEST_TAIL},}}")
_IN_CODES = frozenset("-/._")


@dataclass(frozen=True)
class Piece:
    """A word, or a number in the groups in which it was written; ``abroad``: a ``+`` before it."""

    parts: tuple[str, ...]
    is_number: bool
    abroad: bool = False

    @property
    def digits(self) -> str:
        """The number without its signs."""
        return "".join(self.parts)


def plain_digits(text: str) -> str:
    """Write the digits of every script as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in text)


def pieces(text: str) -> Iterator[Piece]:
    """Take a text apart into words and numbers; digits that only signs part are one number."""
    digits: list[str] = []
    end, abroad = 0, False
    for found in SURFACE.finditer(text):
        word = _plain(found.group())
        gap = text[end : found.start()]
        if digits and not (word.isdecimal() and _joins(gap)):
            yield Piece(tuple(digits), True, abroad)
            digits = []
        if word.isdecimal():
            abroad = abroad if digits else text[found.start() - 1 : found.start()] == "+"
            digits.append(word)
        else:
            yield Piece((fold(normal(word)),), False)
        end = found.end()
    if digits:
        yield Piece(tuple(digits), True, abroad)


def spellings(number: Piece) -> tuple[str, ...]:
    """Return the digits of a number, and a phone number also as it is dialled at home."""
    digits = number.digits
    if len(digits) > _LONGEST_NUMBER:
        return ()
    code = next((one for one in ("0084", "84") if digits.startswith(one)), "")
    if code and (number.abroad or len(digits) - len(code) in (8, 9, 10)):
        return (digits, "0" + digits[len(code) :].removeprefix("0"))
    return (digits,)


def codes(text: str) -> Iterator[str]:
    """Return the codes of a text in one piece: what ``-``, ``/`` and the like hold together.

    And the numbers inside: ``SN00012345x`` is also known by its digits.
    """
    chain: list[str] = []
    end = 0
    for found in SURFACE.finditer(text):
        if chain and not _in_code(text[end : found.start()]):
            yield from _code(chain)
            chain = []
        word = fold(normal(_plain(found.group())))
        chain.append(word)
        if not word.isdecimal():
            yield from _INSIDE.findall(word)
        end = found.end()
    yield from _code(chain)


def squeezed(text: str) -> str:
    """Return a short text that holds a number as one word, or "" when it is no code."""
    if len(text) > _LONGEST_CODE or not any(one.isdecimal() for one in text):
        return ""
    return "".join(fold(normal(_plain(one))) for one in SURFACE.findall(text))


def _code(chain: list[str]) -> Iterator[str]:
    code = "".join(chain)
    if len(chain) > 1 and len(code) <= _LONGEST_CODE and any(one.isdecimal() for one in code):
        yield code


def _plain(word: str) -> str:
    return word if word.isascii() else unicodedata.normalize("NFKC", word)


def _joins(gap: str) -> bool:
    """Say whether what stands between two numbers makes them one; a run of spaces is a space."""
    tidy = " ".join(f"|{gap}|".split())[1:-1]
    if len(tidy) > _WIDEST_GAP:
        return False
    return tidy in _GROUPS or all(one in _BETWEEN_DIGITS or is_dash(one) for one in tidy)


def _in_code(gap: str) -> bool:
    return len(gap) == 1 and (gap in _IN_CODES or is_dash(gap))
