"""Value types of the content model: strict scalars and the frozen base model.

The content parser hands every scalar over as a string, so that YAML never guesses (``no``,
``1.10``, ``0123`` and ``8:30`` keep their spelling). The types here decide what a string means
and explain, in Vietnamese, what an editor should write instead. Snapshots of the scorecard have
scalars of their own: strict JSON numbers, months, moments, texts safe in a spreadsheet.
"""

import re
import types
from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from service_policy.digits import grouped, number_in_words, plain, two_readings
from service_policy.text import nfc

_WHOLE = re.compile(r"-?[0-9]{1,15}")
_PERCENT = re.compile(r"[0-9]{1,6}([.,][0-9]{1,4})?")
_SLASHED = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NAME = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
_URL = re.compile(r"/([a-z0-9]+(-[a-z0-9]+)*/)*")
_ALIAS = re.compile(r"/([a-z0-9]+([._-][a-z0-9]+)*/)*([a-z0-9]+([_-][a-z0-9]+)*\.html?)?", re.I)


class Model(BaseModel):
    """Base of every content model: immutable, and unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


def fault(code: str, message: str, fix: str) -> PydanticCustomError:
    """Build a validation error with an English ``code``, a Vietnamese ``message`` and a ``fix``."""
    return PydanticCustomError(code, message, {"fix": fix})


def _whole(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    fix = "viết bằng chữ số liền nhau, không dấu chấm, không đơn vị, ví dụ 50000"
    if isinstance(value, str):
        text = plain(value)
        if _WHOLE.fullmatch(text):
            return int(text)
        if (meant := grouped(text)) is not None:
            fix = f"viết {meant} nếu là {number_in_words(meant)}: chữ số liền nhau, không dấu"
    raise fault("not_an_integer", "phải là số nguyên", fix)


def _percent(value: Any) -> Fraction:
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    return decimal(
        value, _PERCENT, "not_a_percent", "phải là số phần trăm", "viết 2 hoặc 0.5, không kèm dấu %"
    )


def decimal(value: Any, pattern: re.Pattern[str], code: str, message: str, fix: str) -> Fraction:
    """Return a number with decimals exactly.

    Raises:
        PydanticCustomError: it is none, or ``1.200``, which is a thousand times 1.2 to many.
    """
    text = plain(value) if isinstance(value, str) else ""
    if pattern.fullmatch(text):
        asked = two_readings(text)
        if asked is None:
            return Fraction(text.replace(",", "."))
        raise fault("doubtful_number", *asked)
    if (meant := grouped(text)) is not None:
        fix = f"viết {meant} nếu là {number_in_words(meant)}"
    raise fault(code, message, fix)


def _yes_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return bool(value == "true")
    raise fault("not_a_boolean", "phải là true hoặc false", "viết đúng true hoặc false")


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    text = plain(value) if isinstance(value, str) else ""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    fix = "viết năm-tháng-ngày, ví dụ 2026-07-01"
    if (match := _SLASHED.fullmatch(text)) is not None:
        day, month, year = match.groups()
        fix = f"ngày {day} tháng {month} thì viết {year}-{month.zfill(2)}-{day.zfill(2)}"
    raise fault("not_a_date", "không phải ngày có thật", fix)


def _time_of_day(value: Any) -> time:
    if isinstance(value, time):
        return value
    text = plain(value) if isinstance(value, str) else ""
    if re.fullmatch(r"[0-9]{2}:[0-9]{2}", text):
        try:
            return time.fromisoformat(text)
        except ValueError:
            pass
    raise fault("not_a_time", "không phải giờ có thật", "viết giờ:phút, ví dụ 08:00")


def _text(value: Any) -> str:
    if isinstance(value, dict):
        fix = "đặt cả câu trong dấu nháy kép"
        raise fault("not_text", "phải là chữ, mà có dấu hai chấm giữa câu", fix)
    if not isinstance(value, str):
        raise fault("not_text", "phải là chữ", "viết một dòng chữ sau dấu hai chấm")
    text = nfc(value).strip()
    if not text:
        raise fault(
            "empty",
            "đang để trống",
            "điền nội dung; trường không bắt buộc thì xóa cả dòng này cũng được",
        )
    return text


@dataclass(frozen=True, slots=True)
class Shape:
    """What a text has to look like: a validator, and told to whoever is about to write one."""

    pattern: re.Pattern[str]
    code: str
    message: str
    fix: str

    def __call__(self, value: str) -> str:
        """Return the text, or raise the fault."""
        if not self.pattern.fullmatch(value):
            raise fault(self.code, self.message, self.fix)
        return value


def _matches(pattern: re.Pattern[str], code: str, message: str, fix: str) -> AfterValidator:
    return AfterValidator(Shape(pattern, code, message, fix))


def peel(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return what a field holds, without ``| None``, and the notes of ``Annotated`` on it."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *notes = get_args(annotation)
        held, before = peel(inner)
        return held, (*before, *notes)
    if origin in (Union, types.UnionType):
        left = [one for one in get_args(annotation) if one is not type(None)]
        if len(left) == 1:
            return peel(left[0])
    return annotation, ()


def _amount(value: int) -> int:
    if value < 0:
        raise fault("negative", "không được là số âm", "viết số từ 0 trở lên")
    return value


Count = Annotated[int, BeforeValidator(_whole), AfterValidator(_amount)]
"""A whole number that is zero or more."""
Vnd = Annotated[int, BeforeValidator(_whole), AfterValidator(_amount)]
"""An amount of money in đồng: a whole number, zero or more."""
Percent = Annotated[Fraction, BeforeValidator(_percent)]
"""A percentage as an exact fraction of 100: ``0.5`` means half a percent."""
YesNo = Annotated[bool, BeforeValidator(_yes_no)]
Day = Annotated[date, BeforeValidator(_day)]
TimeOfDay = Annotated[time, BeforeValidator(_time_of_day)]
Text = Annotated[str, BeforeValidator(_text)]
"""Non-empty text, NFC, without surrounding white space."""
Slug = Annotated[
    Text,
    _matches(_SLUG, "not_a_slug", "không hợp làm địa chỉ", "chỉ dùng a-z, 0-9 và gạch nối"),
]
Name = Annotated[
    Text,
    _matches(_NAME, "not_a_name", "không hợp làm mã", "chỉ dùng a-z, 0-9, gạch nối, gạch dưới"),
]
"""An identifier inside the data, such as ``repair_center``."""
Url = Annotated[
    Text,
    _matches(_URL, "not_a_path", "không phải đường dẫn", "viết như /giao-hang/khan/"),
]
Alias = Annotated[
    Text,
    _matches(
        _ALIAS,
        "not_an_old_path",
        "không phải địa chỉ cũ của trang",
        "viết đường dẫn cũ như /hoi-dap/ten-cu/ hoặc /ten-cu.html, không kèm tên miền, ? hay #",
    ),
]
"""An address that a page had: like ``Url``, or a file of the site before this one."""
LegalRef = Annotated[
    Text,
    _matches(
        re.compile(r"[a-z0-9-]+(:[0-9]+[a-zđ]?(\.[0-9a-zđ]+)*)?"),
        "not_a_legal_reference",
        "không phải căn cứ pháp lý",
        "viết mã trong can-cu.yaml rồi điều, khoản, ví dụ luat-19-2023:30.2",
    ),
]
"""A reference such as ``luat-19-2023:30.2``: an id of ``can-cu.yaml`` and an article."""
NonEmpty = Field(min_length=1)
"""Marks a tuple that must hold at least one item."""


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


Number = Annotated[int, BeforeValidator(_number)]
"""A JSON whole number, zero or more; a quoted one is refused."""
Month = Annotated[str, BeforeValidator(_month)]
Moment = Annotated[datetime, BeforeValidator(_moment)]
Cell = Annotated[Text, AfterValidator(_cell)]
"""A line of text that is safe in a spreadsheet."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
Hash = Annotated[
    Text,
    _matches(_SHA256, "not_a_hash", "không phải mã băm SHA-256", "chép lại 64 ký tự 0-9, a-f"),
]
"""A SHA-256 in hex."""
