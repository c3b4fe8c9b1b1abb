"""The description of the API is valid, and every answer it lists is given as it says."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator
from werkzeug.test import TestResponse

from forms_api.portal import Portal
from forms_api.web.limits import SHARED
from tests.support.documents import REQUEST
from tests.support.submissions import COMPLAINT, INQUIRY, QUESTION
from tests.web.conftest import MakeApp

DOCUMENT = "/api/v1/openapi.json"
CHECKS = "/api/v1/document-checks"
POSTS = {
    "/api/v1/complaints": COMPLAINT,
    "/api/v1/invoice-inquiries": INQUIRY,
    "/api/v1/questions": QUESTION,
    "/api/v1/document-requests": REQUEST,
}

FEEDBACK = "/api/v1/feedback"
SAID = {"page_url": "/hoi-dap/", "page_version": "1", "useful": "no", "comment": "Khó hiểu."}
MISSES = "/api/v1/search-misses"

Answers = dict[tuple[str, str], dict[str, TestResponse]]


@pytest.fixture
def document(client: FlaskClient) -> dict[str, Any]:
    """Return the published description."""
    body: dict[str, Any] = client.get(DOCUMENT).get_json()
    return body


def test_the_description_is_valid(document: dict[str, Any]) -> None:
    OpenAPIV31SpecValidator(document).validate()
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_the_description_lists_exactly_the_routes(app: Flask, document: dict[str, Any]) -> None:
    routes = {
        (rule.rule, method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    listed = {(path, method) for path, item in document["paths"].items() for method in item}
    assert listed == routes


def test_every_listed_answer_is_given_as_described(
    document: dict[str, Any], make_app: MakeApp, sqlite_url: str
) -> None:
    seen = everything(make_app(sqlite_url, PORTAL_RATELIMIT="on"))
    for (path, method), answers in seen.items():
        listed = document["paths"][path][method]["responses"]
        assert set(listed) == set(answers), f"{method} {path}"
        for status, answer in answers.items():
            if "content" not in listed[status]:
                assert answer.data == b"", f"{method} {path} {status}"
                continue
            (content_type, media), *_ = listed[status]["content"].items()
            assert answer.mimetype == content_type, f"{method} {path} {status}"
            schema = {**media["schema"], "components": document["components"]}
            faults = Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(
                answer.get_json()
            )
            assert [fault.message for fault in faults] == [], f"{method} {path} {status}"
            for header in listed[status].get("headers", {}):
                assert answer.headers[header], f"{method} {path} {status}: {header}"
    assert set(seen) == {
        (path, method) for path, item in document["paths"].items() for method in item
    }


def test_examples_of_the_tests_satisfy_the_described_bodies(document: dict[str, Any]) -> None:
    for path, body in POSTS.items():
        content = document["paths"][path]["post"]["requestBody"]["content"]
        schema = {**content["application/json"]["schema"], "components": document["components"]}
        assert list(Draft202012Validator(schema).iter_errors(body)) == []


def everything(app: Flask) -> Answers:
    """Provoke every answer of every operation; the store fails last."""
    client = app.test_client()
    seen: Answers = {}

    def keep(path: str, method: str, answer: TestResponse) -> None:
        seen.setdefault((path, method), {})[str(answer.status_code)] = answer

    for number, (path, body) in enumerate(POSTS.items(), 1):
        # Each kind comes from an address of its own: together they would reach the limit.
        client.environ_base["REMOTE_ADDR"] = f"198.51.100.{number}"
        for answer in posts(client, path, body):
            keep(path, "post", answer)
    for answer in posts(client, FEEDBACK, SAID, other="comment"):
        keep(FEEDBACK, "post", answer)
    code = seen["/api/v1/complaints", "post"]["201"].get_json()["code"]
    bearer = {"Authorization": f"Bearer {code}"}
    for headers in (bearer, {}):
        keep("/api/v1/case", "get", client.get("/api/v1/case", headers=headers))
    keep("/api/v1/commitments", "get", client.get("/api/v1/commitments"))
    keep(CHECKS, "get", client.get(CHECKS))
    keep(DOCUMENT, "get", client.get(DOCUMENT))
    for query in ("?q=gia", ""):
        keep("/api/v1/search", "get", client.get(f"/api/v1/search{query}"))
    for answer in reports(client):
        keep(MISSES, "post", answer)

    portal: Portal = app.extensions["portal"]
    portal.store.close()
    Path(str(portal.store.admin.url.database)).write_bytes(b"this is no database" * 100)
    client.environ_base["REMOTE_ADDR"] = "198.51.100.100"
    for path, body in POSTS.items():
        keep(path, "post", client.post(path, json=body))
    keep(FEEDBACK, "post", client.post(FEEDBACK, json=SAID))
    keep("/api/v1/case", "get", client.get("/api/v1/case", headers=bearer))
    keep(CHECKS, "get", client.get(CHECKS))
    posted = [(path, "post") for path in (*POSTS, FEEDBACK)]
    for path, method in (*posted, ("/api/v1/case", "get")):
        keep(path, method, until_refused(client, path, method))
    keep("/api/v1/search", "get", until_refused(client, "/api/v1/search", "get"))
    keep(MISSES, "post", client.post(MISSES, json={"q": "tuyển dụng"}))
    keep(MISSES, "post", until_refused(client, MISSES, "post"))
    return seen


def posts(
    client: FlaskClient, path: str, body: dict[str, Any], other: str = "name"
) -> Iterator[TestResponse]:
    """Post well and badly: recorded, conflicting, faulty, unreadable, foreign, too large."""
    key = {"Idempotency-Key": f"a-key-of-one-path-{path}"}
    yield client.post(path, json=body, headers=key)
    yield client.post(path, json={**body, other: "Người Khác"}, headers=key)
    yield client.post(path, json={})
    yield client.post(path, data="{", content_type="application/json")
    yield client.post(path, data="x", content_type="text/plain")
    yield client.post(path, json=body, headers={"Origin": "https://evil.example"})
    yield client.post(path, json={**body, other: "x" * 200_000})


def reports(client: FlaskClient) -> Iterator[TestResponse]:
    """Report a search well and badly."""
    yield client.post(MISSES, json={"q": "tuyển dụng"})
    yield client.post(MISSES, json={})
    yield client.post(MISSES, data="{", content_type="application/json")
    yield client.post(MISSES, data="x", content_type="text/plain")
    yield client.post(MISSES, json={"q": "x y"}, headers={"Origin": "https://evil.example"})
    yield client.post(MISSES, json={"q": "x" * 200_000})


def until_refused(client: FlaskClient, path: str, method: str) -> TestResponse:
    """Ask until the limit is reached; more than the largest limit of a minute."""
    most = max(int(limit.split()[0]) for limit, _ in SHARED.values()) + 1
    for _ in range(most):
        answer = client.open(path, method=method.upper())
        if answer.status_code == 429:
            return answer
    raise AssertionError("no limit")
