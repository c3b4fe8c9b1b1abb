"""The way of a form: fill in, check the answers, send, hold the receipt.

Nothing is kept on the server in between. What was typed travels in the pages themselves, in
hidden fields, together with a key that makes sending twice the same as sending once. Whenever
something fails, the page comes back with everything still in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, redirect, request

from forms_api import codes, inputs
from forms_api.errors import FieldError, IdempotencyConflict, ValidationFailed
from forms_api.filing import file_case
from forms_api.kinds import KINDS
from forms_api.kinds.field import Field
from forms_api.kinds.kind import Kind
from forms_api.kinds.questions import Questions, spoken
from forms_api.kinds.saying import said
from forms_api.web import forms, render
from forms_api.web.app_context import app_context
from forms_api.web.errors import KEY_HEADER, STALE_PAGE, handle, problem_of, was_read
from forms_api.web.forms import KEY_FIELD
from forms_api.web.problems import Problem
from forms_api.web.receipts import confirmation
from search_index.server import Hit
from service_policy.cases import FileCase
from theme.context import Page

SHOWN_FIELD = "hits_shown"
"""The field of a form with suggestions that says which were shown."""

CHANGED_SINCE = (
    "Nội dung này chưa được gửi",
    (
        "Phiếu gửi trước từ trang này vẫn còn nguyên. Nội dung dưới đây đã khác đi: muốn gửi thành "
        "một phiếu mới, Quý khách bấm gửi lần nữa."
    ),
)


@dataclass(frozen=True)
class Flow:
    """The way of one kind's form."""

    kind: Kind

    def ask(self) -> Response:
        """Show the form, empty but for what its address fills in."""
        begun = self.kind.begun(request.args, app_context().policy)
        return self._form_page({**self._typed(), **begun})

    def check(self) -> Response:
        """Show the answers to check, or the form with every fault; or the form to change them."""
        if "change" in request.form:
            return self._form_page(self._typed())
        return self._checked_or_faulty()

    def send(self) -> Response:
        """Record the case and show its receipt, or the page that is to be sent again."""
        here, now = app_context(), app_context().now()
        try:
            key = codes.sent_key(request.form.get(KEY_FIELD) or forms.new_key())
            receipt = file_case(here.portal, self._read(self._typed(), now), key, now)
        except IdempotencyConflict:
            return self._check_page(Problem(409, *CHANGED_SINCE), another_key=True)
        except ValidationFailed as failure:
            if {fault.field for fault in failure.errors} == {KEY_HEADER}:
                return self._check_page(Problem(400, *STALE_PAGE), another_key=True)
            return self._form_page(self._typed(), failure.errors)
        return confirmation(receipt)

    def not_sent(self, error: Exception) -> Response:
        """Answer a failed post with the page it came from, everything typed still in it.

        A request that was refused before anybody read it has no such page.
        """
        if not was_read(error) or request.method != "POST":
            return handle(error)
        found = problem_of(error)
        if request.path == self.kind.send_url:
            response = self._checked_or_faulty(found)
        else:
            response = self._form_page(self._typed(), (), found)
        response.headers.extend(found.headers)
        return response

    def _checked_or_faulty(self, found: Problem | None = None) -> Response:
        try:
            return self._check_page(found)
        except ValidationFailed as failure:
            return self._form_page(self._typed(), failure.errors, found)

    def _typed(self) -> dict[str, str]:
        return forms.typed(self._questions())

    def _questions(self) -> Questions:
        return self.kind.questions(app_context().policy, letters_wait=app_context().letters_wait)

    def _read(self, values: Mapping[str, str], now: datetime) -> FileCase:
        return self.kind.read(values, app_context().policy, now)

    def _form_page(
        self,
        values: dict[str, str],
        errors: tuple[FieldError, ...] = (),
        found: Problem | None = None,
    ) -> Response:
        questions = self._questions()
        variables = {
            **self._variables(values, found),
            **forms.faults(questions, errors),
            "sections": questions.sections,
        }
        status = forms.status_of(errors, found)
        return render.page(self.kind.template, self._head(), variables, status)

    def _check_page(self, found: Problem | None = None, *, another_key: bool = False) -> Response:
        """Show the answers; raises ``ValidationFailed`` when they cannot be read."""
        values = self._typed()
        command = self._read(values, app_context().now())
        variables = self._variables(values, found)
        variables["sections"] = _answers(self._questions(), command, self.kind.url)
        if another_key:
            variables["key"] = forms.new_key()
        head = self._head("Kiểm tra trước khi gửi")
        return render.page("forms/check", head, variables, forms.status_of((), found))

    def _variables(self, values: dict[str, str], found: Problem | None) -> dict[str, Any]:
        suggestions = self._suggestions(values)
        if suggestions:
            values[SHOWN_FIELD] = "\n".join(hit.id for hit in suggestions)
        return {
            **forms.variables(values, found),
            "kind": self.kind,
            "suggestions": suggestions,
            "letters_wait": app_context().letters_wait,
        }

    def _suggestions(self, values: Mapping[str, str]) -> tuple[Hit, ...]:
        """Find published answers to what was typed; whoever sends all the same saw these."""
        words = inputs.searched(values.get(self.kind.suggested_by, ""))
        try:
            return app_context().finder.nearest(words) if words else ()
        except OSError:
            # Without room for its index the search is away; the form is taken all the same.
            return ()

    def _head(self, step: str = "") -> Page:
        """Return the head of the form, or of a step after it."""
        matrix, url = app_context().policy.matrix, self.kind.url
        title = spoken(self.kind.title, matrix)
        return Page(
            step or title,
            spoken(self.kind.description, matrix),
            url,
            breadcrumbs=((title, url),) if step else (),
            kind="form",
            noindex=request.method == "POST",
        )


def _answers(questions: Questions, command: FileCase, url: str) -> list[dict[str, Any]]:
    """Return every answer in words, with a button that leads back to its question on ``url``.

    Rows are as ``forms.summary_list`` wants them.
    """
    return [
        {
            "title": section.title,
            "rows": [
                {
                    "key": field.label,
                    "value": _words(field, command.private.get(field.name)),
                    "change": field.name,
                    "change_action": f"{url}#{field.inputs[0]}",
                }
                for field in section.fields
                if field.widget not in ("hidden", "list")
            ],
        }
        for section in questions.sections
    ]


def _words(field: Field, answer: Any) -> str | None:
    return None if answer is None and field.widget != "tick" else said(field, answer)


def _blueprint(flow: Flow) -> Blueprint:
    """Return the routes of a form; the id of its kind begins the names of their endpoints.

    ``ask`` shows the form, ``check`` the answers to check, ``send`` records the case. Whoever types
    the last address is led back to the form.
    """
    blueprint, kind = Blueprint(flow.kind.id, __name__), flow.kind
    blueprint.get(kind.url, endpoint="ask")(flow.ask)
    blueprint.post(kind.url, endpoint="check")(flow.check)
    blueprint.post(kind.send_url, endpoint="send")(flow.send)
    blueprint.get(kind.send_url, endpoint="start_again")(lambda: redirect(kind.url, 303))
    blueprint.register_error_handler(Exception, flow.not_sent)
    return blueprint


BLUEPRINTS = tuple(_blueprint(Flow(kind)) for kind in KINDS)
"""The routes of every form."""
