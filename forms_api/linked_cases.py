"""Linked cases: one is split, two are merged, and they stay one matter to their customer.

Both grow in one transaction. A case that was split off gets a code of its own, which no member of
staff is ever shown: it goes to the customer by letter and stands on the page of the case it came
from. A word on one part is heard on all, and the customer is led to where a case went on.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from forms_api import codes, contacts, filing, references
from forms_api.errors import FieldError, NotFound, ValidationFailed
from forms_api.filing import NewCase
from forms_api.handling import execute, refusals, step_of, turns
from forms_api.loading import Loaded, load
from forms_api.portal import Portal
from forms_api.store import history, submissions
from forms_api.store.deeds import Deed
from forms_api.store.history import Step
from service_policy.actors import SYSTEM
from service_policy.cases import Case, Event, due_work, fold
from service_policy.cases.filing.received import Received
from service_policy.cases.messages.contact import RecordContact
from service_policy.cases.split_merge import (
    CaseMergedAway,
    CaseSplit,
    MergeCases,
    SplitCase,
    merge,
    split,
)

NOT_CARRIED = frozenset({"description", "remedy_wanted", "marketing_consent"})
"""What the customer said about the whole; the part that is split off has words of its own."""
NOBODY = "Không có phiếu này, hoặc bạn không được xem."
NOT_ONE_CUSTOMER = "Hai phiếu không cùng số điện thoại hay email: chưa chắc là một khách."


class _Grown(Exception):
    """One of the cases grew meanwhile: nothing of the transaction may stay."""


def split_case(
    portal: Portal,
    reference: str,
    command: SplitCase,
    now: datetime,
    *,
    expected_version: int | None = None,
    private: Mapping[str, Any] | None = None,
    deed: Deed | None = None,
) -> None:
    """Take part of a case out as a case of its own, as ``handling.execute`` does and raises."""
    texts = {**command.private, **(private or {})}
    for loaded in turns(portal, reference, expected_version, deed):
        due, case = _caught_up(portal, loaded, now)
        part = references.new_reference(case.kind, now)
        names = {"reference": reference, "new_reference": part}
        with refusals():
            mine, theirs = split(case, command, portal.policy, now, **names)
        said = {case.seq + 1: texts}
        step = step_of(portal, loaded, (*due, *mine), said, now, wake_at=now, deed=deed)
        if _written(portal, [step], _new_case(portal, loaded, part, command, theirs, now)):
            return


def merge_cases(
    portal: Portal,
    reference: str,
    command: MergeCases,
    now: datetime,
    *,
    expected_version: int | None = None,
    private: Mapping[str, Any] | None = None,
    deed: Deed | None = None,
) -> None:
    """Go on with another case of the same customer inside this one.

    As ``handling.execute`` does and raises; ``ValidationFailed`` as well where the two cases have
    no address in common.
    """
    texts = {**command.private, **(private or {})}
    for kept in turns(portal, reference, expected_version, deed):
        other = _other(portal, command.other, kept)
        due, case = _caught_up(portal, kept, now)
        their_due, their_case = _caught_up(portal, other, now)
        with refusals():
            mine, theirs = merge(
                case, their_case, command, portal.policy, now, kept_reference=reference
            )
        last = their_case.seq + len(theirs)
        # From now on the letters of the kept case reach everybody who followed the other one.
        said = {case.seq + 1: {**texts, **contacts.to_keep(contacts.of(other.private))}}
        steps = [
            step_of(portal, kept, (*due, *mine), said, now, wake_at=now, deed=deed),
            step_of(portal, other, (*their_due, *theirs), {last: texts}, now, wake_at=now),
        ]
        if _written(portal, steps):
            return


def _other(portal: Portal, reference: str, kept: Loaded) -> Loaded:
    """Read the case to be merged in; it must be the same customer's."""
    try:
        other = portal.store.read(load, reference)
    except NotFound:
        raise ValidationFailed([FieldError("other", NOBODY)]) from None
    if not contacts.in_common(kept.private, other.private):
        raise ValidationFailed([FieldError("other", NOT_ONE_CUSTOMER)])
    return other


def _caught_up(portal: Portal, loaded: Loaded, now: datetime) -> tuple[tuple[Event, ...], Case]:
    """Return what had come due before the command, and the case after it."""
    due = due_work(loaded.case, portal.policy, now)
    return due, fold(due, loaded.case)


def _new_case(
    portal: Portal,
    parent: Loaded,
    reference: str,
    command: SplitCase,
    events: tuple[Event, ...],
    now: datetime,
) -> NewCase:
    """Lay out the case that was split off, for the same customer; nobody knows its key."""
    carried = {name: value for name, value in parent.filed.items() if name not in NOT_CARRIED}
    others = contacts.of(parent.private)[1:]
    personal = {
        **carried,
        **contacts.to_keep(others),
        "category": command.category,
        "description": command.private["text"],
    }
    hashes = codes.hash_of_key(None), codes.hash_of_body(parent.case.kind, personal)
    return filing.lay_out(portal, reference, events, personal, hashes, now)


def _written(portal: Portal, steps: list[Step], new: NewCase | None = None) -> bool:
    """Write all of it or nothing; False when a case has grown or the reference is taken."""
    # Always in the same order, so that two merges of the same cases cannot block each other.
    steps = sorted(steps, key=lambda one: one.case["reference"])

    def record(connection: Connection) -> None:
        if new is not None and history.is_taken(connection, new.receipt.reference):
            raise _Grown
        if not all(history.append(connection, step) for step in steps):
            raise _Grown
        if new is not None:
            history.write(connection, new.rows)

    try:
        portal.store.write(record)
    except _Grown:
        return False
    return True


def tell_relatives(portal: Portal, reference: str, now: datetime) -> None:
    """End the silence of every case that was divided from the same matter as ``reference``.

    Only a proposal that waits for the customer is touched, so that doing it twice does it once.
    It comes before the word itself: if that then fails, a silence ended without need.

    Raises:
        StoreUnavailable: nothing was recorded.
    """
    for other in _divided(portal, reference):
        if other.reference == reference or other.case.proposal is None:
            continue
        heard = RecordContact(SYSTEM, way="case", text="", elsewhere=reference)
        # It may have been erased or ended a moment ago: there is no silence to end.
        with suppress(NotFound, ValidationFailed):
            execute(portal, other.reference, heard, now)


def _divided(portal: Portal, reference: str) -> Iterator[Loaded]:
    """Yield a case and all that were split off from it or that it was split off from."""
    found, ahead = set(), [reference]
    while ahead:
        one = ahead.pop()
        if one in found:
            continue
        found.add(one)
        with suppress(NotFound):
            loaded = portal.store.read(load, one)
            yield loaded
            ahead += _parts(loaded)


def _parts(loaded: Loaded) -> Iterator[str]:
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
