"""The audit trail: who of the staff looked at what, or did what, when and about which case.

A line is durable before the page that it tells of is shown. Where it cannot be written, nothing
personal is shown: whoever looks unseen could look at everything. Nothing about a customer stands
in it but the reference of a case; the words of a search never do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Select, select

from forms_api.paging import Sheet
from forms_api.portal import Portal
from forms_api.store import staff_rows
from forms_api.store.rows import add, page_of
from forms_api.store.tables import audit
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
    "misses_released": "xem và cho gửi lần trễ mà sổ cho thấy",
    "customer_told": "ghi đã báo khách bằng tay",
    "clock_confirmed": "xác nhận đồng hồ máy chủ",
    "ledger_forgotten": "xóa một khách khỏi sổ của công ty",
    "pay_read": "xem số tài khoản để chi",
    "pay_file": "làm việc trên tệp chi",
    "pay_taken": "tải tệp chi",
    "statement": "nhập sao kê",
    "audit_read": "xem nhật ký truy cập",
}
"""What may stand in the trail, in words."""
OUTSIDE = frozenset({"login_failed", "code_failed"})
UNKNOWN, MACHINE = "không rõ ai", "dòng lệnh trên máy chủ"
"""Who did what no account did: somebody at the door, or an operator on the machine itself."""


@dataclass(frozen=True)
class Wanted:
    """What is looked for in the trail; None means everything. A day begins and ends in Vietnam."""

    case_ref: str | None = None
    staff_id: str | None = None
    day: date | None = None


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
    values = {"at": now, "action": action, "staff_id": staff_id}
    add(connection, audit, {**values, "case_ref": case_ref, "detail": detail})


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
    portal.store.write(line, now, action, staff_id, case_ref, detail)


def trail(portal: Portal, wanted: Wanted, page: str = "") -> Trail:
    """Return the page of the trail that was asked for, the latest line first.

    Raises:
        StoreUnavailable: the store cannot be read.
    """

    def look(connection: Connection) -> Trail:
        names = {row.id: row.display_name for row in staff_rows.everybody(connection)}
        rows, at = page_of(connection, _found(wanted), page)
        return Trail(tuple(_entry(row, names) for row in rows), at)

    return portal.store.read(look)


def _found(wanted: Wanted) -> Select[Any]:
    query = select(audit).order_by(audit.c.id.desc())
    if wanted.case_ref:
        query = query.where(audit.c.case_ref == wanted.case_ref)
    if wanted.staff_id:
        query = query.where(audit.c.staff_id == wanted.staff_id)
    if wanted.day is not None:
        start = datetime.combine(wanted.day, time(), VIETNAM)
        query = query.where(audit.c.at >= start, audit.c.at < start + timedelta(days=1))
    return query


def _entry(row: Any, names: Mapping[str, str]) -> Entry:
    return Entry(
        at=row.at,
        who=names.get(row.staff_id or "", UNKNOWN if row.action in OUTSIDE else MACHINE),
        staff_id=row.staff_id or "",
        action=ACTIONS.get(row.action, row.action),
        case_ref=row.case_ref or "",
        detail=row.detail or "",
    )
