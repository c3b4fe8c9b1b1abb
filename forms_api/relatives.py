"""Cases that were divided or merged: one matter to its customer.

A word on one part is heard on all, and the customer is led to where a case went on, with the code
of that case.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from forms_api import codes, handling
from forms_api.errors import NotFound, ValidationFailed
from forms_api.loading import Loaded, load
from forms_api.portal import Portal
from forms_api.store import submissions
from service_policy.actors import SYSTEM
from service_policy.cases.commands_service import RecordContact
from service_policy.cases.events_filing import Received
from service_policy.cases.events_outcome import CaseMergedAway, CaseSplit


def tell_relatives(portal: Portal, reference: str, now: datetime) -> None:
    """End the silence of every case that was divided from the same matter as ``reference``.

    Only a proposal that waits for the customer is touched, so that doing it twice does it once.
    It comes before the word itself: if that then fails, a silence ended without need.

    Raises:
        StoreUnavailable: nothing was recorded.
    """
    for other in _family(portal, reference):
        if other.reference == reference or other.case.proposal is None:
            continue
        heard = RecordContact(SYSTEM, way="case", text="", elsewhere=reference)
        try:
            handling.give(portal, other.reference, heard, now)
        except (NotFound, ValidationFailed):
            # It was erased or ended a moment ago: there is no silence to end.
            continue


def _family(portal: Portal, reference: str) -> Iterator[Loaded]:
    """Yield a case and all that were split off from it or that it was split off from."""
    found, ahead = set(), [reference]
    while ahead:
        one = ahead.pop()
        if one in found:
            continue
        found.add(one)
        loaded = _load(portal, one)
        if loaded is not None:
            yield loaded
            ahead += _relatives(loaded)


def _load(portal: Portal, reference: str) -> Loaded | None:
    try:
        return portal.store.read(lambda connection: load(connection, reference))
    except NotFound:
        return None


def _relatives(loaded: Loaded) -> Iterator[str]:
    for event in loaded.events:
        match event:
            case Received(split_from=str(parent)):
                yield parent
            case CaseSplit():
                yield event.other


@dataclass(frozen=True)
class Relative:
    """A case that this one, or a part of it, went on in.

    ``part`` tells a part that was split off from the whole that was merged; ``said`` is what was
    written then. ``code`` is secret and empty where the holder of this page's code may not be
    given it.
    """

    reference: str
    part: bool
    said: str
    code: str = field(repr=False)


def went_on_in(portal: Portal, loaded: Loaded) -> tuple[Relative, ...]:
    """Return where a case went on, in order.

    Raises:
        StoreUnavailable: the store cannot be read.
    """
    found = [
        (one.other if isinstance(one, CaseSplit) else one.into, isinstance(one, CaseSplit), seq)
        for seq, one in enumerate(loaded.events, 1)
        if isinstance(one, CaseSplit | CaseMergedAway)
    ]

    def look(connection: Connection) -> tuple[Relative, ...]:
        return tuple(
            Relative(
                reference,
                part,
                str(loaded.private.get(seq, {}).get("text", "")),
                _code(portal, connection, loaded, reference),
            )
            for reference, part, seq in found
        )

    return portal.store.read(look) if found else ()


def _code(portal: Portal, connection: Connection, loaded: Loaded, reference: str) -> str:
    """Make the code of a relative again; a code that staff know opens no case they could not.

    Nor is anybody led into a case whose figures were told to an asker of whom staff had made sure,
    before they have made sure of everybody who came in by a merge.
    """
    known = submissions.by_case(connection, reference)
    try:
        other = load(connection, reference).case
    except NotFound:
        return ""
    unsure = other.identity_lapsed and other.identified_by is None
    if known is None or unsure or (loaded.case.staff_know_code and not other.staff_know_code):
        return ""
    code = portal.codes.code(known.key_hash, known.body_hash)
    return code if codes.matches(known.code_hash, code) else ""
