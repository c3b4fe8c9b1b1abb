"""Every way to reach the customer of a case: as it was filed, and as others were merged into it.

All of it lies in the erasable side of the store: what was filed beside event 1, what came in by a
merge beside that event, what a part took along from the whole beside its own first event.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

Private = Mapping[int, Mapping[str, Any]]
KEY = "contacts"
"""Under which a payload holds contacts beside the one it was filed with."""


@dataclass(frozen=True)
class Reach:
    """Somebody who is told about a case, and how; ``phone`` is E.164."""

    name: str = field(repr=False)
    phone: str | None = field(repr=False)
    email: str | None = field(repr=False)


def of(private: Private) -> tuple[Reach, ...]:
    """Return everybody who is to be told, whoever filed the case first; each way only once."""
    found: dict[tuple[str, str], Reach] = {}
    for one in _all(private):
        found.setdefault((one.phone or "", (one.email or "").casefold()), one)
    return tuple(found.values())


def emails(private: Private) -> tuple[str, ...]:
    """Return every address that gets the letters of a case; letter case makes no second one."""
    found = {one.email.casefold(): one.email for one in reversed(of(private)) if one.email}
    return tuple(reversed(found.values()))


def phones(private: Private) -> tuple[str, ...]:
    """Return every number at which somebody can be told."""
    return tuple(dict.fromkeys(one.phone for one in of(private) if one.phone))


def to_keep(reaches: tuple[Reach, ...]) -> dict[str, Any]:
    """Lay out contacts for the personal payload of an event; nothing for none."""
    return {KEY: [asdict(one) for one in reaches]} if reaches else {}


def in_common(mine: Private, theirs: Private) -> bool:
    """Say whether two cases share an address or a number."""
    folded = [{one.casefold() for one in emails(each)} for each in (mine, theirs)]
    # An extension makes no difference to whose number it is.
    dialled = [{one.partition(";")[0] for one in phones(each)} for each in (mine, theirs)]
    return bool(folded[0] & folded[1] or dialled[0] & dialled[1])


def _all(private: Private) -> Iterator[Reach]:
    for number in sorted(private):
        payload = private[number]
        if number == 1:
            yield from _reach(payload)
        for one in payload.get(KEY, ()):
            yield from _reach(one)


def _reach(given: Mapping[str, Any]) -> Iterator[Reach]:
    phone, email = given.get("phone"), given.get("email")
    if phone or email:
        yield Reach(str(given.get("name") or ""), phone or None, email or None)
