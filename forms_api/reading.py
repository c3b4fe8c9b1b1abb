"""Reading the fields of a submission one by one, remembering every fault."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from forms_api import inputs, words
from forms_api.errors import FieldError, ValidationFailed
from forms_api.inputs import BadInput
from service_policy.cases import Contact
from service_policy.segments import Matrix

T = TypeVar("T")

MOST_NAMES = 60
"""How many names of a submission are looked at for strange ones; no form has as many."""
MOST_TEXTS = 5
"""How many texts a field takes that is a list."""


class Fields:
    """Reads one field after the other and remembers what is wrong with each."""

    def __init__(self, raw: Mapping[str, Any], known: tuple[str, ...], *, json: bool) -> None:
        self._raw = raw
        self._json = json
        self.errors = [
            FieldError(str(name)[:100], "Biểu mẫu này không có trường đó.")
            for name in list(raw)[:MOST_NAMES]
            if name not in known
        ]

    def required(self, name: str, read: Callable[[str], T], missing: str) -> T:
        """Read a field that must be there; the value after a fault is never used."""
        value = self.optional(name, read)
        if value is None and not self.has_fault(name):
            self.add(name, missing)
        return cast(T, value)

    def optional(self, name: str, read: Callable[[str], T], *, number: bool = False) -> T | None:
        """Read a field that may be missing or empty; ``number`` also takes a JSON integer."""
        value = self._raw.get(name)
        if number and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is None:
            return None
        if not isinstance(value, str):
            self.add(name, "Giá trị này phải là chữ.")
            return None
        if not value.strip():
            return None
        try:
            found = read(value)
        except BadInput as fault:
            self.add(name, str(fault))
            return None
        # Of a field in which only invisible characters stood nothing is left.
        return None if found == "" else found

    def several(self, name: str, read: Callable[[str], T]) -> tuple[T, ...]:
        """Read a list of texts; a form writes one on each line."""
        value = self._raw.get(name)
        if value is None:
            return ()
        texts = value.splitlines() if isinstance(value, str) else value
        if not isinstance(texts, list) or not all(isinstance(one, str) for one in texts):
            self.add(name, "Giá trị này phải là danh sách chữ.")
            return ()
        if len(texts) > MOST_TEXTS:
            self.add(name, f"Nhiều nhất {MOST_TEXTS} mục.")
            return ()
        try:
            return tuple(found for one in texts if one.strip() and (found := read(one)) != "")
        except BadInput as fault:
            self.add(name, str(fault))
            return ()

    def rows(
        self,
        name: str,
        columns: tuple[str, ...],
        read: Callable[["Fields"], T],
        most: int,
    ) -> tuple[T, ...]:
        """Read a table, each row by ``read``; rows in which nothing stands are left out.

        A fault in the column ``c`` of the second row is named ``NAME-2-c``, as on the form. A
        table of one column may also be a list of texts.
        """
        value = self._raw.get(name)
        if value is None:
            return ()
        if not isinstance(value, list) or len(value) > most:
            self.add(name, f"Giá trị này phải là danh sách, nhiều nhất {most} dòng.")
            return ()
        found = []
        for number, one in enumerate(value, 1):
            row = {columns[0]: one} if isinstance(one, str) and len(columns) == 1 else one
            if not isinstance(row, dict):
                self.add(name, f"Mỗi dòng gồm: {', '.join(columns)}.")
                continue
            if all(isinstance(cell, str) and not cell.strip() for cell in row.values()):
                continue
            inside = Fields(row, columns, json=self._json)
            found.append(read(inside))
            for error in inside.errors:
                self.add(f"{name}-{number}-{error.field}", error.message)
        return tuple(found)

    def choice(self, name: str, choices: Mapping[str, str], missing: str) -> Any:
        """Read one of several codes; ``missing`` says what to choose."""
        return self.required(name, _one_of(choices, missing), missing)

    def optional_choice(self, name: str, choices: Mapping[str, str]) -> Any:
        """Read one of several codes, or nothing."""
        return self.optional(name, _one_of(choices, "Chọn một trong các mục có sẵn."))

    def segment(self, matrix: Matrix, *, needed: bool = True) -> Any:
        """Read what kind of customer it is; where there is one kind, nobody has to say so.

        Whoever need not say it and does not is of the usual kind.
        """
        *first, last = [one.inside for one in matrix.segments]
        said = words.segments(matrix)
        if needed and first:
            missing = f"Chọn Quý khách là {', '.join(first)} hay {last}."
            return self.choice("segment", said, missing)
        return self.optional_choice("segment", said) or matrix.usual.id

    def flag(self, name: str) -> bool:
        """Read a tick box; absent is no. JSON must say true or false."""
        value = self._raw.get(name)
        if isinstance(value, bool):
            return value
        if not self._json and isinstance(value, str):
            value = value.strip().lower()
            if value in ("on", "true", "1", "yes"):
                return True
            if value in ("", "off", "false", "0", "no"):
                return False
        if value is not None:
            self.add(name, "Giá trị này phải là true hoặc false.")
        return False

    def contact(self) -> Contact:
        """Read who writes and how to answer; a phone number or an e-mail address is needed."""
        contact = Contact(
            name=self.required("name", inputs.full_name, "Nhập họ và tên."),
            phone=self.optional("phone", inputs.phone),
            email=self.optional("email", inputs.email),
        )
        faulty = self.has_fault("phone") or self.has_fault("email")
        if contact.phone is None and contact.email is None and not faulty:
            self.add("phone", "Nhập số điện thoại hoặc email để chúng tôi trả lời.")
        return contact

    def add(self, name: str, message: str) -> None:
        """Remember a fault."""
        self.errors.append(FieldError(name, message))

    def has_fault(self, name: str) -> bool:
        """Say whether a field has a fault already."""
        return any(error.field == name for error in self.errors)

    def refuse_if_faulty(self) -> None:
        """Raise every fault at once."""
        if self.errors:
            raise ValidationFailed(self.errors)


def _one_of(choices: Mapping[str, str], message: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in choices:
            raise BadInput(message)
        return text

    return read


def gathered(
    raw: Mapping[str, Any], name: str, columns: tuple[str, ...], most: int
) -> dict[str, Any]:
    """Put the cells of a form's table (``NAME-1-column``) together as a list of rows."""
    cells = {f"{name}-{row}-{one}" for row in range(1, most + 1) for one in columns}
    rest = {key: value for key, value in raw.items() if key not in cells}
    rows = [
        {one: raw.get(f"{name}-{row}-{one}", "") for one in columns} for row in range(1, most + 1)
    ]
    return {**rest, name: rows}
