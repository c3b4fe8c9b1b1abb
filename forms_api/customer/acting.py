"""A case in its customer's hands: opened with its code, and acted on, once.

Whoever reads the page has the messages on it in hand; a command is given on the case as the
customer saw it.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from forms_api import codes, handling, inputs
from forms_api.customer.choices import Choice
from forms_api.errors import CaseMoved, FieldError, StoreUnavailable, ValidationFailed
from forms_api.inputs import BadInput
from forms_api.linked_cases import tell_relatives
from forms_api.loading import Loaded, load
from forms_api.portal import Portal
from forms_api.service import held
from forms_api.store.deeds import Deed
from forms_api.uploads.incoming import Given, Incoming, elsewhere, receive

LONGEST_TEXT = 4000
NOTHING_WRITTEN = "Hãy viết điều Quý khách muốn cho chúng tôi biết, hoặc chọn tệp để gửi."


def look(portal: Portal, reference: str, code: str) -> Loaded:
    """Read a case for whoever holds its code, without anything being recorded.

    Raises:
        NotFound: no case answers to this reference and code.
        StoreUnavailable: the store cannot be read.
    """

    def read(connection: Connection) -> Loaded:
        return load(connection, held(connection, reference, code).case_ref)

    return portal.store.read(read)


def open_case(
    portal: Portal, reference: str, code: str, now: datetime, *, reads: bool = True
) -> Loaded:
    """Read a case for its customer and record that the messages it shows have arrived.

    Without ``reads`` somebody else is looking and nothing is recorded; nor where staff know the
    code, since the visitor need not be the customer.

    A delivery that cannot be written down does not hide the case: the clock then runs on, which
    is to the customer's favour.

    Raises:
        NotFound: no case answers to this reference and code.
        StoreUnavailable: the store cannot be read.
    """
    loaded = look(portal, reference, code)
    waiting = [one.number for one in loaded.case.messages if one.delivered_at is None]
    if not waiting or not reads or loaded.case.staff_know_code:
        return loaded
    try:
        for number in waiting:
            handling.delivered(portal, loaded.reference, number, "page_opened", now)
    except StoreUnavailable:
        return loaded
    return look(portal, reference, code)


def act(
    portal: Portal,
    reference: str,
    code: str,
    choice: Choice,
    target: str,
    typed: str,
    seen: int,
    now: datetime,
    given: Sequence[Given] = (),
    key: str = "",
) -> None:
    """Do what the customer chose; a form that is sent twice acts once.

    ``seen`` is the number of events that the page showed, ``given`` are the files sent along,
    ``key`` is the page's own. Faults name the fields ``text`` and ``files``; a code that may not do
    this is the field ``code``.

    Raises:
        NotFound: no case answers to this reference and code.
        ValidationFailed: the text or a file cannot be taken, or the code cannot end the case.
        IdempotencyConflict: the same form was sent before with other words.
        CaseMoved: somebody acted meanwhile, or the rules no longer allow it.
        StoreUnavailable: nothing was recorded.
    """
    loaded = look(portal, reference, code)
    files = receive(given, other_way=elsewhere(portal.policy.company)) if choice.files else ()
    text = _text(choice, typed, files)
    command = choice.build(text, target)
    facts = [one.fact.model_dump(mode="json") for one in files]
    # By it a repeat is known.
    deed = Deed(
        codes.hash_of_form("customer", loaded.reference, f"{choice.slug} {target}", key, seen),
        codes.hash_of_body(choice.slug, {"target": target, "text": text, "files": facts}),
    )
    if choice.slug != "dong-y":
        tell_relatives(portal, loaded.reference, now)
    try:
        handling.execute(
            portal, loaded.reference, command, now, expected_version=seen, files=files, deed=deed
        )
    except ValidationFailed as problem:
        if problem.errors[0].field in ("text", "files", "code"):
            raise
        raise CaseMoved from None


def _text(choice: Choice, typed: str, files: Sequence[Incoming]) -> str:
    try:
        text = inputs.paragraphs(typed, 0, LONGEST_TEXT) if choice.asks else ""
    except BadInput as fault:
        raise ValidationFailed([FieldError("text", str(fault))]) from None
    if choice.required and not text and not files:
        raise ValidationFailed([FieldError("text", NOTHING_WRITTEN)])
    return text
