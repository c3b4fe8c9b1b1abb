"""Commands about a case that is there: load, decide, append, all letters in one transaction.

What had come due before the command is written with it, so that nobody can be faster than a miss.
Thinking is done outside the transaction; inside, the case's number of events must still be the one
that was read, or everything is thought again.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from forms_api.errors import CaseMoved, FieldError, NotFound, StoreUnavailable, ValidationFailed
from forms_api.letters import letters_of
from forms_api.loading import Loaded, load
from forms_api.portal import Portal
from forms_api.store import deeds, history, outbox_rows, upload_rows
from forms_api.store.deeds import Deed
from forms_api.store.history import Step
from forms_api.store.tables import deeds as done_deeds
from forms_api.store.tables import outbox, uploads
from forms_api.uploads import admission, folder
from forms_api.uploads.incoming import Incoming
from service_policy.actors import SYSTEM
from service_policy.cases import Case, CaseCommand, CommandRefused, Event, act, fold
from service_policy.cases.messages.delivery import RecordDelivery
from service_policy.cases.messages.letters import LetterKind, Means, RecordReached
from service_policy.cases.money.returned import AccountErased
from service_policy.promises.policy import Policy

ATTEMPTS = 8
"""How often a command is thought again because the case grew meanwhile."""


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
    command, role = with_files(command, files), command.actor.role
    personal = {**command.private, **(private or {}), **upload_rows.names_of(files)}

    def append(connection: Connection) -> bool:
        admission.need_room(connection, reference, files, role)
        return history.append(connection, step)

    kept = False
    for loaded in turns(portal, reference, expected_version, deed):
        due, new, texts = allowed(loaded.case, command, portal.policy, now, first)
        if not kept:
            admission.need_clean(portal.settings.clamd_url, files)
            for one in files:
                folder.keep(portal.settings.upload_dir, one.id, one.data)
            kept = True
        seq = loaded.case.seq + len(due) + 1
        texts |= {seq: personal} if personal else {}
        step = step_of(portal, loaded, (*due, *new), texts, now, wake_at=now, deed=deed)
        step.rows[uploads] = upload_rows.rows_of(reference, seq, files, role, new[0].at)
        if portal.store.write(append):
            return


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


def turns(
    portal: Portal, reference: str, expected_version: int | None, deed: Deed | None
) -> Iterator[Loaded]:
    """Read a case again and again until its reader has written what comes next; see ``execute``.

    Nothing is read when the deed was done before. A decision that was made on an older page is
    refused; reminders and misses disturb nobody.

    Raises:
        NotFound: there is no such case.
        IdempotencyConflict: the same form was sent before with other words.
        CaseMoved: a person did something to the case after ``expected_version`` events.
        StoreUnavailable: the case keeps growing.
    """
    for _ in range(ATTEMPTS):
        loaded = load_undone(portal, reference, deed)
        if loaded is None:
            return
        later = loaded.events[expected_version:] if expected_version is not None else ()
        if any(event.by_person for event in later):
            raise CaseMoved
        yield loaded
    raise StoreUnavailable("the case keeps growing")


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
    letters = letters_of(portal, loaded.reference, before, happened, {**loaded.private, **texts})
    return Step(
        {**history.projection(loaded.reference, after), "wake_at": wake_at},
        before.seq,
        {
            **history.rows_after(loaded.reference, before.seq, happened, texts),
            outbox: outbox_rows.rows_of(loaded.reference, letters, portal.mail_domain, now),
            done_deeds: [] if deed is None else [deed.row(loaded.reference, now)],
        },
        tuple(
            number for one in happened if isinstance(one, AccountErased) for number in one.numbers
        ),
    )


def delivered(portal: Portal, reference: str, message: int, means: Means, now: datetime) -> None:
    """Record that a message reached the customer by mail or on the case page; twice is once.

    Raises:
        StoreUnavailable: it could not be recorded.
    """
    once(portal, reference, RecordDelivery(SYSTEM, message=message, means=means), now)


def letter_arrived(portal: Portal, reference: str, letter: LetterKind, now: datetime) -> None:
    """Record that a letter which had failed was taken by the customer's mail server after all.

    Raises:
        StoreUnavailable: it could not be recorded.
    """
    try:
        case = portal.store.read(load, reference).case
    except NotFound:
        return
    for mark in case.mail_failures:
        if mark.letter == letter != "message":
            command = RecordReached(SYSTEM, failure=mark.number, means="mail_accepted")
            once(portal, reference, command, now)


def once(portal: Portal, reference: str, command: CaseCommand, now: datetime) -> None:
    """Record something; nothing when that was done already, or the case is gone.

    Raises:
        StoreUnavailable: it could not be recorded.
    """
    with suppress(ValidationFailed, NotFound):
        execute(portal, reference, command, now)
