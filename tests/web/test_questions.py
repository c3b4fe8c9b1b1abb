"""Every kind that is declared asks, tells and judges the same, field by field."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from forms_api import inputs
from forms_api.errors import ValidationFailed
from forms_api.kinds import KINDS
from forms_api.kinds.kind import Kind
from forms_api.kinds.questions import Questions
from service_policy.content import Library
from tests.support.documents import LINES
from tests.support.kinds import example

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


FULL = {
    "address": "12 phố Mẫu, xã Mẫu",
    "fax": "028 3825 1234",
    "shop": "Cửa hàng Mẫu",
    "quote_lines": LINES,
}
"""What some answers of a request for documents need besides."""


@pytest.fixture(params=KINDS, ids=lambda kind: kind.id)
def kind(request: pytest.FixtureRequest) -> Kind:
    found: Kind = request.param
    return found


def faulty(kind: Kind, body: dict[str, Any], library: Library) -> set[str]:
    try:
        kind.read(body, library.policy, NOW, json=True)
    except ValidationFailed as failure:
        return {error.field for error in failure.errors}
    return set()


def test_no_two_kinds_share_an_address_or_a_prefix() -> None:
    for name in ("id", "url", "api_url", "prefix", "place", "schema"):
        values = [getattr(one, name) for one in KINDS]
        assert len(values) == len(set(values)), name
    for one in KINDS:
        assert re.fullmatch("[A-Z]{2}", one.prefix)


def test_the_main_text_and_the_topic_are_questions_of_the_kind(kind: Kind) -> None:
    fields = {field.name: field for field in Questions(kind.sections)}
    assert kind.main_text
    for name in kind.main_text:
        assert fields[name].widget == "text"
    if kind.topic:
        assert {one.value for one in fields[kind.topic].choices} == set(kind.topics)
    assert {"name", "phone", "email", "segment"} <= fields.keys()


def test_what_was_sent_is_described_whole_to_the_department(kind: Kind, library: Library) -> None:
    given = example(kind, library.policy)
    command = kind.read(given, library.policy, NOW, json=True)
    said = dict(kind.described(command.private, library.policy))
    assert said["Họ và tên"] == given["name"]
    # What has a default is told as well.
    assert len(said) >= len(given)


def test_required_is_what_cannot_be_left_out(kind: Kind, library: Library) -> None:
    documents = kind.id == "document_request"
    for field in kind.questions(library.policy):
        rest = {
            name: value
            for name, value in example(kind, library.policy).items()
            if name != field.name
        }
        rest.setdefault("phone", "0912 345 678")
        # Documents that come by e-mail need an address; a request that comes otherwise does not.
        # Only a request for a quote may name no document.
        needed = field.required or (documents and field.name in ("email", "document_ids"))
        assert (field.name in faulty(kind, rest, library)) == needed, field.name


def test_every_choice_is_taken_and_no_other(kind: Kind, library: Library) -> None:
    given = example(kind, library.policy)
    for field in kind.questions(library.policy):
        for choice in field.listed:
            more = FULL if kind.id == "document_request" else {}
            body = {**given, **more, field.name: choice.value}
            if body.get("purpose") != "quote":
                body.pop("quote_lines", None)
            assert faulty(kind, body, library) == set()
        if field.choices and not field.open:
            assert faulty(kind, {**given, field.name: "none of them"}, library) == {field.name}


def test_the_limits_of_length_are_the_ones_that_hold(kind: Kind, library: Library) -> None:
    given = example(kind, library.policy)
    for field in kind.questions(library.policy):
        free = field.widget in ("line", "text") and field.reader in (
            None,
            inputs.code,
            inputs.full_name,
        )
        if field.longest and free:
            at_most = {**given, field.name: "a" * field.longest}
            assert faulty(kind, at_most, library) == set(), field.name
            too_long = {**given, field.name: "a" * (field.longest + 1)}
            assert faulty(kind, too_long, library) == {field.name}, field.name
        if field.shortest:
            too_short = {**given, field.name: "a" * (field.shortest - 1)}
            assert faulty(kind, too_short, library) == {field.name}
