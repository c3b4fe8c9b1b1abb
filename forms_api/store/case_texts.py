"""What the desk finds a case by: words and numbers of its private side, folded.

Kept in the database and nowhere else: whatever is erased in ``private`` cannot be found any more,
and no file of an index has to be cleaned.

A number is found as people remember it: without its signs, as dialled at home, by its last digits.
``(028) 3825 1234``, ``+84 28 38251234`` and ``02838251234`` are one number to whoever looks for it,
and so are ``00001234`` and ``1234``, ``DH-2026-0042`` and ``DH20260042``. All of this is linear in
its text.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Text,
    and_,
    delete,
    false,
    or_,
    select,
    type_coerce,
)

from forms_api.inputs.characters import composed, is_dash, visible
from forms_api.inputs.contact import EXTENSION, phone_words
from forms_api.store.rows import add
from forms_api.store.tables import case_texts, cases, events, private
from forms_api.store.types import canonical_json
from search_index.text import SURFACE, fold, normal, words
from service_policy.cases.money.payout import PRIVATE_KEY

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

_EXTENDED = re.compile(rf"\+[0-9]{{4,15}}{EXTENSION}[0-9]{{1,7}}")
_LONGEST = 20_000
LONGEST_QUESTION = 200
_MOST_PIECES = 12
_MOST_PARTS = 6


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


def row_of(reference: str, seq: int, payload: dict[str, Any]) -> dict[str, Any]:
    """Lay out the searchable text of one private payload."""
    # Nobody finds a case by an account number, and no copy of one outlives its original.
    shown = {name: one for name, one in payload.items() if name != PRIVATE_KEY}
    parts = [plain_digits(one) for one in _strings(shown)]
    # Numbers come first: of a very long text the end is cut.
    numbers = dict.fromkeys(one for part in parts for one in _numbers(part))
    said = words(f"{reference} {' '.join(parts)}")
    text = " ".join((*numbers, *(fold(word) for word in said)))
    return {"case_ref": reference, "seq": seq, "folded": f" {text[:_LONGEST]} "}


def rebuild(connection: Connection) -> int:
    """Write every searchable text again from its original; return how many there are."""
    connection.execute(delete(case_texts))
    rows = [
        row_of(row.case_ref, row.seq, row.payload) for row in connection.execute(select(private))
    ]
    add(connection, case_texts, *rows)
    return len(rows)


def find(connection: Connection, question: str, involved: str | None = None) -> list[str]:
    """Return the references of all cases that hold every word of ``question``, latest first.

    With ``involved``, the id of a department, only those in whose events it is named: a few more
    than it has to do with, never one less.

    The words may lie in different messages; the beginning of a word is enough, and of a number its
    last four digits.
    """
    asked = plain_digits(composed(visible(question[:LONGEST_QUESTION])))
    wanted = list(dict.fromkeys(pieces(asked)))[:_MOST_PIECES]
    if not wanted:
        return []
    holds = and_(*(_piece(one) for one in wanted))
    code = squeezed(asked)
    if len(code) >= SHORTEST_PART:
        holds = or_(holds, _held(f" {code}"))
    query = select(cases.c.reference).where(holds)
    if involved is not None:
        name, payload = canonical_json(involved), type_coerce(events.c.payload, Text)
        named = payload.contains(name, autoescape=True)
        query = query.where(cases.c.reference.in_(select(events.c.case_ref).where(named)))
    latest = (cases.c.received_at.desc(), cases.c.reference)
    return list(connection.scalars(query.order_by(*latest)))


def _piece(piece: Piece) -> ColumnElement[bool]:
    """Ask for a word, or for a number: in one piece, or else in the groups that were typed."""
    if not piece.is_number:
        word = piece.parts[0]
        # The series of an invoice is known with and without the number of its form before it.
        is_code = len(word) >= SHORTEST_PART and any(one.isdecimal() for one in word)
        return _held(word if is_code else f" {word}")
    ways = [one for digits in spellings(piece) for one in _number(digits)]
    if len(piece.parts) <= _MOST_PARTS:
        ways.append(and_(*(or_(*_number(one)) for one in piece.parts)))
    return or_(false(), *ways)


def _number(digits: str) -> Iterator[ColumnElement[bool]]:
    """Ask for a number from its beginning, by its tail, and without the zeros before it."""
    for one in dict.fromkeys((digits, digits.lstrip("0"))):
        if len(one) >= SHORTEST_PART:
            yield _held(one)
        elif one:
            yield _held(f" {one}")
            if len(one) >= SHORTEST_TAIL:
                yield _held(f"{one} ")
    if not digits.strip("0"):
        yield _held(f" {digits}")


def _held(text: str) -> ColumnElement[bool]:
    """Say which cases have a text somewhere in their searchable words."""
    found = select(case_texts.c.case_ref).where(case_texts.c.folded.contains(text, autoescape=True))
    return cases.c.reference.in_(found)


def _numbers(text: str) -> Iterator[str]:
    """Return the numbers and codes of a text, each as one word."""
    for piece in pieces(text):
        if piece.is_number:
            yield from spellings(piece)
    yield from codes(text)
    if code := squeezed(text):
        yield code


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield phone_words(value) if _EXTENDED.fullmatch(value) else value
        case bool():
            return
        case int():
            yield str(value)
        case dict():
            for one in value.values():
                yield from _strings(one)
        case list() | tuple():
            parts: Iterable[Any] = value
            for one in parts:
                yield from _strings(one)
