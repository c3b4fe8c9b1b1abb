"""The promises that everybody at the desk has to know: read, answer three questions, say so."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import Response, redirect, request
from werkzeug.wrappers import Response as Redirect

from forms_api.acknowledgements import acknowledge, questions, reading, shares
from forms_api.web.app_context import app_context
from forms_api.web.problems import Problem
from forms_api.web.staff import guard, kept, pages
from forms_api.web.staff.guard import blueprint
from forms_api.web.staff.kept import Typed
from service_policy.promises.commitment import Commitment
from service_policy.segments import Matrix

MOST_TRIES = 999
CHANGED = "Cam kết vừa có bản mới. Xin đọc lại phần dưới rồi trả lời."
CHOOSE = "Chọn một câu trả lời."


def _again(typed: Typed, found: Problem) -> Response:
    """Show the form with what was chosen, after a login or a mishap on the way."""
    problem = {"field": None, "message": f"{found.title}. {found.text}"}
    return _page(typed.fields, [problem], found.status)


@blueprint.get("/cam-ket/")
@guard.open_to(pages.PROMISES.roles)
def promises_to_know() -> Response:
    """Show which promises somebody has read, those that are left in full, and the questions."""
    return _page({})


@blueprint.post("/cam-ket/")
@guard.open_to(pages.PROMISES.roles)
@kept.shown_again(_again)
def promises_read() -> Response | Redirect:
    """Take the answers; with every one right, what was unread is read."""
    here, me = app_context(), guard.me()
    now = here.now()
    mine = reading(here.portal, me, now)
    if request.form.get("seen") != mine.seen:
        return _page({}, [{"field": None, "message": CHANGED}], 422)
    attempt = _attempt(request.form)
    asked = questions(here.portal, me, mine, attempt)
    answers = [request.form.get(_field(number), "") for number in range(1, len(asked) + 1)]
    if missing := [number for number, one in enumerate(answers, 1) if not one]:
        errors = [{"field": _field(number), "message": CHOOSE} for number in missing]
        return _page(request.form, errors, 422)
    if acknowledge(here.portal, me, mine, attempt, answers, now):
        return redirect(f"{pages.PROMISES.url}?xong=1", 303)
    wrong = {
        one.commitment.id
        for one, answer in zip(asked, answers, strict=True)
        if answer != str(one.right)
    }
    message = f"Chưa đúng. Đọc lại {', '.join(sorted(wrong))}, rồi trả lời ba câu mới ở dưới."
    return _page({"attempt": str(attempt + 1)}, [{"field": None, "message": message}], 422)


def _page(
    typed: Mapping[str, str], errors: Sequence[Mapping[str, Any]] = (), status: int = 200
) -> Response:
    here, me = app_context(), guard.me()
    now = here.now()
    mine, attempt = reading(here.portal, me, now), _attempt(typed)
    asked = questions(here.portal, me, mine, attempt)
    variables = {
        "reading": mine,
        "unread": [_shown(one, here.policy.matrix) for one in mine.unread],
        "questions": [
            (_field(number), one, typed.get(_field(number))) for number, one in enumerate(asked, 1)
        ],
        "attempt": attempt,
        "errors": errors,
        "faults": {one["field"]: one["message"] for one in errors if one["field"]},
        "shares": shares(here.portal, now) if me.role in pages.OPERATORS else (),
        "done": request.args.get("xong") == "1" and not mine.unread,
    }
    return pages.show(pages.PROMISES, variables, status)


def _attempt(typed: Mapping[str, str]) -> int:
    text = typed.get("attempt", "")
    known = text.isascii() and text.isdigit() and len(text) < 4
    return min(int(text), MOST_TRIES) if known else 0


def _field(number: int) -> str:
    return f"cau-{number}"


def _shown(one: Commitment, matrix: Matrix) -> dict[str, Any]:
    """Return a promise with its targets and what a miss costs, each for whom and in words."""
    return {
        "promise": one,
        "targets": list(_targets(one, matrix)),
        "owed": [(matrix.who(rule.segments), rule.describe()) for rule in one.compensation],
    }


def _targets(one: Commitment, matrix: Matrix) -> Iterator[tuple[str, str]]:
    """Say every target once; what a row promises alike stands on one line."""
    said: dict[tuple[str, str], list[str]] = {}
    for cell in one.cells(matrix):
        if cell.applies:
            said.setdefault((cell.row.label or "", cell.words), []).append(cell.segment)
    for (label, words), segments in said.items():
        yield ", ".join(filter(None, (label, matrix.who(segments)))), words
