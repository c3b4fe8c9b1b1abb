"""A question of a form, declared once: what people see, what programs send, how it is judged.

The HTML forms, the page of answers to check, ``openapi.json``, the entry at the desk and the
notices to departments are all made from these declarations; ``Field.read`` is the one judge.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from forms_api import inputs
from forms_api.errors import FieldError
from forms_api.inputs import BadInput
from service_policy.promises.policy import Policy

Widget = Literal[
    "radios", "select", "line", "phone", "email", "day", "money", "text", "tick", "files", "hidden",
    "list", "number", "rows",
]  # fmt: skip
"""``hidden`` and ``list`` (one text a line) are filled in by the page itself, never by hand.
``rows`` is a small table: its ``columns`` are asked as often as ``count`` says, empty rows too."""

MOST_TEXTS = 5
"""How many texts a field takes that is a list."""
MOST_NAMES = 60
"""How many names of a submission are looked at for strange ones; no form has as many."""
UNKNOWN = "Biểu mẫu này không có trường đó."
NOT_LISTED = "Chọn một trong các mục có sẵn."
_YES, _NO = ("on", "true", "1", "yes"), ("", "off", "false", "0", "no")


class ManyFaults(BadInput):
    """A table has faults; each names its cell, as on the form."""

    def __init__(self, errors: list[FieldError]) -> None:
        super().__init__(errors[0].message)
        self.errors = errors


@dataclass(frozen=True)
class Choice:
    """One answer to choose: the code of the contract, and its words."""

    value: str
    words: str


def choices(table: Mapping[Any, str]) -> tuple[Choice, ...]:
    """Make choices of codes and their words."""
    return tuple(Choice(code, words) for code, words in table.items())


@dataclass(frozen=True)
class Setting:
    """Where a form is shown: by which company, and whether letters have to wait for a server."""

    policy: Policy
    letters_wait: bool = False


@dataclass(frozen=True)
class Field:
    """One question.

    ``label``, ``hint`` and the words of ``choices`` are Vietnamese. ``groups`` arranges the
    choices of a long list under titles; ``empty`` is the choice of none, ``missing``
    says what to do about an answer that must be there. ``depends`` says that another answer
    decides whether this one is needed, so that it is not called optional. ``open`` says that
    programs may send other values than the listed choices. ``about`` tells programmers, in
    English, what the field takes.

    ``reader`` judges a text where the widget alone does not say how; ``default`` stands for an
    answer that was left out. Of an ``integer``, as of amounts and numbers, programs may send one;
    a ``coming`` day is today or later, every other day is past.
    ``fit`` makes the question one of this company, or takes it away (None). The company's own
    readers see it called ``brief`` and its answer as ``told`` writes it; with ``exported`` it is
    a column of the exports, too.
    """

    name: str
    label: str
    widget: Widget
    about: str = ""
    required: bool = False
    depends: bool = False
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    groups: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    open: bool = False
    shortest: int = 0
    longest: int = 0
    autocomplete: str = ""
    width: str = ""
    empty: str = "Không rõ mã"
    missing: str = ""
    columns: tuple["Field", ...] = ()
    count: int = 0
    reader: Callable[[str], Any] | None = None
    default: Any = None
    integer: bool = False
    coming: bool = False
    fit: Callable[["Field", Setting], "Field | None"] | None = None
    brief: str = ""
    told: Callable[[Any], str] | None = None
    exported: bool = False

    def asked(self, setting: Setting) -> "Field | None":
        """Return the question as this company asks it; None where it does not."""
        found = self if self.fit is None else self.fit(self, setting)
        if found is None or not found.columns:
            return found
        columns = (one.asked(setting) for one in found.columns)
        return replace(found, columns=tuple(one for one in columns if one is not None))

    @property
    def called(self) -> str:
        """What the company's own readers call it."""
        return self.brief or self.label

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names that its answer has on a form; a table has one for each cell."""
        return tuple(cell.name for row in self.cells for cell in row) or (self.name,)

    @property
    def cells(self) -> tuple[tuple["Field", ...], ...]:
        """The rows of a table, each cell a field named ``NAME-2-column``."""
        return tuple(
            tuple(
                replace(
                    one,
                    name=f"{self.name}-{row}-{one.name}",
                    # A column alone would have one and the same label in every row.
                    label=one.label if len(self.columns) > 1 else f"{one.label} {row}",
                    # Of a table that is needed, the first row has to be filled in.
                    required=one.required and self.required and row == 1,
                )
                for one in self.columns
            )
            for row in range(1, self.count + 1)
        )

    @property
    def listed(self) -> tuple[Choice, ...]:
        """All choices, grouped or not."""
        return (*self.choices, *(one for group in self.groups.values() for one in group))

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """The choices as the theme's macros take them: code and words."""
        return tuple((one.value, one.words) for one in self.choices)

    @property
    def option_groups(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """The grouped choices as the theme's macros take them."""
        return tuple(
            (title, tuple((one.value, one.words) for one in group))
            for title, group in self.groups.items()
        )

    def read(self, value: Any, today: date, *, json: bool = False) -> Any:
        """Judge an answer and return it in its one spelling; ``default`` where nothing was said.

        With ``json``, a tick must have JSON's own type.

        Raises:
            BadInput: it cannot be taken; the message says what to write instead.
        """
        if self.widget == "tick":
            return _flag(value, json=json)
        if self.widget == "list":
            return self._several(value)
        if self.widget == "rows":
            return self._rows(value, today, json=json)
        found = self._one(value, today)
        if found is None and self.required:
            raise BadInput(self.missing or f"{self.label}: mục này cần được điền.")
        return self.default if found is None else found

    def _one(self, value: Any, today: date) -> Any:
        if type(value) is int and (self.integer or self.widget in ("money", "number")):
            value = str(value)
        if value is None:
            return None
        if not isinstance(value, str):
            raise BadInput("Giá trị này phải là chữ.")
        if not value.strip():
            return None
        found = self._text(value, today)
        # Of a field in which only invisible characters stood nothing is left.
        return None if found == "" else found

    def _text(self, text: str, today: date) -> Any:
        if not self.open and (self.listed or self.widget in ("radios", "select")):
            if text not in {one.value for one in self.listed}:
                raise BadInput((self.required and self.missing) or NOT_LISTED)
            return text
        if self.reader is not None:
            return self.reader(text)
        match self.widget:
            case "text":
                return inputs.paragraphs(text, self.shortest, self.longest or 4000)
            case "phone":
                return inputs.phone(text)
            case "email":
                return inputs.email(text)
            case "money":
                return inputs.vnd(text)
            case "number":
                return inputs.count(text)
            case "day":
                limit = {"not_before" if self.coming else "not_after": today}
                return inputs.day(text, **limit)
            case _:
                return inputs.line(text, self.longest or 200)

    def _several(self, value: Any) -> tuple[Any, ...]:
        if value is None:
            return ()
        texts = value.splitlines() if isinstance(value, str) else value
        if not isinstance(texts, list) or not all(isinstance(one, str) for one in texts):
            raise BadInput("Giá trị này phải là danh sách chữ.")
        if len(texts) > MOST_TEXTS:
            raise BadInput(f"Nhiều nhất {MOST_TEXTS} mục.")
        read = self.reader or inputs.line
        return tuple(found for one in texts if one.strip() and (found := read(one)) != "")

    def _rows(self, value: Any, today: date, *, json: bool) -> tuple[Any, ...]:
        """Judge a table; rows in which nothing stands are left out, of equal ones one is kept.

        A fault in the column ``c`` of the second row is named ``NAME-2-c``, as on the form. A
        table of one column may also be a list of texts, and is one once it is read.
        """
        if value is None:
            return ()
        if not isinstance(value, list) or len(value) > self.count:
            raise BadInput(f"Giá trị này phải là danh sách, nhiều nhất {self.count} dòng.")
        found: list[Any] = []
        errors: list[FieldError] = []
        alone = self.columns[0].name if len(self.columns) == 1 else ""
        for number, one in enumerate(value, 1):
            row = {alone: one} if alone and isinstance(one, str) else one
            if not isinstance(row, dict):
                names = ", ".join(column.name for column in self.columns)
                errors.append(FieldError(self.name, f"Mỗi dòng gồm: {names}."))
                continue
            if all(isinstance(cell, str) and not cell.strip() for cell in row.values()):
                continue
            values, faults = read_all(self.columns, row, today, json=json)
            found.append(values.get(alone) if alone else values)
            errors += [
                FieldError(f"{self.name}-{number}-{fault.field}", fault.message) for fault in faults
            ]
        if errors:
            raise ManyFaults(errors)
        return tuple(dict.fromkeys(found)) if alone else tuple(found)

    def words(self, value: str) -> str:
        """Return the words of a chosen code; the code itself when it is not listed."""
        return next((one.words for one in self.listed if one.value == value), value)


def read_all(
    fields: Iterable[Field], raw: Mapping[str, Any], today: date, *, json: bool
) -> tuple[dict[str, Any], list[FieldError]]:
    """Judge every answer; return the good ones by name, and every fault, strange names first."""
    known = {one.name: one for one in fields}
    errors = [
        FieldError(str(name)[:100], UNKNOWN) for name in list(raw)[:MOST_NAMES] if name not in known
    ]
    values: dict[str, Any] = {}
    for name, one in known.items():
        try:
            values[name] = one.read(raw.get(name), today, json=json)
        except ManyFaults as faults:
            errors += faults.errors
        except BadInput as fault:
            errors.append(FieldError(name, str(fault)))
    return values, errors


def _flag(value: Any, *, json: bool) -> bool:
    """Judge a tick box; absent is no. JSON must say true or false."""
    if value is None or isinstance(value, bool):
        return bool(value)
    typed = value.strip().lower() if isinstance(value, str) and not json else None
    if typed in _YES:
        return True
    if typed in _NO:
        return False
    raise BadInput("Giá trị này phải là true hoặc false.")
