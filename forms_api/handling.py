"""Commands about a case that is there: load, decide, append, all letters in one transaction.

What had come due before the command is written with it, so that nobody can be faster than a miss.
Thinking is done outside the transaction; inside, the case's number of events must still be the one
that was read, or everything is thought again.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection

from forms_api import case_letters
from forms_api.errors import CaseMoved, FieldError, NotFound, StoreUnavailable, ValidationFailed
from forms_api.loading import Loaded, load
from forms_api.portal import Portal
from forms_api.store import deeds, history, outbox_rows, payout_rows, upload_rows
from forms_api.store.deeds import Deed
from forms_api.uploads import admission, folder
from forms_api.uploads.incoming import Incoming
from service_policy.actors import SYSTEM
from service_policy.cases import Case, CaseCommand, CommandRefused, Event, act, fold
from service_policy.cases.core.facts import SentCopy
from service_policy.cases.documents import RecordDocumentsSent
from service_policy.cases.messages.delivery import RecordDelivery
from service_policy.cases.messages.letters import (
    Failure,
    LetterKind,
    Means,
    RecordLetterFailure,
    RecordReached,
)
from service_policy.cases.money.returned import AccountErased
from service_policy.promises.policy import Policy

ATTEMPTS = 8
"""How often a command is thought again because the case grew meanwhile."""


@dataclass(frozen=True)
class Step:
    """What one more turn of a case brings: its rows, the letters that tell of it, its files.

    ``erased`` are the events beside which an account lies that is not needed any more.
    """

    rows: history.MoreRows
    letters: list[dict[str, Any]]
    uploads: list[dict[str, Any]] = field(default_factory=list)
    deeds: list[dict[str, Any]] = field(default_factory=list)
    erased: tuple[int, ...] = ()


def execute(
    portal: Portal,
    reference: str,
    command: CaseCommand,
    now: datetime,
    *,
    expected_version: int | None = None,
    private: Mapping[str, Any] | None = None,
    files: Sequence[Incoming] = (),
    deed: Deed | None = None,
    first: CaseCommand | None = None,
) -> None:
    """Execute a command about a case and make everything that follows from it durable.

    ``expected_version`` is the number of events that the page showed on which somebody decided.
    ``private`` is kept beside the command's own texts, such as what a piece of evidence is.
    ``files`` go with the command: they are on disk before the transaction that mentions them. A
    ``deed`` that was done before is not done again, and that is no fault. ``first`` is a command
    that has to be given before it, in the same transaction: both are recorded or neither.

    Raises:
        NotFound: there is no such case.
        ValidationFailed: the rules refuse the command; they name the field and say why. Or the
            case has too many files, or the virus scanner found something or is silent.
        IdempotencyConflict: the same form was sent before with other words.
        CaseMoved: a person did something to the case after ``expected_version``.
        StoreUnavailable: nothing was recorded.
    """
    command = with_files(command, files)
    personal = {**command.private, **(private or {}), **upload_rows.names_of(files)}
    kept = False
    for _ in range(ATTEMPTS):
        loaded = load_undone(portal, reference, deed)
        if loaded is None:
            return
        refuse_if_moved(loaded, expected_version)
        due, new, texts = allowed(loaded.case, command, portal.policy, now, first)
        if not kept:
            admission.need_clean(portal.settings.clamd_url, files)
            for one in files:
                folder.keep(portal.settings.upload_dir, one.id, one.data)
            kept = True
        seq = loaded.case.seq + len(due) + 1
        texts |= {seq: personal} if personal else {}
        step = step_of(portal, loaded, (*due, *new), texts, now, wake_at=now, deed=deed)
        role = command.actor.role
        rows = upload_rows.rows_of(loaded.reference, seq, files, role, new[0].at)
        step = replace(step, uploads=rows)
        if portal.store.write(partial(_append, step=step, files=files, role=role)):
            return
    raise StoreUnavailable("the case keeps growing")


def with_files(command: CaseCommand, files: Sequence[Incoming]) -> CaseCommand:
    """Return a command that names the files that go with it."""
    return replace(command, files=tuple(one.fact for one in files))


def allowed(
    case: Case,
    command: CaseCommand,
    policy: Policy,
    now: datetime,
    first: CaseCommand | None = None,
) -> tuple[tuple[Event, ...], tuple[Event, ...], dict[int, dict[str, Any]]]:
    """Return what comes before a command's events, these, and the texts of what came before.

    Nothing is written. What was due comes before the events, and so does ``first``, a command that
    has to be given before.

    Raises:
        ValidationFailed: the rules refuse one of the two; they name the field and say why.
    """
    texts: dict[int, dict[str, Any]] = {}
    before: tuple[Event, ...] = ()
    with refusals():
        if first is not None:
            due, given = act(case, first, policy, now)
            texts[case.seq + len(due) + 1] = first.private
            before = (*due, *given)
        due, new = act(fold(before, case), command, policy, now)
    return (*before, *due), new, texts


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what the rules refuse into a fault of the form."""
    try:
        yield
    except CommandRefused as refusal:
        raise ValidationFailed([FieldError(refusal.field, refusal.message)]) from None


def load_undone(portal: Portal, reference: str, deed: Deed | None) -> Loaded | None:
    """Read a case to which a deed is to be done; None when it was done before.

    Raises:
        NotFound: there is no such case.
        IdempotencyConflict: the same form was sent before with other words.
    """

    def look(connection: Connection) -> Loaded | None:
        # In this order: a view that shows what the deed did shows the deed, too.
        loaded = load(connection, reference)
        return None if deeds.is_done(connection, deed) else loaded

    return portal.store.read(look)


def refuse_if_moved(loaded: Loaded, expected_version: int | None) -> None:
    """Refuse a decision that was made on an older page; reminders and misses disturb nobody.

    Raises:
        CaseMoved: a person did something to the case after ``expected_version`` events.
    """
    later = loaded.events[expected_version:] if expected_version is not None else ()
    if any(event.by_person for event in later):
        raise CaseMoved


def step_of(
    portal: Portal,
    loaded: Loaded,
    happened: tuple[Event, ...],
    texts: Mapping[int, dict[str, Any]],
    now: datetime,
    wake_at: datetime | None,
    deed: Deed | None = None,
) -> Step:
    """Lay out what ``happened``; ``texts`` are the personal payloads by event number.

    ``wake_at`` is when the sweep looks at the case next; None for never. A ``deed`` is remembered
    with it.
    """
    before = loaded.case
    after = fold(happened, before)
    letters = case_letters.write(
        portal, loaded.reference, before, happened, {**loaded.private, **texts}
    )
    return Step(
        history.more_rows(loaded.reference, before, after, happened, texts, wake_at),
        outbox_rows.rows_of(loaded.reference, letters, portal.mail_domain, now),
        deeds=[] if deed is None else [deed.row(loaded.reference, now)],
        erased=tuple(n for one in happened if isinstance(one, AccountErased) for n in one.numbers),
    )


def write_step(connection: Connection, step: Step) -> bool:
    """Write a step; False, and nothing written, when the case has grown otherwise meanwhile."""
    if not history.append(connection, step.rows):
        return False
    outbox_rows.write(connection, step.letters)
    upload_rows.write(connection, step.uploads)
    deeds.write(connection, step.deeds)
    payout_rows.erase(connection, step.rows.reference, step.erased)
    return True


def delivered(portal: Portal, reference: str, message: int, means: Means, now: datetime) -> None:
    """Record that a message reached the customer by mail or on the case page; twice is once.

    Raises:
        StoreUnavailable: it could not be recorded.
    """
    _once(portal, reference, RecordDelivery(SYSTEM, message=message, means=means), now)


def documents_sent(
    portal: Portal, reference: str, letter: int, copies: tuple[SentCopy, ...], now: datetime
) -> None:
    """Record which copies a letter brought, by the number of the event it answers; twice is once.

    Raises:
        StoreUnavailable: it could not be recorded.
    """
    command = RecordDocumentsSent(SYSTEM, copies=copies, way="email", letter=letter)
    _once(portal, reference, command, now)


def letter_failed(
    portal: Portal,
    reference: str,
    letter: LetterKind,
    message: int | None,
    failure: Failure,
    now: datetime,
) -> None:
    """Record that a letter to the customer was given up; twice is once.

    Raises:
        StoreUnavailable: it could not be recorded.
    """
    command = RecordLetterFailure(SYSTEM, letter=letter, message=message, failure=failure)
    _once(portal, reference, command, now)


def letter_arrived(portal: Portal, reference: str, letter: LetterKind, now: datetime) -> None:
    """Record that a letter which had failed was taken by the customer's mail server after all.

    Raises:
        StoreUnavailable: it could not be recorded.
    """
    try:
        case = portal.store.read(lambda connection: load(connection, reference)).case
    except NotFound:
        return
    for mark in case.mail_failures:
        if mark.letter == letter != "message":
            command = RecordReached(SYSTEM, failure=mark.number, means="mail_accepted")
            _once(portal, reference, command, now)


def _once(portal: Portal, reference: str, command: CaseCommand, now: datetime) -> None:
    try:
        execute(portal, reference, command, now)
    except (ValidationFailed, NotFound):
        # It was recorded already, or the case is gone: there is nothing left to record.
        return


def _append(connection: Connection, step: Step, files: Sequence[Incoming], role: str) -> bool:
    admission.need_room(connection, step.rows.reference, files, role)
    return write_step(connection, step)
