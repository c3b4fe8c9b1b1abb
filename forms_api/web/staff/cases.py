"""``/noi-bo/ho-so/<mã>/``: a case, and the form of each thing that may be done to it."""

import logging
from collections.abc import Iterator

from flask import Response, redirect, request
from werkzeug.wrappers import Response as Redirect

from forms_api.desk.access import READERS
from forms_api.desk.case_page import DeskCase, open_case
from forms_api.errors import CaseMoved, FieldError, NotFound, ValidationFailed
from forms_api.references import parse_reference
from forms_api.staff import accounts
from forms_api.uploads.shown import content, one_of
from forms_api.web.desk import desk
from forms_api.web.files import CHOOSE_AGAIN, answer, given
from forms_api.web.staff import (
    actions_documents,
    actions_family,
    actions_money,
    actions_outcome,
    actions_service,
    answers,
    guard,
    identity,
    pages,
    queue,
)
from forms_api.web.staff.action import Action, Context
from forms_api.web.staff.blueprint import blueprint

ACTIONS = (
    *actions_service.ACTIONS,
    *actions_documents.ACTIONS,
    *actions_family.ACTIONS,
    *actions_outcome.ACTIONS,
    *actions_money.ACTIONS,
)
GROUPS = (actions_service.TALK, actions_service.PASS, actions_outcome.END, actions_money.MONEY)
URL = "/noi-bo/ho-so/"
MOVED = "Phiếu vừa có người làm việc khác. Xem lại bên dưới rồi bấm gửi lần nữa nếu vẫn đúng."

audit = logging.getLogger("forms_api.audit")


@blueprint.get("/ho-so/<reference>/")
@guard.open_to()
def case(reference: str) -> Response:
    """Show a case."""
    return case_page(reference)


def case_page(reference: str) -> Response:
    """Show a case with what this person may do to it."""
    shown = _open(reference)
    done = next((one.title for one in ACTIONS if one.slug == request.args.get("xong")), "")
    variables = {"case": shown, "groups": list(_groups(shown)), "done": done}
    return pages.page("case", f"Phiếu {shown.reference}", url_of(shown.reference), variables)


@blueprint.get("/ho-so/<reference>/tep/<file_id>/")
@guard.open_to(READERS)
def case_file(reference: str, file_id: str) -> Response:
    """Hand out a file of a case, and write down who had it; pictures are shown, others saved."""
    shown = _open(reference)
    if not shown.personal:
        raise guard.RoleRefused
    file = one_of(shown.files, file_id)
    data = content(desk().portal, file)
    audit.info('{"staff": "%s", "file": "%s", "case": "%s"}', guard.me().id, file.id, reference)
    return answer(file, data, show=True)


def url_of(reference: str) -> str:
    """Return the address of a case on the desk."""
    return f"{URL}{reference}/"


def _open(reference: str) -> DeskCase:
    if parse_reference(reference) != reference:
        raise NotFound
    me = guard.me()
    shown = open_case(desk().portal, reference, me, desk().now())
    if shown.personal:
        audit.info('{"staff": "%s", "read": "%s"}', me.id, shown.reference)
    return shown


def _groups(shown: DeskCase) -> Iterator[tuple[str, list[Action]]]:
    """Arrange what may be done now, by group."""
    now, role = desk().now(), guard.me().role
    fit = [
        one
        for one in ACTIONS
        if shown.personal and role in one.roles and one.offered(shown.case, now)
    ]
    for group in GROUPS:
        mine = [one for one in fit if one.group == group]
        if mine:
            yield group, mine


def _show(action: Action, reference: str) -> Response:
    """Show the empty form of an action."""
    return _form(action, _context(reference))


def _do(action: Action, reference: str) -> Response | Redirect:
    """Give the command of an action; whatever is wrong comes back with everything typed."""
    context = _context(reference)
    try:
        values = answers.read(identity.fields_of(action, context), request.form, request.files)
        first, (command, more) = identity.given(action, values, context)
        seen = int(request.form.get("seen", "0")[:9]) if _is_number() else 0
        files = answers.files_of(values)
        action.give(
            desk().portal,
            reference,
            command,
            context.now,
            seen=seen,
            more=more,
            # Forms about two cases take no files and identify nobody, and so do their functions.
            **({"files": files} if files else {}),
            **({"first": first} if first else {}),
        )
    except ValidationFailed as failure:
        return _form(action, context, failure.errors, 422)
    except CaseMoved:
        return _form(action, _context(reference), (FieldError("", MOVED),), 409)
    audit.info('{"staff": "%s", "did": "%s", "case": "%s"}', context.me.id, action.slug, reference)
    return redirect(f"{url_of(reference)}?xong={action.slug}", 303)


def _is_number() -> bool:
    return request.form.get("seen", "").isascii() and request.form.get("seen", "").isdigit()


def _context(reference: str) -> Context:
    shown = _open(reference)
    if not shown.personal:
        # Nobody acts on a case that they may not read.
        raise guard.RoleRefused
    here = desk()
    colleagues = tuple(one for one in accounts.everybody(here.portal) if one.disabled_at is None)
    return Context(here.policy, shown, guard.me(), colleagues, here.now())


def _form(
    action: Action, context: Context, errors: tuple[FieldError, ...] = (), status: int = 200
) -> Response:
    fields = identity.fields_of(action, context)
    names = {one.name for one in fields}
    if given(request.files.getlist("files")) and "files" not in {one.field for one in errors}:
        errors = (*errors, FieldError("files", CHOOSE_AGAIN))
    variables = {
        "action": action,
        "case": context.page,
        "fields": fields,
        "values": {name: request.form.get(name, "") for name in names},
        "faults": {one.field: one.message for one in reversed(errors)},
        "errors": [
            {"field": one.field if one.field in names else None, "message": one.message}
            for one in errors
        ],
        "note": action.note(context),
    }
    reference = context.page.reference
    url = f"{url_of(reference)}{action.slug}/"
    above = (("Hàng chờ", queue.URL), (f"Phiếu {reference}", url_of(reference)))
    return pages.page("action", action.title, url, variables, status, above)


def _register(action: Action) -> None:
    """Add the two routes of an action, for exactly the roles that the rules allow."""

    def show(reference: str) -> Response:
        return _show(action, reference)

    def do(reference: str) -> Response | Redirect:
        return _do(action, reference)

    address = f"/ho-so/<reference>/{action.slug}/"
    shown, done = f"{action.endpoint}_form", action.endpoint
    blueprint.add_url_rule(address, shown, guard.named(shown, action.roles, show))
    blueprint.add_url_rule(address, done, guard.named(done, action.roles, do), methods=["POST"])


for _action in ACTIONS:
    _register(_action)
