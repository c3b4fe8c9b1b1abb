"""Whatever is sent, the API answers with something it describes, and never with a fault of ours."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.submissions import COMPLAINT, INQUIRY

SOME = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)

TEXTS = st.text(st.characters(), max_size=60)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


def bodies(example: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Correct submissions in which some fields are replaced, left out or made up."""
    changes = st.dictionaries(st.sampled_from(sorted(example)) | TEXTS, VALUES, max_size=4)
    missing = st.sets(st.sampled_from(sorted(example)), max_size=2)
    return st.builds(
        lambda changed, gone: {k: v for k, v in {**example, **changed}.items() if k not in gone},
        changes,
        missing,
    )


def check(client: FlaskClient, path: str, body: dict[str, Any]) -> None:
    # Written with escapes, so that halves of surrogate pairs reach the server as well.
    text = json.dumps(body, ensure_ascii=True)
    answer = client.post(path, data=text, content_type="application/json")
    assert answer.status_code in (201, 400, 413, 422), answer.text
    if answer.status_code != 201:
        problem = answer.get_json()
        assert problem["recorded"] is False
        assert problem["status"] == answer.status_code
        assert all(error["message"] for error in problem.get("errors", []))


@SOME
@given(body=bodies(COMPLAINT))
def test_no_complaint_makes_the_server_fail(client: FlaskClient, body: dict[str, Any]) -> None:
    check(client, "/api/v1/complaints", body)


@SOME
@given(body=bodies(INQUIRY))
def test_no_inquiry_makes_the_server_fail(client: FlaskClient, body: dict[str, Any]) -> None:
    check(client, "/api/v1/invoice-inquiries", body)


@SOME
@given(raw=st.binary(max_size=200))
def test_no_bytes_make_the_server_fail(client: FlaskClient, raw: bytes) -> None:
    for kind in ("application/json", "application/x-www-form-urlencoded"):
        for path in ("/api/v1/complaints", "/gui/khieu-nai/", "/ho-so/", "/ho-so/bo-sung/"):
            answer = client.post(path, data=raw, content_type=kind)
            assert answer.status_code in (400, 415, 422), (path, answer.text)


@SOME
@given(question=st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_no_question_makes_the_search_fail(client: FlaskClient, question: str) -> None:
    for path, name in (("/tim-kiem/", "q"), ("/api/v1/search", "q")):
        answer = client.get(path, query_string={name: question})
        assert answer.status_code in (200, 400)


@SOME
@given(code=st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=60))
def test_no_code_makes_following_a_case_fail(client: FlaskClient, code: str) -> None:
    answer = client.get("/api/v1/case", headers={"Authorization": f"Bearer {code}"})
    assert answer.status_code == 401


@pytest.fixture(autouse=True)
def quick_index(client: FlaskClient) -> None:
    """Make the search index before Hypothesis looks at its watch."""
    client.get("/tim-kiem/?q=a")
