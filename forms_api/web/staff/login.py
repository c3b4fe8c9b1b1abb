"""The way in and out: login and password, then the one-time code."""

import re

from flask import Response, redirect, request, session
from werkzeug.wrappers import Response as Redirect

from forms_api.clock import SteadyClock
from forms_api.staff import login
from forms_api.web.desk import desk
from forms_api.web.staff import guard, pages
from forms_api.web.staff.blueprint import blueprint

URL = "/noi-bo/vao/"
CODE_URL = "/noi-bo/vao/ma/"
HOME = "/noi-bo/"
_INSIDE = re.compile(r"/noi-bo/[A-Za-z0-9/_-]{0,200}")

NOT_LET_IN = (
    "Tên đăng nhập hoặc mật khẩu không đúng, hoặc tài khoản đang tạm khóa. "
    "Sau nhiều lần sai, hãy đợi 15 phút."
)
WRONG_CODE = "Mã không đúng, đã dùng rồi, hoặc đã quá 5 phút. Đợi mã mới rồi nhập lại."


@blueprint.get("/vao/")
@guard.open_to_anybody
def ask_password() -> Response:
    """Ask for login and password."""
    return _password_page()


@blueprint.post("/vao/")
@guard.open_to_anybody
def check_password() -> Response | Redirect:
    """Check login and password; on to the code."""
    here = desk()
    name, password = request.form.get("login", ""), request.form.get("password", "")
    try:
        token = login.begin(here.portal, name, password, here.now())
    except login.LoginRefused:
        return _password_page(name, NOT_LET_IN)
    return _go(_with_next(CODE_URL), token)


@blueprint.get("/vao/ma/")
@guard.open_to_anybody
def ask_code() -> Response | Redirect:
    """Ask for the one-time code of whoever has just given the password."""
    here = desk()
    if not login.waits_for_code(here.portal, guard.token(), here.now()):
        return redirect(_with_next(URL), 303)
    return _code_page()


@blueprint.post("/vao/ma/")
@guard.open_to_anybody
def check_code() -> Response | Redirect:
    """Check the one-time code; a new token, a new anti-forgery secret, and in."""
    here = desk()
    try:
        moments = here.now.moments if isinstance(here.now, SteadyClock) else ()
        typed = request.form.get("code", "")
        token = login.finish(here.portal, guard.token(), typed, here.now(), moments)
    except login.LoginRefused:
        if login.waits_for_code(here.portal, guard.token(), here.now()):
            return _code_page(WRONG_CODE)
        return _password_page(fault=WRONG_CODE)
    session.clear()
    return _go(_next() or HOME, token)


@blueprint.post("/ra/")
@guard.open_to_anybody
def log_out() -> Redirect:
    """End the session here and on the server."""
    if guard.token():
        login.end(desk().portal, guard.token(), desk().now())
    session.clear()
    response = guard.forget(_redirect(URL))
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def way_in(path: str) -> Redirect:
    """Lead to the login page and, after it, back to ``path``."""
    return redirect(f"{URL}?tiep={path}" if _INSIDE.fullmatch(path) else URL, 303)


def _password_page(name: str = "", fault: str = "") -> Response:
    variables = {"login": name[:64], "fault": fault, "action": _with_next(URL)}
    return pages.page("login", "Đăng nhập", URL, variables, 401 if fault else 200)


def _code_page(fault: str = "") -> Response:
    variables = {"fault": fault, "action": _with_next(CODE_URL)}
    return pages.page("code", "Mã một lần", CODE_URL, variables, 401 if fault else 200)


def _next() -> str:
    """Return where to go after the login: only ever a plain address of this side."""
    wanted = request.args.get("tiep", "")
    return wanted if _INSIDE.fullmatch(wanted) else ""


def _with_next(url: str) -> str:
    return f"{url}?tiep={_next()}" if _next() else url


def _go(url: str, token: str) -> Redirect:
    return guard.remember(_redirect(url), token)


def _redirect(url: str) -> Response:
    response = Response(status=303)
    response.location = url
    return response
