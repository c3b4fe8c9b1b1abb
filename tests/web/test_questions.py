"""The questions and what reads their answers must agree, field by field."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from forms_api import intake, intake_documents
from forms_api.errors import ValidationFailed
from forms_api.web.document_fields import document_questions
from forms_api.web.fields import Questions
from forms_api.web.forms import VietnameseMessages
from forms_api.web.question_fields import question_questions
from forms_api.web.questions import complaint_questions, inquiry_questions
from service_policy.content import Library
from tests.support.documents import LINES, REQUEST
from tests.support.submissions import COMPLAINT, INQUIRY, QUESTION

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


FULL = {
    "address": "12 phố Mẫu, xã Mẫu",
    "fax": "028 3825 1234",
    "shop": "Cửa hàng Mẫu",
    "quote_lines": LINES,
}
"""What some answers of a request for documents need besides."""
READERS: dict[str, Callable[..., object]] = {
    "complaint": intake.complaint,
    "inquiry": intake.invoice_inquiry,
    "question": intake.question,
    "documents": intake_documents.document_request,
}


def faulty(kind: str, body: dict[str, Any], library: Library) -> set[str]:
    read = READERS[kind]
    try:
        read(body, library.policy, NOW, json=True)
    except ValidationFailed as failure:
        return {error.field for error in failure.errors}
    return set()


def questions_of(kind: str, library: Library) -> tuple[Questions, dict[str, Any]]:
    if kind == "complaint":
        return complaint_questions(library), COMPLAINT
    if kind == "question":
        return question_questions(library), QUESTION
    if kind == "documents":
        return document_questions(library), REQUEST
    return inquiry_questions(library), INQUIRY


KINDS = pytest.mark.parametrize("kind", ["complaint", "inquiry", "question", "documents"])


def test_the_forms_ask_for_exactly_what_is_read(library: Library) -> None:
    assert set(complaint_questions(library).names()) == set(intake.COMPLAINT_FIELDS)
    assert set(inquiry_questions(library).names()) == set(intake.INQUIRY_FIELDS)
    assert set(question_questions(library).names()) == set(intake.QUESTION_FIELDS)
    asked = [field.name for field in document_questions(library)]
    assert set(asked) == set(intake_documents.NAMES)


@KINDS
def test_required_is_what_cannot_be_left_out(kind: str, library: Library) -> None:
    questions, example = questions_of(kind, library)
    for field in questions:
        rest = {name: value for name, value in example.items() if name != field.name}
        rest.setdefault("phone", "0912 345 678")
        # Documents that come by e-mail need an address; a request that comes otherwise does not.
        # Only a request for a quote may name no document.
        needed = field.required or (kind == "documents" and field.name in ("email", "document_ids"))
        assert (field.name in faulty(kind, rest, library)) == needed, field.name


@KINDS
def test_every_choice_is_taken_and_no_other(kind: str, library: Library) -> None:
    questions, example = questions_of(kind, library)
    for field in questions:
        listed = (*field.choices, *(one for group in field.groups.values() for one in group))
        for choice in listed:
            more = FULL if kind == "documents" else {}
            body = {**example, **more, field.name: choice.value}
            if body.get("purpose") != "quote":
                body.pop("quote_lines", None)
            assert faulty(kind, body, library) == set()
        if field.choices and not field.open:
            assert faulty(kind, {**example, field.name: "none of them"}, library) == {field.name}


@KINDS
def test_the_limits_of_length_are_the_ones_that_hold(kind: str, library: Library) -> None:
    questions, example = questions_of(kind, library)
    for field in questions:
        if field.longest and field.kind in ("line", "text") and field.name in free_text(kind):
            at_most = {**example, field.name: "a" * field.longest}
            assert faulty(kind, at_most, library) == set(), field.name
            too_long = {**example, field.name: "a" * (field.longest + 1)}
            assert faulty(kind, too_long, library) == {field.name}, field.name
        if field.shortest:
            too_short = {**example, field.name: "a" * (field.shortest - 1)}
            assert faulty(kind, too_short, library) == {field.name}


def free_text(kind: str) -> set[str]:
    """Fields that take any text; the others have a shape of their own."""
    if kind == "question":
        return {"name", "question"}
    if kind == "documents":
        return {"name", "address", "shop", "details"}
    common = {"name", "order_no"}
    if kind == "complaint":
        return common | {"description", "serial", "invoice_no", "province", "commune"}
    return common | {"details", "correct_details"}


def test_an_unknown_message_of_the_forms_library_is_not_shown_in_english() -> None:
    messages = VietnameseMessages()
    assert messages.gettext("Something new.") == "Mục này chưa đúng."
    assert messages.ngettext("one", "many", 2) == "Mục này chưa đúng."
    assert "hãy gửi lại" in messages.gettext("The CSRF token has expired.")
