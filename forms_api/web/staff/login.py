"""The way in and out: login and password, then the one-time code."""

import re
from collections.abc import Sequence

from flask import Response, redirect, request, session
from werkzeug.wrappers import Response as Redirect

from forms_api.clock import SteadyClock
from forms_api.staff import login
from forms_api.web import known_devices
from forms_api.web.app_context import app_context
from forms_api.web.problems import Problem
from forms_api.web.staff import guard, kept, pages
from forms_api.web.staff.kept import Typed

URL = "/noi-bo/vao/"
CODE_URL = "/noi-bo/vao/ma/"
HOME = "/noi-bo/"
_INSIDE = re.compile(r"/noi-bo/[A-Za-z0-9/_-]{0,200}")

NOT_LET_IN = (
    "Tên đăng nhập hoặc mật khẩu không đúng, hoặc máy này đang phải đợi. "
    "Sau nhiều lần sai từ cùng một nơi, hãy đợi 15 phút."
)
WRONG_CODE = "Mã không đúng, đã dùng rồi, hoặc đã quá 5 phút. Đợi mã mới rồi nhập lại."

RUN_OUT = (
    "Chưa ghi nhận gì. Phiên làm việc đã hết trong lúc bạn gõ; đăng nhập lại thì nội dung dưới đây "
    "trở lại đúng ô đã gõ."
)
SOMEBODY_ELSE = (
    "Chưa ghi nhận gì. Nội dung vừa gửi do một tài khoản khác gõ nên không hiện ở đây; đăng nhập "
    "bằng tài khoản đó thì nội dung trở lại đúng ô."
)
BACK_AGAIN = Problem(
    200, "Bạn đã đăng nhập lại", "Nội dung dưới đây chưa được ghi: xem lại rồi bấm gửi."
)


@guard.blueprint.get("/vao/")
@guard.open_to_anybody
def ask_password() -> Response:
    """Ask for login and password."""
    return _password_page()


@guard.blueprint.post("/vao/")
@guard.open_to_anybody
@kept.shown_again(
    lambda typed, found: _password_page(
        typed.fields.get("login", ""), found.text, status=found.status
    )
)
def check_password() -> Response | Redirect:
    """Check login and password; on to the code."""
    here = app_context()
    name, password = request.form.get("login", ""), request.form.get("password", "")
    try:
        token = login.begin(here.portal, name, password, here.now(), guard.source())
    except login.LoginRefused:
        return _password_page(name, NOT_LET_IN)
    if request.form.get(kept.FIELD):
        # A redirect would lose what is carried along.
        return guard.remember(_code_page(), token)
    return _go(_with_next(CODE_URL), token)


@guard.blueprint.get("/vao/ma/")
@guard.open_to_anybody
def ask_code() -> Response | Redirect:
    """Ask for the one-time code of whoever has just given the password."""
    here = app_context()
    if not login.waits_for_code(here.portal, guard.token(), here.now()):
        return redirect(_with_next(URL), 303)
    return _code_page()


@guard.blueprint.post("/vao/ma/")
@guard.open_to_anybody
@kept.shown_again(lambda typed, found: _code_page(found.text, status=found.status))
def check_code() -> Response | Redirect:
    """Check the one-time code; a new token, a new anti-forgery secret, and in."""
    here = app_context()
    try:
        moments = here.now.moments if isinstance(here.now, SteadyClock) else ()
        typed = request.form.get("code", "")
        source = guard.source()
        token = login.finish(here.portal, guard.token(), typed, here.now(), source, moments)
    except login.LoginRefused:
        if login.waits_for_code(here.portal, guard.token(), here.now()):
            return _code_page(WRONG_CODE)
        return _password_page(fault=WRONG_CODE)
    session.clear()
    found = kept.opened(request.form.get(kept.FIELD, ""))
    if found is not None:
        response = guard.remember(_give_back(found, token), token)
    else:
        response = _go(_next() or HOME, token)
    return known_devices.keep(here.portal, response, token)


@guard.blueprint.post("/ra/")
@guard.open_to_anybody
def log_out() -> Redirect:
    """End the session here and on the server."""
    if guard.token():
        login.end(app_context().portal, guard.token(), app_context().now())
    session.clear()
    response = guard.forget(_redirect(URL))
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _give_back(found: kept.Kept, token: str) -> Response:
    """Show what was typed before the login to whoever typed it, and to nobody else."""
    here, again = app_context(), kept.form_of(found.endpoint)
    opened = login.session(here.portal, token, here.now())
    if opened is None or again is None or opened.person.id != found.owner:
        return ask_again(SOMEBODY_ELSE)
    guard.seat(opened)
    roles = guard.roles_of(found.endpoint)
    try:
        if roles is not None and opened.person.role not in roles:
            raise guard.RoleRefused
        return again(found.typed, BACK_AGAIN, **found.arguments)
    except guard.RoleRefused:
        return forbidden(found.typed)


def forbidden(typed: Typed) -> Response:
    """Refuse by role; whoever typed a text may take it along."""
    return pages.page(
        "forbidden", "Việc này của vai trò khác", URL, {"texts": typed.texts}, status=403
    )


def ask_again(notice: str, *, show: bool = False) -> Response:
    """Ask for a login, and carry along what was sent; ``show`` it where nobody else is in."""
    texts = kept.typed().texts if show and request.method == "POST" else []
    return _password_page(notice=notice if kept.sealed() else "", texts=texts, status=401)


def way_in(path: str) -> Redirect:
    """Lead to the login page and, after it, back to ``path``."""
    return redirect(f"{URL}?tiep={path}" if _INSIDE.fullmatch(path) else URL, 303)


def _password_page(
    name: str = "",
    fault: str = "",
    notice: str = "",
    texts: Sequence[str] = (),
    status: int | None = None,
) -> Response:
    carried = kept.sealed() if request.method == "POST" else ""
    variables = {
        "login": name[:64],
        "fault": fault,
        "notice": notice,
        "texts": texts,
        "kept": carried,
        "action": _with_next(URL),
    }
    return pages.page("login", "Đăng nhập", URL, variables, status or (401 if fault else 200))


def _code_page(fault: str = "", status: int | None = None) -> Response:
    variables = {
        "fault": fault,
        "notice": "",
        "kept": request.form.get(kept.FIELD, ""),
        "action": _with_next(CODE_URL),
    }
    return pages.page("code", "Mã một lần", CODE_URL, variables, status or (401 if fault else 200))


def _next() -> str:
    """Return where to go after the login: only ever a plain address of this side."""
    wanted = request.args.get("tiep", "")
    return wanted if _INSIDE.fullmatch(wanted) else ""


def _with_next(url: str) -> str:
    return f"{url}?tiep={_next()}" if _next() else url


def _go(url: str, token: str) -> Response:
    return guard.remember(_redirect(url), token)


def _redirect(url: str) -> Response:
    response = Response(status=303)
    response.location = url
    return response
