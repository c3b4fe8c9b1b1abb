"""The audit trail: who of the staff looked at what, or did what, when and about which case.

A line is durable before the page that it tells of is shown. Where it cannot be written, nothing
personal is shown: whoever looks unseen could look at everything. Nothing about a customer stands
in it but the reference of a case; the words of a search never do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection

from forms_api.paging import Sheet, sheet
from forms_api.portal import Portal
from forms_api.store import audit_rows, staff_rows
from forms_api.store.audit_rows import Wanted
from service_policy.promises.calendar import VIETNAM

ACTIONS: Mapping[str, str] = {
    "read": "xem phiếu",
    "file": "mở tệp của phiếu",
    "search": "tìm phiếu",
    "export": "xuất tệp",
    "did": "làm việc trên phiếu",
    "entered": "nhập phiếu",
    "login": "đăng nhập",
    "login_failed": "đăng nhập không được",
    "code_failed": "nhập sai mã một lần",
    "logout": "đăng xuất",
    "refused": "bị từ chối vì vai trò",
    "staff_added": "thêm tài khoản",
    "staff_reset": "đặt lại tài khoản",
    "staff_disabled": "đóng tài khoản",
    "letter_resent": "gửi lại thư hỏng",
    "letter_dropped": "bỏ thư hỏng",
    "clock_confirmed": "xác nhận đồng hồ máy chủ",
    "ledger_forgotten": "xóa một khách khỏi sổ của công ty",
    "audit_read": "xem nhật ký truy cập",
}
"""What may stand in the trail, in words."""
OUTSIDE = frozenset({"login_failed", "code_failed"})
UNKNOWN, MACHINE = "không rõ ai", "dòng lệnh trên máy chủ"
"""Who did what no account did: somebody at the door, or an operator on the machine itself."""


@dataclass(frozen=True)
class Entry:
    """A line of the trail in words; ``who`` is a name, or who it was if it was nobody's account."""

    at: datetime
    who: str
    staff_id: str
    action: str
    case_ref: str
    detail: str


@dataclass(frozen=True)
class Trail:
    """A page of the trail, and where it stands among all of them."""

    entries: tuple[Entry, ...]
    sheet: Sheet


def line(
    connection: Connection,
    now: datetime,
    action: str,
    staff_id: str | None,
    case_ref: str | None = None,
    detail: str | None = None,
) -> None:
    """Write a line in the transaction of what it tells about."""
    if action not in ACTIONS:
        raise ValueError(action)
    values: dict[str, Any] = {"at": now, "action": action, "staff_id": staff_id}
    audit_rows.write(connection, {**values, "case_ref": case_ref, "detail": detail})


def note(
    portal: Portal,
    now: datetime,
    action: str,
    staff_id: str | None,
    case_ref: str | None = None,
    detail: str | None = None,
) -> None:
    """Write a line of its own.

    Raises:
        StoreUnavailable: it is not written; what it tells of must not be shown.
    """
    portal.store.write(
        partial(line, now=now, action=action, staff_id=staff_id, case_ref=case_ref, detail=detail)
    )


def trail(portal: Portal, wanted: Wanted, page: str = "") -> Trail:
    """Return the page of the trail that was asked for, the latest line first.

    Raises:
        StoreUnavailable: the store cannot be read.
    """

    def look(connection: Connection) -> Trail:
        names = {row.id: row.display_name for row in staff_rows.everybody(connection)}
        at = sheet(page, audit_rows.count(connection, wanted))
        rows = audit_rows.find(connection, wanted, at.skipped, at.size)
        return Trail(tuple(_entry(row, names) for row in rows), at)

    return portal.store.read(look)


def on_day(day: date) -> tuple[datetime, datetime]:
    """Return the first moment of a day in Vietnam, and that of the next."""
    start = datetime(day.year, day.month, day.day, tzinfo=VIETNAM)
    return start, start + timedelta(days=1)


def _entry(row: Any, names: Mapping[str, str]) -> Entry:
    return Entry(
        at=row.at,
        who=names.get(row.staff_id or "", UNKNOWN if row.action in OUTSIDE else MACHINE),
        staff_id=row.staff_id or "",
        action=ACTIONS.get(row.action, row.action),
        case_ref=row.case_ref or "",
        detail=row.detail or "",
    )
