"""Scalars of a snapshot file: strict JSON numbers, months, moments, texts safe in a spreadsheet."""

import re
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from service_policy.values import Text, fault

_FORMULA = tuple("=+-@|＝＋－＠")


def _number(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise fault(
        "not_an_integer",
        "phải là số nguyên từ 0 trở lên",
        "viết chữ số liền nhau, không dấu nháy, không dấu chấm, ví dụ 2914",
    )


def _month(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", value):
        return value
    raise fault("not_a_month", "không phải tháng", "viết năm-tháng, ví dụ 2026-11")


def _moment(value: Any) -> datetime:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        found = None
    if isinstance(found, datetime) and found.tzinfo is not None:
        return found
    raise fault(
        "not_a_moment",
        "không phải thời điểm có múi giờ",
        "viết như 2026-11-10T00:00:00+07:00",
    )


def _cell(value: str) -> str:
    """Refuse what a spreadsheet would run: the text goes into a CSV file as it is."""
    if value.startswith(_FORMULA):
        raise fault(
            "looks_like_a_formula",
            "bắt đầu bằng dấu mà bảng tính hiểu là công thức",
            "bắt đầu câu bằng chữ",
        )
    return value


def _hash(value: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{64}", value):
        raise fault("not_a_hash", "không phải mã băm SHA-256", "chép lại 64 ký tự 0-9, a-f")
    return value


Number = Annotated[int, BeforeValidator(_number)]
"""A JSON whole number, zero or more; a quoted one is refused."""
Month = Annotated[str, BeforeValidator(_month)]
Moment = Annotated[datetime, BeforeValidator(_moment)]
Cell = Annotated[Text, AfterValidator(_cell)]
"""A line of text that is safe in a spreadsheet."""
Hash = Annotated[Text, AfterValidator(_hash)]
"""A SHA-256 in hex."""
