"""The pages of ``/ho-so/``: the question for the two codes, the case, "really withdraw?"."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from flask import Response, request

from forms_api.customer.acting import LONGEST_TEXT
from forms_api.customer.page import CustomerCase, customer_case
from forms_api.customer.paying import PREFIX
from forms_api.errors import FieldError
from forms_api.linked_cases import went_on_in
from forms_api.loading import Loaded
from forms_api.payments.files import under_way
from forms_api.timeline import in_words
from forms_api.uploads.incoming import LIMITS, Given, megabytes
from forms_api.uploads.shown import CUSTOMER
from forms_api.web import render
from forms_api.web.app_context import app_context
from forms_api.web.files import CHOOSE_AGAIN
from forms_api.web.forms import FollowForm, new_key
from forms_api.web.problems import Problem, other_channels
from theme.context import Page

URL = "/ho-so/"
REOPEN = "mo-lai"
WORDS = frozenset({"bo-sung", "khong-dong-y", "chua-tra-loi"})
"""Forms whose text says that the matter goes on."""
CHANGED_SINCE = (
    "Nội dung này chưa được gửi",
    (
        "Lần gửi trước từ trang này đã được ghi. Nội dung dưới đây đã khác đi: vẫn muốn gửi thêm "
        "thì Quý khách bấm gửi lần nữa."
    ),
)
NO_SUCH_CASE = "Không có hồ sơ nào ứng với hai mã này. Hãy so lại với biên nhận."


@dataclass(frozen=True)
class Sent:
    """What came with the post of an action: which one, about what, the text as typed, files.

    A browser does not keep chosen files when a page comes back. ``key`` is that of the page.
    """

    slug: str = ""
    target: str = ""
    text: str = ""
    files: tuple[Given, ...] = ()
    key: str = ""

    @property
    def name(self) -> str:
        """The name of the form it came from, as on the page."""
        return f"{self.slug}-{self.target}" if self.target else self.slug


@dataclass(frozen=True)
class PayoutTyped:
    """What was typed about where money should go, by the names of the questions, and its faults."""

    fields: Mapping[str, str] = field(default_factory=dict, repr=False)
    errors: tuple[FieldError, ...] = ()
    key: str = ""


def seen() -> int:
    """Return the number of events that the page showed on which somebody decided."""
    typed = request.form.get("seen", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def codes(form: FollowForm) -> tuple[str, str]:
    """Return the reference and the code as typed."""
    return str(form.reference.data or ""), str(form.code.data or "")


def not_found(form: FollowForm, sent: Sent | None = None) -> Response:
    """Ask again: an unknown reference, a wrong code, a malformed one are the same answer.

    What was typed for the case goes along until the two codes are right.
    """
    errors = [{"field": "reference", "message": NO_SUCH_CASE}]
    return ask(form, errors=errors, sent=sent, status=404)


def ask(
    form: FollowForm,
    *,
    errors: list[dict[str, str]] | None = None,
    found: Problem | None = None,
    sent: Sent | None = None,
    status: int = 200,
) -> Response:
    """Ask for the two codes; a text that could not be recorded is shown to be kept."""
    head = Page(
        "Theo dõi hồ sơ",
        "Xem hồ sơ đang ở đâu, ai chịu trách nhiệm, còn những hẹn nào. Cần mã hồ sơ và mã bí mật.",
        URL,
        kind="form",
        noindex=status != 200,
    )
    reference, code = codes(form)
    variables = {
        "reference": reference,
        "code": code,
        "errors": errors or [],
        "problem": found,
        "sent": sent or Sent(),
        "channels": other_channels(app_context().policy),
    }
    return render.page("forms/follow", head, variables, status)


def case(
    loaded: Loaded,
    form: FollowForm,
    sent: Sent | None = None,
    *,
    done: str = "",
    errors: tuple[FieldError, ...] = (),
    found: Problem | None = None,
    moved_since: int | None = None,
    payout: PayoutTyped | None = None,
    status: int = 200,
) -> Response:
    """Show a case.

    ``done`` says what was just recorded. ``moved_since`` is the number of events that an outdated
    page had shown; what happened since is told. ``sent`` is put back into its form, and so is
    ``payout`` into the one about where money should go.
    """
    here, now = app_context(), app_context().now()
    page = customer_case(loaded, here.policy, now)
    sent = _where_it_counts(sent or Sent(), page)
    kept = any(one.name == sent.name for one in page.offers)
    variables = {
        **_common(page, form, sent),
        "done": done,
        "sent": sent,
        "lost": sent.text if sent.text and not kept else "",
        **_faults(sent, errors),
        **_payout(payout or PayoutTyped(), errors),
        "problem": found,
        "moved": moved_since is not None,
        "news": _news(loaded, moved_since),
        "now": now,
        "relatives": went_on_in(here.portal, loaded),
        "under_way": bool(page.payout_fields) and under_way(here.portal, loaded.reference),
    }
    return render.page("forms/case", _head(page, above=False), variables, status)


def _where_it_counts(sent: Sent, page: CustomerCase) -> Sent:
    """Carry a word for a case that has ended meanwhile into the form that opens it again."""
    open_now = {one.name for one in page.offers}
    if sent.slug in WORDS and sent.name not in open_now and REOPEN in open_now:
        return replace(sent, slug=REOPEN, target="")
    return sent


def sure(
    loaded: Loaded, form: FollowForm, sent: Sent, errors: tuple[FieldError, ...] = ()
) -> Response:
    """Ask once more before a case is withdrawn."""
    page = customer_case(loaded, app_context().policy, app_context().now())
    variables = {**_common(page, form, sent), "sent": sent, **_faults(sent, errors)}
    head = _head(page, above=True)
    return render.page("forms/case_withdraw", head, variables, 422 if errors else 200)


def _faults(sent: Sent, errors: tuple[FieldError, ...]) -> dict[str, object]:
    """Lay out the faults for the summary and for their fields, whose names they bear."""
    named = [(_field(sent, one.field), one.message) for one in errors]
    field = f"{sent.name}-files"
    if named and sent.files and field not in dict(named):
        named.append((field, CHOOSE_AGAIN))
    return {
        "faults": dict(reversed(named)) or ({field: CHOOSE_AGAIN} if sent.files else {}),
        "errors": [{"field": name, "message": message} for name, message in named],
    }


def _payout(typed: PayoutTyped, others: tuple[FieldError, ...]) -> dict[str, object]:
    """Lay out the form about where money should go, and its faults in the summary."""
    named = {one.field: one.message for one in reversed(typed.errors) if one.field}
    summary = [
        {"field": f"{PREFIX}{one.field}", "message": one.message}
        for one in typed.errors
        if one.field
    ]
    found: dict[str, object] = {
        "payout_typed": {f"{PREFIX}{name}": said for name, said in typed.fields.items()},
        "payout_faults": {f"{PREFIX}{name}": said for name, said in named.items()},
        "payout_open": bool(typed.fields),
        "payout_key": typed.key or new_key(),
    }
    return found | ({"errors": summary} if summary and not others else {})


def _field(sent: Sent, name: str) -> str | None:
    """Name the field of a form that a fault belongs to; the code has none on this page."""
    return f"{sent.name}-{name}" if name in ("text", "files") else None


def _common(page: CustomerCase, form: FollowForm, sent: Sent) -> dict[str, object]:
    return {
        "case": page,
        "reference": page.reference,
        "code": str(form.code.data or ""),
        "key": sent.key or new_key(),
        "longest": LONGEST_TEXT,
        "file_limits": _file_limits(page),
    }


def _file_limits(page: CustomerCase) -> str:
    """Say what may be sent before anything is chosen, and how much of it is used up."""
    mine = [one for one in page.files if one.who == CUSTOMER]
    used = sum(one.size for one in mine)
    if not mine:
        return LIMITS
    return f"{LIMITS} Hồ sơ này đã có {len(mine)} tệp, {megabytes(used)}."


def _head(page: CustomerCase, *, above: bool) -> Page:
    title = "Rút phiếu?" if above else f"Hồ sơ {page.reference}"
    return Page(
        title,
        "Tiến độ hồ sơ: các hẹn, người chịu trách nhiệm, việc đã làm.",
        URL,
        breadcrumbs=(("Theo dõi hồ sơ", URL),),
        kind="case",
        noindex=True,
    )


def _news(loaded: Loaded, since: int | None) -> list[str]:
    """Say what people did after an outdated page was made."""
    if since is None or since == 0:
        return []
    later = loaded.events[since:]
    return [in_words(event, app_context().policy) for event in later if event.by_person]
