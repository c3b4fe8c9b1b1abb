"""Other cases that a case went on in: the customer is led there, with the code of that case."""

from dataclasses import dataclass, field

from sqlalchemy import Connection

from forms_api import codes
from forms_api.errors import NotFound
from forms_api.loading import Loaded, load
from forms_api.portal import Portal
from forms_api.store import submissions
from service_policy.cases.split_merge import CaseMergedAway, CaseSplit


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


def relatives(portal: Portal, loaded: Loaded) -> tuple[Relative, ...]:
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
