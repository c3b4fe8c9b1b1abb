"""Days and hours as Vietnamese people and browsers write them."""

import re
from datetime import date, time, timedelta

from forms_api.inputs.text import BadInput, digits_and_signs

_DAY_FIRST = r"(?P<day>[0-9]{1,2})\s?(?P<sign>[/. -])\s?(?P<month>[0-9]{1,2})"
_MONTH_WORDS = r"(?P<day>[0-9]{1,2}) (?:tháng|thg\.?|thang) (?P<month>[0-9]{1,2})"
_WITH_YEAR = tuple(
    re.compile(one)
    for one in (
        r"(?P<year>[0-9]{4})(?P<sign>[/.-])(?P<month>[0-9]{1,2})(?P=sign)(?P<day>[0-9]{1,2})",
        rf"{_DAY_FIRST}\s?(?P=sign)\s?(?P<year>[0-9]{{4}}|[0-9]{{2}})",
        rf"{_MONTH_WORDS}(?:,| năm| nam)? (?P<year>[0-9]{{4}})",
    )
)
_WITHOUT_YEAR = tuple(re.compile(one) for one in (_DAY_FIRST, _MONTH_WORDS))
_MONTH_ALONE = re.compile(r"(?:tháng )?[0-9]{1,2}\s?(?:[/. -]| năm )\s?[0-9]{4}|tháng [0-9]{1,2}")
_LEADING = re.compile(
    r"^(?:(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|t[2-7]|cn)[, ]+)?(?:ngày |ngay )?"
)
_WITH_HOUR = re.compile(r".*[0-9](?: |, ?|t)[0-9]{1,2}[:hg][0-9]{0,2}.*|[0-9]{1,2}[:hg][0-9]{2} .*")
_NEAR = {"hôm nay": 0, "hôm qua": -1, "hôm kia": -2, "ngày mai": 1, "ngày kia": 2}
_SOON = timedelta(days=300)
"""A coming day that is named without its year and lies further off has more likely gone by."""
_EARLIEST = date(1990, 1, 1)
_LONGEST = 40

_HOUR = re.compile(
    r"(?P<hour>[0-9]{1,2})\s?(?:(?:[:.hg]|giờ|gio)\s?(?P<minute>[0-9]{1,2})?\s?(?:phút|p)?)?"
    r"(?::[0-9]{2})?\s?(?P<half>sáng|trưa|chiều|tối|am|pm)?"
)
_HALVES = {
    "trưa": (1, 10, 12),
    "chiều": (1, 12, 12),
    "tối": (1, 12, 12),
    "pm": (1, 12, 12),
    "sáng": (12, 13, -12),
    "am": (12, 13, -12),
}
"""From and before which hour a half of the day moves the hours, and by how many."""


def day(text: str, *, not_after: date | None = None, not_before: date | None = None) -> date:
    """Read a day: ``21/11/2026``, ``21-11-26``, ``2026-11-21``, ``ngày 21 tháng 11 năm 2026``.

    A day before 1990 is a slip; a day after ``not_after`` (today, usually) has not happened yet,
    one before ``not_before`` has gone by. With either of them the year may be left out: ``21/11``
    is the nearest such day, and ``hôm qua`` is known. Whoever typed it reads the whole date where
    the answer is said back.
    """
    typed = digits_and_signs(text, _LONGEST).lower().rstrip(" .,")
    today = not_after or not_before
    if today is not None and typed in _NEAR:
        read = today + timedelta(days=_NEAR[typed])
    else:
        read = _written(_LEADING.sub("", typed), not_after, not_before)
    if read < _EARLIEST:
        raise BadInput("Ngày này quá xa; kiểm tra lại năm.")
    if not_after is not None and read > not_after:
        raise BadInput("Ngày này chưa tới; kiểm tra lại ngày, tháng và năm.")
    if not_before is not None and read < not_before:
        raise BadInput("Ngày này đã qua; kiểm tra lại ngày, tháng và năm.")
    return read


def hour(text: str) -> time:
    """Read an hour of the day: ``8:30``, ``14h05``, ``8 giờ``, ``2 giờ chiều``."""
    found = _HOUR.fullmatch(digits_and_signs(text, _LONGEST).lower())
    if found is None:
        raise BadInput("Viết giờ như 8:30 hoặc 14:05.")
    hours, minutes = int(found["hour"]), int(found["minute"] or 0)
    begins, ends, shift = _HALVES.get(found["half"] or "", (0, 0, 0))
    if begins <= hours < ends:
        hours += shift
    if hours > 23 or minutes > 59:
        raise BadInput("Giờ này không có; viết giờ từ 0:00 đến 23:59.")
    return time(hours, minutes)


def _written(typed: str, not_after: date | None, not_before: date | None) -> date:
    if found := _first(_WITH_YEAR, typed):
        year = int(found["year"])
        return _calendar_day(year + 2000 if len(found["year"]) == 2 else year, found)
    if found := _first(_WITHOUT_YEAR, typed):
        return _nearest(found, not_after, not_before)
    if _MONTH_ALONE.fullmatch(typed):
        raise BadInput("Ghi cả ngày, không chỉ tháng, ví dụ 21/11/2026; không nhớ thì để trống.")
    if _WITH_HOUR.fullmatch(typed):
        raise BadInput("Chỉ ghi ngày ở ô này, không ghi giờ, ví dụ 21/11/2026.")
    raise BadInput("Nhập ngày theo dạng ngày/tháng/năm, ví dụ 21/11/2026.")


def _first(patterns: tuple[re.Pattern[str], ...], typed: str) -> re.Match[str] | None:
    return next((found for one in patterns if (found := one.fullmatch(typed))), None)


def _nearest(found: re.Match[str], not_after: date | None, not_before: date | None) -> date:
    """Return the nearest such day before or after; the 29th of February may be years away."""
    today = not_after or not_before
    if today is None:
        raise BadInput("Ghi cả năm, ví dụ 21/11/2026.")
    step = -1 if not_after is not None else 1
    for year in (today.year + step * number for number in range(9)):
        try:
            read = _calendar_day(year, found)
        except BadInput:
            continue
        if step < 0 and read <= today:
            return read
        if step > 0 and read >= today:
            if read - today > _SOON and (read.month, read.day) != (2, 29):
                raise BadInput("Ngày này đã qua; cần vào năm sau thì ghi cả năm.")
            return read
    raise _not_in_the_calendar()


def _calendar_day(year: int, found: re.Match[str]) -> date:
    try:
        return date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        raise _not_in_the_calendar() from None


def _not_in_the_calendar() -> BadInput:
    return BadInput("Ngày này không có trong lịch; kiểm tra lại ngày và tháng.")
