"""Entering a case for a customer who told it by phone, at a counter, on Zalo or by mail.

The questions are those of the public forms; besides, staff say which way it came and since when
the customer has waited: the clock starts then. The receipt is printed for the customer.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

from flask import Response, request

from forms_api import audit, filing, inputs
from forms_api.errors import FieldError, IdempotencyConflict, StoreUnavailable, ValidationFailed
from forms_api.kinds import KINDS
from forms_api.kinds.field import Field, choices
from forms_api.kinds.kind import Kind
from forms_api.kinds.questions import Answers, Questions, Section
from forms_api.web.app_context import app_context
from forms_api.web.forms import KEY_FIELD, new_key
from forms_api.web.problems import Problem
from forms_api.web.staff import answers, guard, kept, pages
from forms_api.web.staff.kept import Typed
from service_policy.promises.calendar import VIETNAM
from service_policy.promises.commitment import ChannelId

URL, ROLES = pages.ENTRY.url, pages.ENTRY.roles
CHANNELS: Mapping[ChannelId, str] = {
    "phone": "Điện thoại",
    "counter": "Tại quầy",
    "zalo": "Zalo",
    "mail": "Thư bưu điện",
}
SENT_BEFORE = (
    "Từ trang này đã ghi một phiếu với nội dung khác, phiếu đó vẫn còn nguyên. Sửa phiếu đó thì mở "
    "nó ra; muốn ghi thêm một phiếu nữa thì bấm gửi lần nữa."
)

_HOW = Section(
    "kenh",
    "Khách báo thế nào",
    (
        Field(
            "channel",
            "Khách báo qua đâu?",
            "radios",
            required=True,
            missing="Chọn kênh mà khách đã dùng.",
            choices=choices(CHANNELS),
        ),
        Field(
            "taken_on",
            "Khách báo ngày nào?",
            "day",
            hint="Để trống là hôm nay. Đồng hồ của khách chạy từ lúc này.",
            width="m",
        ),
        Field(
            "taken_time",
            "Mấy giờ?",
            "line",
            hint="Ví dụ 8:30. Để trống là bây giờ.",
            width="s",
            reader=inputs.hour,
        ),
    ),
)
_OURS = kept.OURS | {one.name for one in _HOW.fields}


@guard.blueprint.get("/nhap/")
@guard.open_to(ROLES)
def entry() -> Response:
    """Ask what kind of case it is."""
    return pages.show(pages.ENTRY, {"kinds": KINDS})


def _ask(kind: Kind) -> Response:
    return _form(kind, {})


def _again(kind: Kind, typed: Typed, found: Problem) -> Response:
    """Show the form with what was typed before something went wrong."""
    return _form(kind, typed.fields, (pages.fault_of(found),), found.status)


def _file(kind: Kind) -> Response:
    here, now = app_context(), app_context().now()
    typed = {name: value for name, value in request.form.items() if name not in _OURS}
    key = request.form.get(KEY_FIELD) or new_key()
    if faults := answers.overlong(typed):
        return _form(kind, request.form, tuple(faults), 422)
    told = {one.name: request.form.get(one.name) for one in _HOW.fields}
    how = Questions((_HOW,)).read(told, now.astimezone(VIETNAM).date())
    taken = _taken_at(how, now)
    try:
        command = kind.read(typed, here.policy, now)
        if how.errors:
            raise ValidationFailed([])
        me, channel = guard.me().actor, how.values["channel"]
        command = replace(command, channel=channel, entered_by=me, taken_at=taken)
        receipt = filing.file_case(here.portal, command, key, now)
    except ValidationFailed as failure:
        return _form(kind, request.form, (*how.errors, *failure.errors), 422)
    except IdempotencyConflict:
        fault = FieldError("channel", SENT_BEFORE)
        return _form(kind, request.form, (fault,), 409, key=new_key())
    with suppress(StoreUnavailable):
        # The case is recorded, and its first event names who typed it in.
        audit.note(here.portal, now, "entered", guard.me().id, receipt.reference)
    variables = {"receipt": receipt, "taken": key[:12]}
    return pages.page("receipt", f"Biên nhận {receipt.reference}", URL, variables, 201)


def _taken_at(how: Answers, now: datetime) -> datetime | None:
    """Return when the customer told it, None for now; what cannot be becomes a fault."""
    local = now.astimezone(VIETNAM)
    on, hour = how.get("taken_on") or local.date(), how.get("taken_time")
    if hour is None and on != local.date() and not how.faulty("taken_time"):
        how.add("taken_time", "Ghi cả giờ khách báo.")
    if hour is None or how.faulty("taken_on"):
        return None
    at = datetime.combine(on, hour, VIETNAM)
    if at > now:
        how.add("taken_time", "Giờ này còn ở tương lai.")
    return at.astimezone(UTC)


def _form(
    kind: Kind,
    typed: Mapping[str, str],
    errors: tuple[FieldError, ...] = (),
    status: int = 200,
    key: str = "",
) -> Response:
    questions = kind.questions(app_context().policy, letters_wait=app_context().letters_wait)
    sections = (_HOW, *questions.sections)
    names = Questions(sections).names()
    variables = {
        "kind": kind,
        "sections": sections,
        **pages.form_variables(names, typed, errors, key),
    }
    title, url = f"Nhập phiếu: {kind.entered(app_context().policy.matrix)}", f"{URL}{kind.slug}/"
    return pages.page("entry_form", title, url, variables, status)


for _kind in KINDS:
    _address, _endpoint = f"/nhap/{_kind.slug}/", f"entry_{_kind.id}"
    kept.add_form(_kind, _address, _endpoint, ROLES, ask=_ask, take=_file, again=_again)
