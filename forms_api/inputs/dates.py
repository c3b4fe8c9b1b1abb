"""Days as Vietnamese people and browsers write them."""

import re
from datetime import date

from forms_api.inputs.text import BadInput, digits_and_signs

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})\s?([/.\- ])\s?(?P<month>\d{1,2})\s?\2\s?(?P<year>\d{4}|\d\d)"
)
_IN_WORDS = re.compile(r"(ngày )?(?P<day>\d{1,2}) tháng (?P<month>\d{1,2}) năm (?P<year>\d{4})")
_EARLIEST = date(1990, 1, 1)


def day(text: str, *, not_after: date | None = None) -> date:
    """Read a day: ``21/11/2026``, ``21-11-26``, ``2026-11-21``, ``ngày 21 tháng 11 năm 2026``.

    A day before 1990 is a slip; a day after ``not_after`` (today, usually) has not happened yet.
    """
    typed = digits_and_signs(text, 40).lower()
    found = next(
        (m for m in (p.fullmatch(typed) for p in (_ISO, _DAY_FIRST, _IN_WORDS)) if m), None
    )
    if found is None:
        raise BadInput("Nhập ngày theo dạng ngày/tháng/năm, ví dụ 21/11/2026.")
    year = int(found["year"])
    try:
        read = date(year + 2000 if year < 100 else year, int(found["month"]), int(found["day"]))
    except ValueError:
        raise BadInput("Ngày này không có trong lịch; kiểm tra lại ngày và tháng.") from None
    if read < _EARLIEST:
        raise BadInput("Ngày này quá xa; kiểm tra lại năm.")
    if not_after is not None and read > not_after:
        raise BadInput("Ngày này chưa tới; kiểm tra lại ngày, tháng và năm.")
    return read
