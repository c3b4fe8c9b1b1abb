"""The answers as the desk understood them, for the page on which people check them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from forms_api.inputs import phone_words
from forms_api.web.fields import Field, Questions
from forms_api.words import quote_lines
from service_policy.cases.filing.commands import Filing
from theme.filters import date_vi, vnd


@dataclass(frozen=True)
class AnswerSection:
    """The answers of one section; rows are as ``forms.summary_list`` wants them."""

    title: str
    rows: tuple[dict[str, Any], ...]


def answer_rows(questions: Questions, command: Filing, url: str) -> tuple[AnswerSection, ...]:
    """Return every answer in words, with a button that leads back to its question on ``url``."""
    answers = command.private
    return tuple(
        AnswerSection(
            section.title,
            tuple(
                {
                    "key": field.label,
                    "value": _words(field, answers.get(field.name)),
                    "change": field.name,
                    "change_action": f"{url}#{field.inputs[0]}",
                }
                for field in section.fields
                if field.kind not in ("hidden", "list")
            ),
        )
        for section in questions.sections
    )


def _words(field: Field, answer: Any) -> str | None:
    match field.kind:
        case "tick":
            return "Có" if answer else "Không"
        case _ if answer is None:
            return None
        case "radios" | "select":
            return field.words(str(answer))
        case "phone":
            return phone_words(answer)
        case "day":
            return date_vi(date.fromisoformat(answer))
        case "money":
            return vnd(answer)
        case "rows" if len(field.columns) == 1:
            return "; ".join(field.columns[0].words(one) for one in answer)
        case "rows":
            return quote_lines(answer)
        case _:
            return str(answer)
