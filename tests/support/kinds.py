"""Submissions of any kind that is declared, made from its questions."""

from typing import Any

from forms_api.kinds.field import Field
from forms_api.kinds.kind import Kind
from service_policy.promises.policy import Policy

TEXT = "Kể lại một việc để thử, đủ dài để được nhận."
_TYPED: dict[str, Any] = {
    "name": "Nguyễn Thị Mẫu",
    "phone": "0912 345 678",
    "email": "mau@khach.example",
}
_BY_WIDGET: dict[str, Any] = {"text": TEXT, "day": "2026-11-23", "number": 1, "money": 1000}


def example(kind: Kind, policy: Policy) -> dict[str, Any]:
    """Return a submission as a program sends it: what has to be said, and both ways to answer.

    Of a table with one column the first line is filled in, because something is asked for there.
    """
    asked = kind.questions(policy)
    return {
        field.name: _answer(field)
        for field in asked
        if field.required or field.name in _TYPED or len(field.columns) == 1
    }


def _answer(field: Field) -> Any:
    if field.columns:
        return [_answer(field.columns[0])]
    if field.listed:
        return field.listed[0].value
    return _TYPED.get(field.name) or _BY_WIDGET.get(field.widget, "Mẫu")
