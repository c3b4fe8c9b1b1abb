"""What the desk finds a case by: words and numbers of its private side, folded.

Kept in the database and nowhere else: whatever is erased in ``private`` cannot be found any more,
and no file of an index has to be cleaned.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Text, delete, insert, select, type_coerce

from forms_api.store.tables import case_texts, cases, events, private
from forms_api.store.types import canonical_json
from search_index.text import fold, words

_NUMBER = re.compile(r"\+?\d[\d .-]{5,}\d")
_LONGEST = 20_000
LONGEST_QUESTION = 200


def row_of(reference: str, seq: int, payload: dict[str, Any]) -> dict[str, Any]:
    """Lay out the searchable text of one private payload."""
    said = " ".join(_strings(payload))
    numbers = (_plain_number(one) for one in _NUMBER.findall(said))
    text = " ".join((*_tokens(f"{reference} {said}"), *numbers))
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

    The words may lie in different messages; the beginning of a word is enough.
    """
    wanted = _asked(question[:LONGEST_QUESTION])
    if not wanted:
        return []
    query = select(cases.c.reference).order_by(cases.c.received_at.desc(), cases.c.reference)
    if involved is not None:
        name, payload = canonical_json(involved), type_coerce(events.c.payload, Text)
        named = payload.contains(name, autoescape=True)
        query = query.where(cases.c.reference.in_(select(events.c.case_ref).where(named)))
    for word in wanted:
        holds = select(case_texts.c.case_ref).where(
            case_texts.c.folded.contains(f" {word}", autoescape=True)
        )
        query = query.where(cases.c.reference.in_(holds))
    return list(connection.scalars(query))


def _asked(question: str) -> list[str]:
    numbers = [_plain_number(one) for one in _NUMBER.findall(question)]
    rest = _NUMBER.sub(" ", question)
    return list(dict.fromkeys((*numbers, *_tokens(rest))))[:12]


def _tokens(text: str) -> Iterator[str]:
    return (fold(word) for word in words(text))


def _plain_number(text: str) -> str:
    """Write a number without signs; a phone number the way it is dialled at home."""
    digits = re.sub(r"\D", "", text)
    return f"0{digits[2:]}" if text.startswith("+84") else digits


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for one in value.values():
                yield from _strings(one)
        case list() | tuple():
            parts: Iterable[Any] = value
            for one in parts:
                yield from _strings(one)
