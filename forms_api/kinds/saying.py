"""Kept answers in words: for whoever gave them, for the company's readers, for exports."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from forms_api.inputs import phone_words
from forms_api.kinds.field import Field
from theme.filters import date_vi, vnd


def said(field: Field, value: Any) -> str:
    """Say a kept answer to whoever gave it."""
    match field.widget:
        case "tick":
            return "Có" if value else "Không"
        case "radios" | "select" | "hidden" if field.listed:
            return field.words(str(value))
        case "phone":
            return phone_words(value)
        case "day":
            return date_vi(date.fromisoformat(value))
        case "money":
            return vnd(value)
        case "list":
            return "; ".join(value)
        case "rows" if len(field.columns) == 1:
            return "; ".join(field.columns[0].words(one) for one in value)
        case "rows":
            return "; ".join(_row(one) for one in value)
        case _:
            return str(value)


def told(field: Field, value: Any) -> str:
    """Say a kept answer to a reader of the company."""
    if field.told is not None:
        return field.told(value)
    words = said(field, value)
    return words.lower() if field.widget == "tick" else words


def _row(row: Mapping[str, Any]) -> str:
    first, *rest = row.values()
    return f"{first}: {' '.join(str(one) for one in rest)}"
