"""Entering a case for a customer who told it by phone, at a counter, on Zalo or by mail.

The questions are those of the public forms; besides, staff say which way it came and since when
the customer has waited: the clock starts then. The receipt is printed for the customer.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from flask import Response, request

from forms_api import audit, filing, inputs
from forms_api.errors import FieldError, IdempotencyConflict, StoreUnavailable, ValidationFailed
from forms_api.inputs import BadInput
from forms_api.kinds import KINDS
from forms_api.kinds.field import Field, choices
from forms_api.kinds.kind import Kind
from forms_api.kinds.questions import Section
from forms_api.web.app_context import app_context
from forms_api.web.forms import KEY_FIELD, new_key
from forms_api.web.problems import Problem
from forms_api.web.staff import answers, guard, kept, pages
from forms_api.web.staff.blueprint import blueprint
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

_HOW = (
    Field(
        "channel",
        "Khách báo qua đâu?",
        "radios",
        "",
        required=True,
        choices=choices(CHANNELS),
    ),
    Field(
        "taken_on",
        "Khách báo ngày nào?",
        "day",
        "",
        hint="Để trống là hôm nay. Đồng hồ của khách chạy từ lúc này.",
        width="m",
    ),
    Field("taken_time", "Mấy giờ?", "line", "", hint="Ví dụ 8:30. Để trống là bây giờ.", width="s"),
)


@blueprint.get("/nhap/")
@guard.open_to(ROLES)
def entry() -> Response:
    """Ask what kind of case it is."""
    return pages.show(pages.ENTRY, {"kinds": KINDS})


def _ask(kind: Kind) -> Response:
    return _form(kind, {}, new_key())


def _again(kind: Kind, typed: Typed, found: Problem) -> Response:
    """Show the form with what was typed before something went wrong."""
    key = typed.fields.get(KEY_FIELD) or new_key()
    fault = FieldError("", f"{found.title}. {found.text}")
    return _form(kind, typed.fields, key, (fault,), found.status)


def _file(kind: Kind) -> Response:
    here, now = app_context(), app_context().now()
    typed = {name: value for name, value in request.form.items() if name not in _OURS}
    key = request.form.get(KEY_FIELD) or new_key()
    faults = answers.overlong(typed)
    if faults:
        return _form(kind, request.form, key, tuple(faults), 422)
    taken: datetime | None = None
    try:
        taken = taken_at(request.form, now)
    except ValidationFailed as failure:
        faults += failure.errors
    channel = next((one for one in CHANNELS if one == request.form.get("channel")), None)
    if channel is None:
        faults.append(FieldError("channel", "Chọn kênh mà khách đã dùng."))
    try:
        command = kind.read(typed, here.policy, now)
        if faults or channel is None:
            raise ValidationFailed([])
        me = guard.me().actor
        command = replace(command, channel=channel, entered_by=me, taken_at=taken)
        receipt = filing.file_case(here.portal, command, key, now)
    except ValidationFailed as failure:
        return _form(kind, request.form, key, (*faults, *failure.errors), 422)
    except IdempotencyConflict:
        fault = FieldError("channel", SENT_BEFORE)
        return _form(kind, request.form, new_key(), (fault,), 409)
    with suppress(StoreUnavailable):
        # The case is recorded, and its first event names who typed it in.
        audit.note(here.portal, now, "entered", guard.me().id, receipt.reference)
    variables = {"receipt": receipt, "taken": key[:12]}
    return pages.page("receipt", f"Biên nhận {receipt.reference}", URL, variables, 201)


_OURS = kept.OURS | {"channel", "taken_on", "taken_time"}


def taken_at(typed: Mapping[str, str], now: datetime) -> datetime | None:
    """Read when the customer told it; None for now.

    Raises:
        ValidationFailed: the day or the hour cannot be read, or lies in the future.
    """
    day, hour = typed.get("taken_on", "").strip(), typed.get("taken_time", "").strip()
    if not day and not hour:
        return None
    local = now.astimezone(VIETNAM)
    try:
        on = inputs.day(day, not_after=local.date()) if day else local.date()
    except BadInput as fault:
        raise ValidationFailed([FieldError("taken_on", str(fault))]) from None
    if not hour and on != local.date():
        raise ValidationFailed([FieldError("taken_time", "Ghi cả giờ khách báo.")])
    if not hour:
        return None
    try:
        at = datetime.combine(on, inputs.hour(hour), VIETNAM)
    except BadInput as fault:
        raise ValidationFailed([FieldError("taken_time", str(fault))]) from None
    if at > now:
        raise ValidationFailed([FieldError("taken_time", "Giờ này còn ở tương lai.")])
    return at.astimezone(UTC)


def _form(
    kind: Kind,
    typed: Mapping[str, str],
    key: str,
    errors: tuple[FieldError, ...] = (),
    status: int = 200,
) -> Response:
    questions = kind.questions(app_context().policy, letters_wait=app_context().letters_wait)
    sections = (Section("kenh", "Khách báo thế nào", _HOW), *questions.sections)
    names = [name for section in sections for field in section.fields for name in field.inputs]
    variables = {
        "kind": kind,
        "sections": sections,
        "key": key,
        "fresh": not typed,
        "values": {name: typed.get(name, "") for name in names},
        "faults": {one.field: one.message for one in reversed(errors)},
        "errors": [
            {"field": one.field if one.field in names else None, "message": one.message}
            for one in errors
        ],
    }
    title, url = f"Nhập phiếu: {kind.entered(app_context().policy.matrix)}", f"{URL}{kind.slug}/"
    return pages.page("entry_form", title, url, variables, status)


def _register(kind: Kind) -> None:
    """Add the two routes of a kind."""

    def ask() -> Response:
        return _ask(kind)

    def file() -> Response:
        return _file(kind)

    shown = f"entry_{kind.id}_form"
    filed = f"entry_{kind.id}"
    address = f"/nhap/{kind.slug}/"
    kept.name_again(filed, partial(_again, kind))
    blueprint.add_url_rule(address, shown, guard.named(shown, ROLES, ask))
    blueprint.add_url_rule(address, filed, guard.named(filed, ROLES, file), methods=["POST"])


for _kind in KINDS:
    _register(_kind)
