"""``/noi-bo/ho-so/<mã>/``: a case, and the form of each thing that may be done to it."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress

from flask import Response, redirect, request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as Redirect

from forms_api import audit, handling
from forms_api.codes import hash_of_body, hash_of_form
from forms_api.desk.access import READERS
from forms_api.desk.case_page import DeskCase, open_case
from forms_api.errors import (
    CaseMoved,
    FieldError,
    IdempotencyConflict,
    NotFound,
    StoreUnavailable,
    ValidationFailed,
)
from forms_api.handling import load_undone
from forms_api.inputs.characters import composed
from forms_api.references import parse_reference
from forms_api.staff import accounts
from forms_api.store.deeds import Deed
from forms_api.uploads.shown import content, one_of
from forms_api.web.app_context import app_context
from forms_api.web.files import CHOOSE_AGAIN, answer
from forms_api.web.forms import KEY_FIELD, new_key
from forms_api.web.problems import Problem
from forms_api.web.staff import (
    actions_holding,
    actions_messages,
    actions_money,
    actions_outcome,
    answers,
    guard,
    identity,
    kept,
    pages,
)
from forms_api.web.staff.action import Action, Context
from forms_api.web.staff.kept import Typed
from service_policy.cases.messages.letters import FAILURE_WORDS, LETTER_WORDS

GROUPS = {
    "Nói với khách": actions_messages.ACTIONS,
    "Giữ và chuyển việc": actions_holding.ACTIONS,
    "Kết luận": actions_outcome.ACTIONS,
    "Tiền": actions_money.ACTIONS,
}
"""The parts of the menu of a case, in order."""
ACTIONS = tuple(action for group in GROUPS.values() for action in group)
URL = "/noi-bo/ho-so/"
MOVED = "Phiếu vừa có người làm việc khác. Xem lại bên dưới rồi bấm gửi lần nữa nếu vẫn đúng."
SENT_BEFORE = (
    "Lần gửi trước từ trang này đã được ghi; nội dung dưới đây đã khác đi và chưa được ghi. Vẫn "
    "muốn ghi thêm thì bấm gửi lần nữa."
)
_SHORT = 12
"""Characters of a key that are enough to tell a draft by."""


@guard.blueprint.get("/ho-so/<reference>/")
@guard.open_to()
def case(reference: str) -> Response:
    """Show a case with what this person may do to it."""
    shown = _open(reference)
    done = next((one.title for one in ACTIONS if one.slug == request.args.get("xong")), "")
    variables = {
        "case": shown,
        "groups": list(_groups(shown)),
        "letter_words": LETTER_WORDS,
        "failure_words": FAILURE_WORDS,
        "done": done,
        "taken": request.args.get("tu", "")[:_SHORT],
    }
    return pages.page("case", f"Phiếu {shown.reference}", url_of(shown.reference), variables)


@guard.blueprint.get("/ho-so/<reference>/tep/<file_id>/")
@guard.open_to(READERS)
def case_file(reference: str, file_id: str) -> Response:
    """Hand out a file of a case, and write down who had it; pictures are shown, others saved."""
    shown = _open(reference)
    if not shown.personal:
        raise guard.RoleRefused
    file = one_of(shown.files, file_id)
    data = content(app_context().portal, file)
    _note("file", shown.reference, file.id)
    return answer(file, data, show=True)


def url_of(reference: str) -> str:
    """Return the address of a case on the desk."""
    return f"{URL}{reference}/"


def _open(reference: str) -> DeskCase:
    if parse_reference(reference) != reference:
        raise NotFound
    shown = open_case(app_context().portal, reference, guard.me(), app_context().now())
    if shown.personal:
        _note("read", shown.reference)
    return shown


def _note(action: str, reference: str, detail: str | None = None) -> None:
    here = app_context()
    audit.note(here.portal, here.now(), action, guard.me().id, reference, detail)


def _groups(shown: DeskCase) -> Iterator[tuple[str, list[Action]]]:
    """Arrange what may be done now, by group."""
    now, me, decisions = app_context().now(), guard.me(), app_context().policy.company.decisions
    for title, group in GROUPS.items() if shown.personal else ():
        fit = [one for one in group if one.is_for(me, decisions) and one.offered(shown.case, now)]
        if fit:
            yield title, fit


def _show(action: Action, reference: str) -> Response:
    """Show the empty form of an action."""
    return _form(action, _context(reference), Typed({}))


def _again(action: Action, typed: Typed, found: Problem, reference: str) -> Response:
    """Show the form of an action with what was typed before something went wrong."""
    return _form(action, _context(reference), typed, (pages.fault_of(found),), found.status)


def _do(action: Action, reference: str) -> Response | Redirect:
    """Give the command of an action; whatever is wrong comes back with everything typed.

    What was done before with the same form is done, also when the rules would not allow it twice.
    """
    context, typed = _context(reference), kept.typed()
    try:
        deed = _deed(action, context)
        if load_undone(app_context().portal, reference, deed) is None:
            return _done(action, reference)
        fields = identity.fields_of(action, context)
        values = answers.read(fields, request.form, request.files)
        first, (command, more) = identity.given(action, values, context)
        files = answers.files_of(values)
        asked = answers.question(fields, values, request.form)
        if asked is not None and action.counts_money(values):
            # Nobody is asked whether an amount is right that the rules refuse anyway.
            whole = handling.with_files(command, files)
            handling.allowed(context.case, whole, context.policy, context.now, first)
            return _form(action, context, typed, asked=asked)
        action.execute(
            app_context().portal,
            reference,
            command,
            context.now,
            expected_version=_seen(),
            private=more,
            deed=deed,
            # Forms about two cases take no files and identify nobody, and so do their functions.
            **({"files": files} if files else {}),
            **({"first": first} if first else {}),
        )
    except ValidationFailed as failure:
        return _form(action, context, typed, failure.errors, 422)
    except IdempotencyConflict:
        fault = FieldError("", SENT_BEFORE)
        return _form(action, _context(reference), typed, (fault,), 409, key=new_key())
    except CaseMoved:
        return _form(action, _context(reference), typed, (FieldError("", MOVED),), 409)
    with suppress(StoreUnavailable):
        # It is done, and the event itself names who did it.
        _note("did", reference, action.slug)
    return _done(action, reference)


def _done(action: Action, reference: str) -> Redirect:
    key = request.form.get(KEY_FIELD, "")[:_SHORT]
    # The page that comes next knows by it which draft the browser may forget.
    taken = f"&tu={key}" if re.fullmatch(r"[\w-]+", key, re.ASCII) else ""
    return redirect(f"{url_of(reference)}?xong={action.slug}{taken}", 303)


def _deed(action: Action, context: Context) -> Deed:
    """Say what this post asks for by everything that came with it, so that a repeat is known."""
    said = {
        # The hash is of text in canonical order, which is found in linear time only when bounded.
        name: composed(text.replace("\r\n", "\n"))
        for name, text in request.form.items()
        if name not in kept.OURS
    }
    files = [_digest(one) for sent in request.files.listvalues() for one in sent]
    reference, key = context.page.reference, request.form.get(KEY_FIELD, "")
    body = hash_of_body(action.slug, {"said": said, "files": files})
    return Deed(
        hash_of_form(context.me.id, reference, action.slug, key, _seen()),
        app_context().portal.codes.sealed(body) if action.seals else body,
    )


def _digest(file: FileStorage) -> str:
    """Hash a file that was sent, and leave it to be read from its beginning."""
    digest = hashlib.sha256(file.read()).hexdigest()
    file.seek(0)
    return digest


def _seen() -> int:
    typed = request.form.get("seen", "")[:9]
    return int(typed) if typed.isascii() and typed.isdigit() else 0


def _context(reference: str) -> Context:
    shown = _open(reference)
    if not shown.personal:
        # Nobody acts on a case that they may not read.
        raise guard.RoleRefused
    here = app_context()
    colleagues = tuple(one for one in accounts.everybody(here.portal) if one.disabled_at is None)
    return Context(here.policy, shown, guard.me(), colleagues, here.now())


def _form(
    action: Action,
    context: Context,
    typed: Typed,
    errors: tuple[FieldError, ...] = (),
    status: int = 200,
    key: str = "",
    asked: answers.Question | None = None,
) -> Response:
    """Show a form; one that only asks whether the money is right stays about the same moment."""
    fields = identity.fields_of(action, context)
    if typed.files and "files" not in {one.field for one in errors}:
        errors = (*errors, FieldError("files", f"{CHOOSE_AGAIN} {', '.join(typed.files)}"))
    variables = {
        "action": action,
        "case": context.page,
        "fields": fields,
        **pages.form_variables({one.name for one in fields}, typed.fields, errors, key),
        "told": action.told(context),
        "asked": asked,
        "seen": context.page.seen if asked is None else request.form.get("seen", "0"),
    }
    reference = context.page.reference
    url = f"{url_of(reference)}{action.slug}/"
    above = ((pages.QUEUE.title, pages.QUEUE.url), (f"Phiếu {reference}", url_of(reference)))
    return pages.page("action", action.title, url, variables, status, above)


for _action in ACTIONS:
    _address = f"/ho-so/<reference>/{_action.slug}/"
    _endpoint = f"act_{_action.slug.replace('-', '_')}"
    kept.add_form(_action, _address, _endpoint, _action.roles, ask=_show, take=_do, again=_again)
