"""The way of a form: fill in, check the answers, send, hold the receipt.

Nothing is kept on the server in between. What was typed travels in the pages themselves, in
hidden fields, together with a key that makes sending twice the same as sending once. Whenever
something fails, the page comes back with everything still in it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, request
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from forms_api import codes
from forms_api.errors import FieldError, IdempotencyConflict, ValidationFailed
from forms_api.portal import Portal
from forms_api.views import Receipt
from forms_api.web import render
from forms_api.web.answers_page import answer_rows
from forms_api.web.desk import desk
from forms_api.web.errors import KEY_HEADER, STALE_PAGE, handle, trouble_of
from forms_api.web.fields import Questions
from forms_api.web.forms import KEY_FIELD, PortalForm, form_class, new_key
from forms_api.web.receipts import confirmation
from forms_api.web.troubles import Refused, Trouble, other_channels
from search_index.server import Hit
from service_policy.cases.filing.commands import Filing
from service_policy.content import Library
from service_policy.policy import Policy
from service_policy.segments import Matrix
from theme.context import Page

Headed = Callable[[Matrix], tuple[str, str]]
Read = Callable[[Mapping[str, Any], Policy, datetime], Filing]
Begun = Callable[[Mapping[str, str]], Mapping[str, str]]
Suggest = Callable[[Mapping[str, str]], tuple[Hit, ...]]
File = Callable[[Portal, Any, str | None, datetime], Receipt]

SHOWN_FIELD = "hits_shown"
"""The field of a form with suggestions that says which were shown."""

READABLE = (CSRFError, RateLimitExceeded)
"""Refusals of a form that was read: it can be shown again."""

CHANGED_SINCE = (
    "Nội dung này chưa được gửi",
    (
        "Phiếu gửi trước từ trang này vẫn còn nguyên. Nội dung dưới đây đã khác đi: muốn gửi thành "
        "một phiếu mới, Quý khách bấm gửi lần nữa."
    ),
)


SOON = (
    "Mã hồ sơ để theo dõi",
    "Tên chức danh người chịu trách nhiệm",
    "Ngày giờ phải trả lời, phải xong",
    "Số tiền chúng tôi trả nếu trễ",
)
"""What everybody who sends a form has at once."""


def _nothing(_: Mapping[str, str]) -> Mapping[str, str]:
    return {}


def always(title: str, description: str) -> Headed:
    """Head a form with the same words for every company."""
    return lambda _: (title, description)


def _no_suggestions(_: Mapping[str, str]) -> tuple[Hit, ...]:
    return ()


@dataclass(frozen=True)
class Flow:
    """One kind of form.

    ``headed`` returns its title and description for the customers and families that the company
    has. ``read`` turns what was typed into a command or raises ``ValidationFailed``; ``file`` is
    the function of ``service``. ``kept_months`` is how long the case is kept once it is closed.
    ``begun`` fills in what the address of the form says, ``suggest`` finds published answers to
    what was typed; whoever sends all the same says which of them were shown. ``soon`` says what
    a sender has at once, ``soon_by_mail`` what letters bring as soon as they can leave.
    """

    url: str
    headed: Headed
    questions: Callable[[Library], Questions]
    read: Read
    file: File
    template: str
    send_words: str
    kept_months: int
    begun: Begun = _nothing
    suggest: Suggest = _no_suggestions
    soon: tuple[str, ...] = SOON
    soon_by_mail: tuple[str, ...] = ()

    @property
    def send_url(self) -> str:
        """Where the checked answers are sent."""
        return f"{self.url}xong/"

    def ask(self) -> Response:
        """Show the form, empty but for what its address fills in."""
        form = self._form()
        for name, text in self.begun(request.args).items():
            form[name].data = text
        return self._form_page(form)

    def check(self) -> Response:
        """Show the answers to check, or the form with every fault; or the form to change them."""
        form = self._form()
        if "change" in request.form:
            return self._form_page(form)
        try:
            return self._check_page(form)
        except ValidationFailed as failure:
            return self._form_page(form, failure.errors)

    def send(self) -> Response:
        """Record the case and show its receipt, or the page that is to be sent again."""
        form = self._form()
        here, now = desk(), desk().now()
        try:
            key = codes.sent_key(str(form[KEY_FIELD].data or ""))
            receipt = self.file(here.portal, self._read(form, now), key, now)
        except IdempotencyConflict:
            return self._check_page(form, Trouble(409, *CHANGED_SINCE), another_key=True)
        except ValidationFailed as failure:
            if {fault.field for fault in failure.errors} == {KEY_HEADER}:
                return self._check_page(form, Trouble(400, *STALE_PAGE), another_key=True)
            return self._form_page(form, failure.errors)
        return confirmation(receipt)

    def not_sent(self, error: Exception) -> Response:
        """Answer a failed post with the page it came from, everything typed still in it.

        A request that was refused before anybody read it has no such page.
        """
        unread = isinstance(error, Refused | HTTPException) and not isinstance(error, READABLE)
        if unread or request.method != "POST":
            return handle(error)
        found = trouble_of(error)
        form = self._form()
        response = self._page_to_send_again(form, found)
        response.headers.extend(found.headers)
        return response

    def _page_to_send_again(self, form: PortalForm, found: Trouble) -> Response:
        if request.path != self.send_url:
            return self._form_page(form, (), found)
        try:
            return self._check_page(form, found)
        except ValidationFailed as failure:
            return self._form_page(form, failure.errors, found)

    def _form(self) -> PortalForm:
        form = form_class(self.questions(desk().library))()
        if not form[KEY_FIELD].data:
            form[KEY_FIELD].data = new_key()
        return form

    def _read(self, form: PortalForm, now: datetime) -> Filing:
        names = self.questions(desk().library).names()
        return self.read(form.typed(names), desk().policy, now)

    def _form_page(
        self,
        form: PortalForm,
        errors: tuple[FieldError, ...] = (),
        found: Trouble | None = None,
    ) -> Response:
        questions = self.questions(desk().library)
        first = {error.field: error.message for error in reversed(errors)}
        status = found.status if found else 422 if errors else 200
        variables = {
            "flow": self,
            "sections": questions.sections,
            "faults": first,
            "errors": [
                {"field": name, "message": first[name]}
                for name in questions.names()
                if name in first
            ],
            **self._common(form, found),
        }
        return render.page(self.template, self._head(), variables, status)

    def _check_page(
        self, form: PortalForm, found: Trouble | None = None, *, another_key: bool = False
    ) -> Response:
        """Show the answers; raises ``ValidationFailed`` when they cannot be read."""
        if another_key:
            form[KEY_FIELD].data = new_key()
        questions = self.questions(desk().library)
        command = self._read(form, desk().now())
        variables = {
            "flow": self,
            "sections": answer_rows(questions, command, self.url),
            **self._common(form, found),
        }
        head = self._head("Kiểm tra trước khi gửi")
        return render.page("forms/check", head, variables, found.status if found else 200)

    def _common(self, form: PortalForm, found: Trouble | None) -> dict[str, Any]:
        values = form.typed(self.questions(desk().library).names())
        suggestions = self.suggest(values)
        if suggestions:
            values[SHOWN_FIELD] = "\n".join(hit.id for hit in suggestions)
        return {
            "values": values,
            "suggestions": suggestions,
            "key": form[KEY_FIELD].data,
            "trouble": found,
            "letters_wait": desk().letters_wait,
            "channels": other_channels(desk().policy),
        }

    def _head(self, step: str = "") -> Page:
        """Return the head of the form, or of a step after it."""
        title, description = self.headed(desk().policy.matrix)
        return Page(
            step or title,
            description,
            self.url,
            breadcrumbs=((title, self.url),) if step else (),
            kind="form",
            noindex=request.method == "POST",
        )
