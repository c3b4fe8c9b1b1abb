"""What the desk finds a case by: words and numbers of its private side, folded.

Kept in the database and nowhere else: whatever is erased in ``private`` cannot be found any more,
and no file of an index has to be cleaned.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Text,
    and_,
    delete,
    false,
    insert,
    or_,
    select,
    type_coerce,
)

from forms_api.inputs.characters import composed, visible
from forms_api.inputs.contact import EXTENSION, phone_words
from forms_api.store import case_numbers
from forms_api.store.case_numbers import SHORTEST_PART, SHORTEST_TAIL, Piece
from forms_api.store.tables import case_texts, cases, events, private
from forms_api.store.types import canonical_json
from search_index.text import fold, words

_EXTENDED = re.compile(rf"\+[0-9]{{4,15}}{EXTENSION}[0-9]{{1,7}}")
_LONGEST = 20_000
LONGEST_QUESTION = 200
_MOST_PIECES = 12
_MOST_PARTS = 6


def row_of(reference: str, seq: int, payload: dict[str, Any]) -> dict[str, Any]:
    """Lay out the searchable text of one private payload."""
    parts = [case_numbers.plain_digits(one) for one in _strings(payload)]
    # Numbers come first: of a very long text the end is cut.
    numbers = dict.fromkeys(one for part in parts for one in _numbers(part))
    text = " ".join((*numbers, *_tokens(f"{reference} {' '.join(parts)}")))
    return {"case_ref": reference, "seq": seq, "folded": f" {text[:_LONGEST]} "}


def write(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Write searchable texts, beside their originals."""
    if rows:
        connection.execute(insert(case_texts), rows)


def rebuild(connection: Connection) -> int:
    """Write every searchable text again from its original; return how many there are."""
    connection.execute(delete(case_texts))
    rows = [
        row_of(row.case_ref, row.seq, row.payload) for row in connection.execute(select(private))
    ]
    write(connection, rows)
    return len(rows)


def find(connection: Connection, question: str, involved: str | None = None) -> list[str]:
    """Return the references of all cases that hold every word of ``question``, latest first.

    With ``involved``, the name of a department, only those in whose events it is named: a few more
    than it has to do with, never one less.

    The words may lie in different messages; the beginning of a word is enough, and of a number its
    last four digits.
    """
    asked = case_numbers.plain_digits(composed(visible(question[:LONGEST_QUESTION])))
    wanted = list(dict.fromkeys(case_numbers.pieces(asked)))[:_MOST_PIECES]
    if not wanted:
        return []
    holds = and_(*(_piece(one) for one in wanted))
    code = case_numbers.squeezed(asked)
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
    ways = [one for digits in case_numbers.spellings(piece) for one in _number(digits)]
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
    for piece in case_numbers.pieces(text):
        if piece.is_number:
            yield from case_numbers.spellings(piece)
    yield from case_numbers.codes(text)
    if code := case_numbers.squeezed(text):
        yield code


def _tokens(text: str) -> Iterator[str]:
    return (fold(word) for word in words(text))


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
