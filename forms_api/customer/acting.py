"""Giving a customer's command: once, on the case that the customer saw."""

from collections.abc import Sequence
from datetime import datetime

from forms_api import handling, inputs
from forms_api.customer.choices import Choice
from forms_api.customer.opening import look
from forms_api.errors import CaseMoved, FieldError, ValidationFailed
from forms_api.inputs import BadInput
from forms_api.loading import Loaded
from forms_api.portal import Portal
from forms_api.uploads.incoming import Given, Incoming, elsewhere, receive

LONGEST_TEXT = 4000
NOTHING_WRITTEN = "Hãy viết điều Quý khách muốn cho chúng tôi biết, hoặc chọn tệp để gửi."


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
) -> None:
    """Do what the customer chose; a form that is sent twice acts once.

    ``seen`` is the number of events that the page showed, ``given`` are the files sent along.
    Faults name the fields ``text`` and ``files``; a code that may not do this is the field
    ``code``.

    Raises:
        NotFound: no case answers to this reference and code.
        ValidationFailed: the text or a file cannot be taken, or the code cannot end the case.
        CaseMoved: somebody acted meanwhile, or the rules no longer allow it.
        StoreUnavailable: nothing was recorded.
    """
    loaded = look(portal, reference, code)
    files = receive(given, other_way=elsewhere(portal.policy.company)) if choice.files else ()
    text = _text(choice, typed, files)
    command = choice.build(text, target)
    try:
        handling.give(portal, loaded.reference, command, now, seen=seen, files=files)
    except (CaseMoved, ValidationFailed) as trouble:
        if _was_done(look(portal, reference, code), choice, text, files, seen):
            return
        named = trouble.errors[0].field if isinstance(trouble, ValidationFailed) else ""
        if named in ("text", "files", "code"):
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


def _was_done(
    loaded: Loaded, choice: Choice, text: str, files: Sequence[Incoming], seen: int
) -> bool:
    """Say whether the customer did exactly this after the page was made."""
    facts = tuple(one.fact for one in files)
    return any(
        event.type == choice.leaves
        and getattr(event, "files", ()) == facts
        and loaded.private.get(seq, {}).get("text", "") == text
        and getattr(getattr(event, "by", None), "role", "") == "customer"
        for seq, event in enumerate(loaded.events[seen:], seen + 1)
    )
