"""The questions of a form in their order, and what somebody answered to them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from forms_api.errors import FieldError, ValidationFailed
from forms_api.kinds.field import Field, Setting, read_all
from service_policy.segments import Matrix

Words = str | Callable[[Matrix], str]
"""Words in Vietnamese, or what makes them for the customers and families that a company has."""


def spoken(words: Words, matrix: Matrix) -> str:
    """Return the words as this company says them."""
    return words if isinstance(words, str) else words(matrix)


@dataclass(frozen=True)
class Section:
    """Questions about one thing; ``id`` is the anchor of its heading."""

    id: str
    title: Words
    fields: tuple[Field, ...]
    hint: str = ""

    def asked(self, setting: Setting) -> "Section | None":
        """Return the section as this company asks it; None where nothing of it is asked."""
        fields = tuple(found for one in self.fields if (found := one.asked(setting)) is not None)
        title = spoken(self.title, setting.policy.matrix)
        return replace(self, title=title, fields=fields) if fields else None


@dataclass
class Answers:
    """What was answered, by the name of the field, and what is wrong with it.

    ``json`` says that a program sent it: the cells of a table have no names of their own there.
    """

    values: dict[str, Any]
    errors: list[FieldError] = field(default_factory=list)
    json: bool = False

    def get(self, name: str) -> Any:
        """Return an answer; None for one that is missing, wrong or not asked."""
        return self.values.get(name)

    def add(self, name: str, message: str) -> None:
        """Remember a fault."""
        self.errors.append(FieldError(name, message))

    def faulty(self, name: str) -> bool:
        """Say whether a field, or a cell of it, has a fault already."""
        return any(error.field.split("-")[0] == name for error in self.errors)

    def refuse_if_faulty(self) -> None:
        """Raise ``ValidationFailed`` with every fault at once."""
        if self.errors:
            raise ValidationFailed(self.errors)


@dataclass(frozen=True)
class Questions:
    """Questions in the order in which they are asked."""

    sections: tuple[Section, ...]

    def __iter__(self) -> Iterator[Field]:
        """Go through the fields in order."""
        return (one for section in self.sections for one in section.fields)

    def asked(self, setting: Setting) -> "Questions":
        """Return the questions as this company asks them."""
        found = (section.asked(setting) for section in self.sections)
        return Questions(tuple(section for section in found if section is not None))

    def names(self) -> tuple[str, ...]:
        """Return the names that the answers have on a form, in order."""
        return tuple(name for one in self for name in one.inputs)

    def read(self, raw: Mapping[str, Any], today: date, *, json: bool = False) -> Answers:
        """Judge everything that was sent, over the form or with ``json`` by a program.

        Every fault is collected, so that a person sees all of them at once; nothing is guessed and
        nothing is dropped without a word.
        """
        values, errors = read_all(self, raw if json else self._gathered(raw), today, json=json)
        return Answers(values, errors, json)

    def _gathered(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """Put the cells of a form's tables (``NAME-1-column``) together as lists of rows."""
        rest = dict(raw)
        for one in self:
            if one.widget == "rows":
                columns = [column.name for column in one.columns]
                rest[one.name] = [
                    {name: rest.pop(f"{one.name}-{row}-{name}", "") for name in columns}
                    for row in range(1, one.count + 1)
                ]
        return rest
