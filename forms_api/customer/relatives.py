"""A matter that was divided is one matter to its customer: a word on one part is heard on all."""

from collections.abc import Iterator
from datetime import datetime

from forms_api import handling
from forms_api.errors import NotFound, ValidationFailed
from forms_api.loading import Loaded, load
from forms_api.portal import Portal
from service_policy.actors import SYSTEM
from service_policy.cases.filing.received import Received
from service_policy.cases.messages.contact import RecordContact
from service_policy.cases.split_merge import CaseSplit


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
