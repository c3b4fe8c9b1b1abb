"""The questions of the forms: each field described once, for people and for programs.

The HTML forms, the page of answers to check and the OpenAPI document are made from these
descriptions. What a value must look like is decided in ``forms_api.intake``; a test holds both
to each other.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

Kind = Literal[
    "radios",
    "select",
    "line",
    "phone",
    "email",
    "day",
    "money",
    "text",
    "tick",
    "files",
    "hidden",
    "list",
    "number",
    "rows",
]
"""``hidden`` and ``list`` (one text a line) are filled in by the page itself, never by hand.
``rows`` is a small table: its ``columns`` are asked as often as ``count`` says, empty rows too."""


@dataclass(frozen=True)
class Choice:
    """One answer to choose: the code of the contract, its words, and perhaps a hint."""

    value: str
    words: str
    hint: str = ""

    @property
    def option(self) -> tuple[str, ...]:
        """The choice as the theme's macros take it."""
        return (self.value, self.words, self.hint) if self.hint else (self.value, self.words)


@dataclass(frozen=True)
class Field:
    """One question.

    ``label``, ``hint`` and the words of ``choices`` are Vietnamese. ``groups`` arranges the
    choices of a long list under titles; ``empty`` is the choice of none, ``missing``
    says what to do about an answer that must be there. ``depends`` says that another answer
    decides whether this one is needed, so that it is not called optional. ``open`` says that
    programs may send other values than the listed choices. ``about`` tells programmers, in
    English, what the field takes.
    """

    name: str
    label: str
    kind: Kind
    about: str
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
    def options(self) -> tuple[tuple[str, ...], ...]:
        """The choices as the theme's macros take them: code, words, and a hint if there is one."""
        return tuple(choice.option for choice in self.choices)

    @property
    def option_groups(self) -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
        """The grouped choices as the theme's macros take them."""
        return tuple(
            (title, tuple(choice.option for choice in group))
            for title, group in self.groups.items()
        )

    def words(self, value: str) -> str:
        """Return the words of a chosen code; the code itself when it is not listed."""
        listed = (*self.choices, *(one for group in self.groups.values() for one in group))
        return next((one.words for one in listed if one.value == value), value)

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the field's value."""
        match self.kind:
            case "tick":
                return {"type": "boolean", "default": False, "description": self.about}
            case "money" | "number":
                # What people type ("1tr2") is taken as well; a program sends an integer.
                kinds = ["integer", "string"]
                if self.kind == "number" and not self.required:
                    kinds.append("null")
                return {"type": kinds, "description": self.about}
            case "rows":
                return self._table()
            case "list":
                texts = {"type": "string"}
                return {"type": ["array", "null"], "items": texts, "description": self.about}
            case _:
                return self._text()

    def _text(self) -> dict[str, Any]:
        schema: dict[str, Any] = {"type": "string", "description": self.about}
        if self.choices and not self.open:
            schema["enum"] = [choice.value for choice in self.choices]
        if self.shortest:
            schema["minLength"] = self.shortest
        if self.longest:
            schema["maxLength"] = self.longest
        if self.kind in ("email", "day"):
            schema["examples"] = [{"email": "ten@tenmien.vn", "day": "2026-11-21"}[self.kind]]
        if not self.required:
            schema["type"] = ["string", "null"]
            if "enum" in schema:
                schema["enum"] = [*schema["enum"], "", None]
        return schema

    def _table(self) -> dict[str, Any]:
        """Return the schema of a table: a list of texts, or of objects for several columns."""
        items: dict[str, Any] = {"type": "string"}
        if len(self.columns) > 1:
            items = {
                "type": "object",
                "properties": {one.name: one.schema() for one in self.columns},
                "required": [one.name for one in self.columns if one.required],
                "additionalProperties": False,
            }
        schema = {"type": "array", "items": items, "maxItems": self.count}
        if self.required:
            return {**schema, "minItems": 1, "description": self.about}
        return {**schema, "type": ["array", "null"], "description": self.about}


@dataclass(frozen=True)
class Section:
    """Questions about one thing; ``id`` is the anchor of its heading."""

    id: str
    title: str
    fields: tuple[Field, ...]
    hint: str = ""


@dataclass(frozen=True)
class Questions:
    """All questions of one kind of case, in the order in which they are asked."""

    sections: tuple[Section, ...]

    def __iter__(self) -> Iterator[Field]:
        """Go through the fields in order."""
        return (one for section in self.sections for one in section.fields)

    def names(self) -> tuple[str, ...]:
        """Return the names that the answers have on a form, in order."""
        return tuple(name for one in self for name in one.inputs)
