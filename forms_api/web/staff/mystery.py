"""Mystery customers: the list of a month, and the form in which somebody says what they met."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from flask import Response, redirect, request
from werkzeug.wrappers import Response as Redirect

from forms_api import inputs, mystery
from forms_api.errors import FieldError, NotFound, ValidationFailed
from forms_api.kinds.field import Field, choices
from forms_api.mystery import Played, Told
from forms_api.web.app_context import app_context
from forms_api.web.problems import Problem
from forms_api.web.staff import answers, guard, kept, pages
from forms_api.web.staff.kept import Typed
from forms_api.web.staff.months import month_asked, month_of
from service_policy.promises.calendar import VIETNAM
from service_policy.scorecard.histories import month_after, month_before

_CLOCK = "Ví dụ 8:30."
FIELDS = (
    Field("begun_on", "Bắt đầu ngày nào?", "day", required=True, missing="Ghi ngày.", width="m"),
    Field(
        "begun_time",
        "Bắt đầu lúc mấy giờ?",
        "line",
        hint=_CLOCK,
        width="s",
        required=True,
        missing="Ghi giờ bắt đầu.",
        reader=inputs.hour,
    ),
    Field(
        "ended_on",
        "Có lời đáp, có việc xong ngày nào?",
        "day",
        hint="Để trống cả ngày và giờ nếu không ai đáp.",
        width="m",
    ),
    Field("ended_time", "Lúc mấy giờ?", "line", hint=_CLOCK, width="s", reader=inputs.hour),
    Field("asked", "Đã hỏi, đã làm gì?", "text", required=True, shortest=5, longest=2000),
    Field(
        "promised",
        "Được hứa gì?",
        "text",
        hint="Lời của người tiếp, không ghi tên ai.",
        required=True,
        longest=2000,
    ),
    Field("got", "Đã nhận được gì?", "text", required=True, longest=2000),
    Field(
        "as_promised",
        "Điều nhận được có đúng lời hứa của công ty không?",
        "radios",
        hint="Nhanh hay chậm thì máy tính theo giờ ở trên.",
        required=True,
        choices=choices({"yes": "Đúng", "no": "Không đúng, hoặc không nhận được"}),
        missing="Chọn đúng hay không.",
    ),
)
_NAMES = tuple(one.name for one in FIELDS)


@dataclass(frozen=True)
class _About:
    """The turn that a form is about, and its month."""

    month: str
    played: Played


@guard.blueprint.get("/dong-vai/")
@guard.open_to(pages.MYSTERY.roles)
def mystery_list() -> Response:
    """Show the turns of a month, the figure by task, and that of the month before."""
    here, tasks = app_context(), app_context().library.mystery
    month = month_asked()
    earlier = f"{month_before(date.fromisoformat(f'{month}-01')):%Y-%m}"
    current = month_of(here.now())
    before = {one.task: one for one in mystery.figures(here.portal.store, tasks, earlier)}
    variables = {
        "turns": mystery.list_of(here.portal, tasks, month),
        "figures": mystery.figures(here.portal.store, tasks, month),
        "before": before,
        "month": month,
        "earlier": earlier,
        "later": f"{month_after(month):%Y-%m}" if month < current else "",
        "done": request.args.get("xong", "") == "1",
    }
    return pages.show(pages.MYSTERY, variables)


@guard.blueprint.get("/dong-vai/<month>/<task>/<int:number>/")
@guard.open_to(pages.MYSTERY.roles)
def mystery_form(month: str, task: str, number: int) -> Response:
    """Ask what somebody met; show it where it is recorded already."""
    return _form(_about(month, task, number), {})


def _again(typed: Typed, found: Problem, month: str, task: str, number: int) -> Response:
    """Show the form with what was typed before something went wrong."""
    about = _about(month, task, number)
    return _form(about, typed.fields, (pages.fault_of(found),), found.status)


@guard.blueprint.post("/dong-vai/<month>/<task>/<int:number>/")
@guard.open_to(pages.MYSTERY.roles)
@kept.shown_again(_again)
def mystery_record(month: str, task: str, number: int) -> Response | Redirect:
    """Record what somebody met."""
    here, about = app_context(), _about(month, task, number)
    now = here.now()
    try:
        told = _told(answers.read(FIELDS, request.form, request.files))
        mystery.record(here.portal, month, about.played.turn, told, guard.me().id, now)
    except ValidationFailed as failure:
        return _form(about, request.form, tuple(failure.errors), 422)
    return redirect(f"{pages.MYSTERY.url}?thang={month}&xong=1", 303)


def _told(values: answers.Values) -> Told:
    """Put days and hours together.

    Raises:
        ValidationFailed: of the answer only the day or only the hour is there.
    """
    on, at = values["ended_on"], values["ended_time"]
    if (on == "") != (at == ""):
        name = "ended_time" if at == "" else "ended_on"
        raise ValidationFailed([FieldError(name, "Ghi cả ngày và giờ, hoặc để trống cả hai.")])
    return Told(
        begun_at=_moment(values["begun_on"], values["begun_time"]),
        ended_at=None if on == "" else _moment(on, at),
        asked=values["asked"],
        promised=values["promised"],
        got=values["got"],
        as_promised=values["as_promised"] == "yes",
    )


def _moment(on: date, at: time) -> datetime:
    return datetime.combine(on, at, VIETNAM).astimezone(UTC)


def _about(month: str, task: str, number: int) -> _About:
    """Find a turn of the list of a month that has begun.

    Raises:
        NotFound: it has none like that.
    """
    here = app_context()
    if month != month_asked(month):
        raise NotFound
    for one in mystery.list_of(here.portal, here.library.mystery, month):
        if (one.turn.task.id, one.turn.number) == (task, number):
            return _About(month, one)
    raise NotFound


def _form(
    about: _About, typed: Mapping[str, str], errors: tuple[FieldError, ...] = (), status: int = 200
) -> Response:
    turn = about.played.turn
    variables = {
        "played": about.played,
        "month": about.month,
        "fields": FIELDS,
        **pages.form_variables(_NAMES, typed, errors),
    }
    url = f"{pages.MYSTERY.url}{about.month}/{turn.task.id}/{turn.number}/"
    above = ((pages.MYSTERY.title, pages.MYSTERY.url),)
    return pages.page("mystery_turn", turn.task.title, url, variables, status, above)
