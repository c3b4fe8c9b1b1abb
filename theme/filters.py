"""Template filters: dates, money and other numbers, written the Vietnamese way.

Promises and money are never rounded here: Babel's default rounding turns 47 hours into
"2 days" and 97.5 % into "98 %", so these filters format integers and fractions themselves.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal
from markupsafe import Markup

VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
NO_BREAK_SPACE: Final = "\N{NO-BREAK SPACE}"


def number_vi(value: int | Fraction | Decimal) -> str:
    """``1234567`` -> ``1.234.567``; ``Fraction(1, 2)`` -> ``0,5``. Exact, never rounded.

    Raises TypeError for floats (they are already rounded) and ValueError for a fraction
    without a finite decimal form.
    """
    if isinstance(value, bool) or not isinstance(value, int | Fraction | Decimal):
        raise TypeError(f"an int, Fraction or Decimal is needed, not {type(value).__name__}")
    exact = value if isinstance(value, Decimal) else _decimal(Fraction(value))
    return str(format_decimal(exact, locale="vi", decimal_quantization=False))


def _decimal(value: Fraction) -> Decimal:
    result = Decimal(value.numerator) / Decimal(value.denominator)
    if Fraction(result) != value:
        raise ValueError(f"{value} has no finite decimal form")
    return result


def vnd(value: int) -> str:
    """Đồng: ``123000`` -> ``123.000 đ``, with a no-break space. Raises TypeError for floats."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"money is an int of đồng, not {type(value).__name__}")
    return f"{number_vi(value)}{NO_BREAK_SPACE}đ"


def file_size_vi(value: int) -> str:
    """Write bytes as people read sizes: ``812 KB``, ``3,4 MB``; the first size is 1 KB."""
    if value < 1024 * 1024:
        return f"{max(1, round(value / 1024))} KB"
    return f"{number_vi(Fraction(round(value * 10 / 2**20), 10))} MB"


def percent_vi(value: int | Fraction | Decimal) -> str:
    """``8`` -> ``8 %``; ``Fraction(1, 2)`` -> ``0,5 %``. The value is already in per cent."""
    return f"{number_vi(value)}{NO_BREAK_SPACE}%"


def _local(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a datetime needs a time zone before it can be shown")
    return value.astimezone(VIETNAM)


def date_vi(value: date) -> str:
    """``21/11/2026``; an aware datetime is shown as the date it is in Vietnam."""
    day = _local(value).date() if isinstance(value, datetime) else value
    return f"{day:%d/%m/%Y}"


def weekday_date_vi(value: date) -> str:
    """``Thứ Bảy, 21/11/2026``."""
    day = _local(value).date() if isinstance(value, datetime) else value
    return str(format_date(day, "EEEE, dd/MM/yyyy", locale="vi"))


def datetime_vi(value: datetime) -> str:
    """``Thứ Bảy, 21/11/2026, 14:30`` in Vietnam's time. Raises ValueError without a zone."""
    local = _local(value)
    return f"{weekday_date_vi(local)}, {local:%H:%M}"


def iso(value: date) -> str:
    """The machine form for ``<time datetime>``: ISO 8601, Vietnam's offset for a datetime."""
    if isinstance(value, datetime):
        return _local(value).isoformat(timespec="seconds")
    return value.isoformat()


def json_ld(value: Mapping[str, object]) -> Markup:
    """JSON for a ``<script type="application/ld+json">`` block; nothing in it can end the block."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    # Every character that HTML reads is escaped above.
    return Markup(text)  # noqa: S704  # nosec B704
