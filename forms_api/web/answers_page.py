"""The answers as the desk understood them, for the page on which people check them."""

from dataclasses import dataclass
from typing import Any

from forms_api.kinds.field import Field
from forms_api.kinds.questions import Questions
from service_policy.cases import FileCase


@dataclass(frozen=True)
class AnswerSection:
    """The answers of one section; rows are as ``forms.summary_list`` wants them."""

    title: str
    rows: tuple[dict[str, Any], ...]


def answer_rows(questions: Questions, command: FileCase, url: str) -> tuple[AnswerSection, ...]:
    """Return every answer in words, with a button that leads back to its question on ``url``."""
    return tuple(
        AnswerSection(
            str(section.title),
            tuple(
                {
                    "key": field.label,
                    "value": _words(field, command.private.get(field.name)),
                    "change": field.name,
                    "change_action": f"{url}#{field.inputs[0]}",
                }
                for field in section.fields
                if field.widget not in ("hidden", "list")
            ),
        )
        for section in questions.sections
    )


def _words(field: Field, answer: Any) -> str | None:
    return None if answer is None and field.widget != "tick" else field.said(answer)
