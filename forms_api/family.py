"""Commands about two cases: one is split, two are merged; both grow in one transaction.

A case that was split off gets a code of its own, which no member of staff is ever shown: it goes
to the customer by letter and stands on the page of the case it came from.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from forms_api import codes, contacts, filing, references
from forms_api.errors import FieldError, NotFound, StoreUnavailable, ValidationFailed
from forms_api.filing import NewCase
from forms_api.handling import ATTEMPTS, Step, load_undone, refuse_if_moved, step_of, write_step
from forms_api.loading import Loaded, load
from forms_api.portal import Portal
from forms_api.store import history
from forms_api.store.deeds import Deed
from service_policy.cases import Case, CommandRefused, Event, due_work, fold
from service_policy.cases.split_merge import MergeCases, SplitCase, merge, split

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
    seen: int | None = None,
    more: Mapping[str, Any] | None = None,
    deed: Deed | None = None,
) -> None:
    """Take part of a case out as a case of its own. See ``handling.give``.

    Raises:
        NotFound: there is no such case.
        ValidationFailed: the rules refuse the command.
        IdempotencyConflict: the same form was sent before with other words.
        CaseMoved: a person did something to the case after ``seen``.
        StoreUnavailable: nothing was recorded.
    """
    texts = {**command.private, **(more or {})}
    for _ in range(ATTEMPTS):
        loaded = load_undone(portal, reference, deed)
        if loaded is None:
            return
        refuse_if_moved(loaded, seen)
        due, case = _caught_up(portal, loaded, now)
        part = references.new_reference(case.kind, now)
        names = {"reference": reference, "new_reference": part}
        with _refusals():
            mine, theirs = split(case, command, portal.policy, now, **names)
        step = step_of(portal, loaded, (*due, *mine), {case.seq + 1: texts}, now, wake_at=now)
        step = _with(step, reference, deed, now)
        if _written(portal, [step], _new_case(portal, loaded, part, command, theirs, now)):
            return
    raise StoreUnavailable("the case keeps growing")


def merge_cases(
    portal: Portal,
    reference: str,
    command: MergeCases,
    now: datetime,
    *,
    seen: int | None = None,
    more: Mapping[str, Any] | None = None,
    deed: Deed | None = None,
) -> None:
    """Go on with another case of the same customer inside this one. See ``handling.give``.

    Raises:
        NotFound: there is no such case.
        ValidationFailed: the rules refuse the command, or the cases have no address in common.
        IdempotencyConflict: the same form was sent before with other words.
        CaseMoved: a person did something to the case after ``seen``.
        StoreUnavailable: nothing was recorded.
    """
    texts = {**command.private, **(more or {})}
    for _ in range(ATTEMPTS):
        kept = load_undone(portal, reference, deed)
        if kept is None:
            return
        refuse_if_moved(kept, seen)
        other = _other(portal, command.other, kept)
        due, case = _caught_up(portal, kept, now)
        their_due, their_case = _caught_up(portal, other, now)
        with _refusals():
            mine, theirs = merge(
                case, their_case, command, portal.policy, now, kept_reference=reference
            )
        last = their_case.seq + len(theirs)
        # From now on the letters of the kept case reach everybody who followed the other one.
        more_texts = {**texts, **contacts.to_keep(contacts.of(other.private))}
        step = step_of(portal, kept, (*due, *mine), {case.seq + 1: more_texts}, now, wake_at=now)
        steps = [
            _with(step, reference, deed, now),
            step_of(portal, other, (*their_due, *theirs), {last: texts}, now, wake_at=now),
        ]
        if _written(portal, steps):
            return
    raise StoreUnavailable("the cases keep growing")


def _with(step: Step, reference: str, deed: Deed | None, now: datetime) -> Step:
    """Let a deed be remembered with the step that it brings."""
    return step if deed is None else replace(step, deeds=[deed.row(reference, now)])


def _load(portal: Portal, reference: str) -> Loaded:
    return portal.store.read(lambda connection: load(connection, reference))


def _other(portal: Portal, reference: str, kept: Loaded) -> Loaded:
    """Read the case to be merged in; it must be the same customer's."""
    try:
        other = _load(portal, reference)
    except NotFound:
        raise ValidationFailed([FieldError("other", NOBODY)]) from None
    if not contacts.in_common(kept.private, other.private):
        raise ValidationFailed([FieldError("other", NOT_ONE_CUSTOMER)])
    return other


def _caught_up(portal: Portal, loaded: Loaded, now: datetime) -> tuple[tuple[Event, ...], Case]:
    """Return what had come due before the command, and the case after it."""
    due = due_work(loaded.case, portal.policy, now)
    return due, fold(due, loaded.case)


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn what the rules refuse into a fault of the form."""
    try:
        yield
    except CommandRefused as refusal:
        raise ValidationFailed([FieldError(refusal.field, refusal.message)]) from None


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
    steps = sorted(steps, key=lambda one: one.rows.reference)

    def record(connection: Connection) -> None:
        if new is not None and history.is_taken(connection, new.receipt.reference):
            raise _Grown
        for step in steps:
            if not write_step(connection, step):
                raise _Grown
        if new is not None:
            filing.write(connection, new)

    try:
        portal.store.write(record)
    except _Grown:
        return False
    return True
