"""How the program is: the one source of ``/readyz``, operators' page, banner and ``status``.

Each fact has a figure, a level and, when something is wrong, what to do. ``alarm`` means that the
program cannot keep what it is given; ``attention`` that somebody has to look after something.
"""

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Row, func, select
from sqlalchemy.engine import make_url

from forms_api.clock import plausible
from forms_api.errors import StoreUnavailable
from forms_api.portal import Portal
from forms_api.store import migrate, outbox_rows, queues, vital_rows
from forms_api.store.tables import cases, checks
from forms_api.store.types import UtcDateTime
from service_policy.weekly_check import CHECKED_WITHIN
from theme.filters import datetime_vi

Level = Literal["ok", "attention", "alarm"]
OLD_LETTER = timedelta(hours=1)
SWEEP_LATE = timedelta(minutes=30)
RECOVERED_AFTER_SECONDS = 60.0
"""So long a failed write is an alarm, even when another one has gone through since."""
MIB = 1024 * 1024
FULL, TIGHT = (64 * MIB, 20), (1024 * MIB, 7)
"""Free space below which a disk is full or tight: bytes, or that part of it if that is less."""
FEWEST_FILES = 16

_ROOM = "Giải phóng hoặc thêm chỗ. Phiếu đã nhận không mất; phiếu mới bị từ chối khi ổ đầy."


@dataclass(frozen=True)
class Fact:
    """One thing about the program: its name for programs, a figure, and words for people."""

    name: str
    figure: int | None
    level: Level
    title: str
    words: str
    todo: str = ""


@dataclass(frozen=True)
class Condition:
    """All facts, and the worst of them."""

    facts: tuple[Fact, ...]

    @property
    def level(self) -> Level:
        """The worst level of all."""
        levels = {one.level for one in self.facts}
        return "alarm" if "alarm" in levels else "attention" if "attention" in levels else "ok"

    @property
    def wrong(self) -> tuple[Fact, ...]:
        """What somebody has to look after, the worst first."""
        bad = (one for one in self.facts if one.level != "ok")
        return tuple(sorted(bad, key=lambda one: one.level != "alarm"))

    @property
    def figures(self) -> Mapping[str, int | None]:
        """The figures by name."""
        return {one.name: one.figure for one in self.facts}


def condition(portal: Portal, now: datetime) -> Condition:
    """Look at everything; a store that cannot be read is itself a fact."""
    try:
        stored = portal.store.read(partial(_stored, portal=portal, now=now))
    except StoreUnavailable:
        stored = (_unreadable(),)
    return Condition((_write(portal), *_disks(portal), *stored))


def readiness(portal: Portal, now: datetime) -> tuple[dict[str, object], bool]:
    """Tell how the store keeps a write, its schema, the promises in force, and how things are.

    The second value says whether what is given now will be kept; it will not when the store cannot
    be read, its schema is not this program's, a write just failed, or a disk is full. ``degraded``
    is when somebody has to look after something that loses nothing: letters, the sweep, the clock.
    Only numbers and names of facts are told here; the words stand behind the login and in ``flask …
    status``. ``mail`` says where letters go: ``smtp``, the ``console`` of development, or ``none``:
    they wait for a server.
    """
    report: dict[str, object] = {
        "fingerprint": portal.policy.fingerprint,
        "mail": portal.settings.mail,
    }
    try:
        report["database"] = portal.store.durability().as_json()
        schema = migrate.current(portal.store)
    except StoreUnavailable:
        return {"status": "store unavailable", **report}, False
    report["schema"] = schema
    if schema != migrate.newest():
        return {"status": "schema out of date", **report}, False
    found = condition(portal, now)
    report |= {**found.figures, "wrong": [one.name for one in found.wrong]}
    status = "ready" if found.level == "ok" else "degraded"
    return {"status": status, **report}, found.level != "alarm"


def _unreadable() -> Fact:
    words, todo = "không đọc được", "Xem máy chủ cơ sở dữ liệu, ổ đĩa, quyền của tệp."
    return Fact("store", None, "alarm", "Cơ sở dữ liệu", words, todo)


# ---------------------------------------------------------------- this process and its disks


def _write(portal: Portal) -> Fact:
    name, title = "seconds_since_failed_write", "Lần ghi hỏng gần nhất"
    failed = portal.store.failed_write
    if failed is None:
        return Fact(name, None, "ok", title, "chưa có lần nào từ khi tiến trình này chạy")
    ago = time.monotonic() - failed.monotonic
    words = f"{datetime_vi(failed.at)} ({failed.kind})"
    if portal.store.written > failed.monotonic and ago > RECOVERED_AFTER_SECONDS:
        return Fact(name, int(ago), "ok", title, f"{words}; sau đó đã ghi được")
    todo = "Phiếu gửi lúc này có thể không ghi được. Xem chỗ trống, quyền ghi, cơ sở dữ liệu."
    return Fact(name, int(ago), "alarm", title, words, todo)


def _disks(portal: Portal) -> Iterator[Fact]:
    settings = portal.settings
    yield _disk("var_free_bytes", "Chỗ trống của dữ liệu", settings.var_dir)
    yield _disk("upload_free_bytes", "Chỗ trống của tệp gửi lên", settings.upload_dir)
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        folder = Path(url.database).absolute().parent
        if folder not in (settings.var_dir, settings.upload_dir):
            yield _disk("database_free_bytes", "Chỗ trống của cơ sở dữ liệu", folder)


def _disk(name: str, title: str, folder: Path) -> Fact:
    try:
        found = os.statvfs(_existing(folder))
    except OSError as error:
        return Fact(name, None, "alarm", title, f"không xem được ({type(error).__name__})", _ROOM)
    free, size = found.f_bavail * found.f_frsize, found.f_blocks * found.f_frsize
    words = f"còn {free // MIB} MB trên {size // MIB} MB"
    if found.f_flag & os.ST_RDONLY:
        return Fact(name, free, "alarm", title, f"{words}, chỉ đọc được", "Gắn lại ổ cho ghi.")
    if free < _limit(FULL, size) or (found.f_files and found.f_favail < FEWEST_FILES):
        return Fact(name, free, "alarm", title, f"{words}: đầy", _ROOM)
    level: Level = "attention" if free < _limit(TIGHT, size) else "ok"
    return Fact(name, free, level, title, words, _ROOM if level != "ok" else "")


def _limit(rule: tuple[int, int], size: int) -> int:
    most, part = rule
    return min(most, size // part)


def _existing(folder: Path) -> Path:
    """Return the folder, or the nearest above it: it is made when it is first needed."""
    return next(one for one in (folder, *folder.parents) if one.exists())


# ---------------------------------------------------------------- what the store tells


def _stored(connection: Connection, portal: Portal, now: datetime) -> tuple[Fact, ...]:
    signs = vital_rows.all_of(connection)
    return (
        _waiting(connection, now),
        _dead(connection),
        _unreached(connection),
        _server(portal),
        _lag(connection, now),
        _clock(signs, now),
        _content(signs),
        _checked(connection, now),
        _failed_before(portal, signs),
    )


def _waiting(connection: Connection, now: datetime) -> Fact:
    number, since = outbox_rows.waiting(connection), outbox_rows.oldest(connection)
    name, title = "oldest_letter_seconds", "Thư chờ gửi"
    if since is None:
        return Fact(name, None, "ok", title, "không có")
    words = f"{number} thư, cũ nhất từ {datetime_vi(since)}"
    age = max(0, int((now - since).total_seconds()))
    late = now - since > OLD_LETTER
    todo = "Xem máy chủ thư (PORTAL_SMTP_URL); máy tự gửi lại khi thư thông." if late else ""
    return Fact(name, age, "attention" if late else "ok", title, words, todo)


def _dead(connection: Connection) -> Fact:
    number = outbox_rows.dead_letters(connection)
    words = f"{number} thư máy đã thôi gửi" if number else "không có"
    todo = "Gửi lại hoặc bỏ từng thư ở dưới; khách của thư đó cần một cuộc gọi." if number else ""
    level: Level = "attention" if number else "ok"
    return Fact("dead_letters", number, level, "Thư hỏng", words, todo)


def _unreached(connection: Connection) -> Fact:
    number = queues.how_many_unreached(connection)
    words = f"{number} phiếu có thư không tới khách" if number else "không có"
    todo = "Người giữ phiếu gọi khách rồi ghi lại; phiếu có dấu ở hàng chờ." if number else ""
    level: Level = "attention" if number else "ok"
    return Fact("cases_with_failed_mail", number, level, "Khách chưa nhận được thư", words, todo)


def _server(portal: Portal) -> Fact:
    name, title = "mail_server", "Máy chủ thư"
    if portal.settings.mail == "smtp":
        return Fact(name, 1, "ok", title, "đã đặt")
    if portal.settings.mail == "console":
        return Fact(name, 0, "ok", title, "chưa đặt: thư chỉ hiện ở máy của người lập trình")
    words = "chưa có: thư gửi khách đang nằm chờ, chưa thư nào đi"
    todo = "Báo khách bằng điện thoại. Đặt PORTAL_SMTP_URL thì thư chờ tự đi."
    return Fact(name, 0, "attention", title, words, todo)


def _lag(connection: Connection, now: datetime) -> Fact:
    name, title = "sweep_lag_seconds", "Việc đến hạn chờ quét"
    oldest = connection.scalar(select(func.min(cases.c.wake_at, type_=UtcDateTime())))
    lag = timedelta() if oldest is None else max(timedelta(), now - oldest)
    if lag <= SWEEP_LATE:
        return Fact(name, int(lag.total_seconds()), "ok", title, "không trễ")
    words = f"trễ {int(lag.total_seconds()) // 60} phút, từ {datetime_vi(now - lag)}"
    todo = "Xem máy chủ có chạy không; chạy tay: flask --app forms_api sweep."
    return Fact(name, int(lag.total_seconds()), "attention", title, words, todo)


def _clock(signs: Mapping[str, Row[Any]], now: datetime) -> Fact:
    name, title = "clock_ok", "Đồng hồ máy chủ"
    stopped, seen = signs.get(vital_rows.CLOCK), signs.get(vital_rows.SEEN)
    found = plausible(now, None if seen is None else seen.at)
    if stopped is None and found == "ok":
        return Fact(name, 1, "ok", title, datetime_vi(now))
    shown = str(stopped.detail.get("found", found)) if stopped is not None else found
    why = {"behind": "lùi lại", "ahead": "nhảy tới quá xa", "settling": "vừa nhảy tới"}
    newest = f"; giờ tin được gần nhất {datetime_vi(seen.at)}" if seen is not None else ""
    words = f"{why.get(shown, 'không chắc')}: {datetime_vi(now)}{newest}. Việc quét đang dừng"
    todo = "Sửa giờ máy; nếu giờ này đúng: flask --app forms_api sweep --confirm-clock."
    return Fact(name, 0, "attention", title, words, todo)


def _content(signs: Mapping[str, Row[Any]]) -> Fact:
    name, title, row = "content_in_force", "Nội dung mới đăng", signs.get(vital_rows.KEPT_OUT)
    if row is None:
        return Fact(name, 1, "ok", title, "đang áp dụng")
    words = f"chưa áp dụng, từ {datetime_vi(row.at)}: {row.detail.get('why', '')}"
    return Fact(name, 0, "attention", title, words, "Phiếu mới vẫn theo lời hứa của bản trước đó.")


def _checked(connection: Connection, now: datetime) -> Fact:
    """Judge the age of the last check; before the first one, that of the first thing ever kept."""
    name, title = "days_since_check", "Kiểm tra tài liệu gần nhất"
    newest = select(func.max(checks.c.at, type_=UtcDateTime())).where(checks.c.at <= now)
    last = connection.scalar(newest)
    since = last or connection.scalar(select(func.min(cases.c.received_at, type_=UtcDateTime())))
    figure = None if last is None else max(0, (now - last).days)
    words = "chưa có lần nào" if last is None else datetime_vi(last)
    if since is None or now - since <= CHECKED_WITHIN:
        return Fact(name, figure, "ok", title, words)
    todo = "Xem máy chủ có chạy sáng thứ Hai không; chạy tay: flask --app forms_api weekly-check."
    words = f"{words}: quá {CHECKED_WITHIN.days} ngày không có lần nào"
    return Fact(name, figure, "attention", title, words, todo)


def _failed_before(portal: Portal, signs: Mapping[str, Row[Any]]) -> Fact:
    row = signs.get(vital_rows.FAILED_WRITE)
    words = "không có" if row is None else f"{datetime_vi(row.at)} ({row.detail.get('kind', '')})"
    figure = None if row is None else int(row.at.timestamp())
    return Fact("failed_write_at", figure, "ok", "Lần ghi hỏng đã lưu", words)
