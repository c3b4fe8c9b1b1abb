"""Filing by API: the contract's fields, statuses and bytes, on both databases."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from forms_api.portal import Portal
from tests.support.submissions import COMPLAINT, INQUIRY

COMPLAINTS = "/api/v1/complaints"
INQUIRIES = "/api/v1/invoice-inquiries"


def post(
    client: FlaskClient, body: Any, key: str | None = None, url: str = COMPLAINTS
) -> TestResponse:
    headers = {} if key is None else {"Idempotency-Key": key}
    return client.post(url, json=body, headers=headers)


def faults(answer: TestResponse) -> dict[str, str]:
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["recorded"] is False
    return {one["field"]: one["message"] for one in answer.get_json().get("errors", [])}


def test_a_complaint_is_answered_as_the_contract_says(any_client: FlaskClient) -> None:
    answer = post(any_client, COMPLAINT)
    body = answer.get_json()
    assert answer.status_code == 201
    assert list(body) == ["reference", "code", "received_at", "owner", "promises", "follow_url"]
    assert re.fullmatch(r"KN-26-[0-9A-Z]{4}-[0-9A-Z]{4}", body["reference"])
    assert body["received_at"] == "2026-11-23T09:00:00+07:00"
    assert body["owner"] == {"role": "Trưởng phòng Kho vận", "department": "Kho vận"}
    assert body["follow_url"] == "/ho-so/"
    assert {"CK-01", "CK-02", "CK-03"} <= {promise["id"] for promise in body["promises"]}
    answered = next(one for one in body["promises"] if one["id"] == "CK-02")
    assert answered["due_at"] == "2026-11-23T14:00:00+07:00"
    assert answered["compensation_if_missed_vnd"] == 50000
    assert set(answered) == {"id", "version", "measure", "due_at", "compensation_if_missed_vnd"}


def test_an_inquiry_is_answered_as_the_contract_says(any_client: FlaskClient) -> None:
    body = post(any_client, INQUIRY, url=INQUIRIES).get_json()
    assert re.fullmatch(r"HD-26-[0-9A-Z]{4}-[0-9A-Z]{4}", body["reference"])
    assert body["owner"]["department"] == "Kế toán"


def test_the_same_key_and_body_give_the_same_bytes(any_client: FlaskClient) -> None:
    first, second = (
        post(any_client, COMPLAINT, "a-key-of-my-own-1"),
        post(any_client, COMPLAINT, "a-key-of-my-own-1"),
    )
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.data == second.data


def test_the_same_key_with_another_body_is_refused_without_a_code(any_client: FlaskClient) -> None:
    code = post(any_client, COMPLAINT, "a-key-of-my-own-1").get_json()["code"]
    answer = post(any_client, {**COMPLAINT, "name": "Người Khác"}, "a-key-of-my-own-1")
    assert answer.status_code == 409
    assert code not in answer.text
    assert "code" not in answer.get_json()
    assert "KN-26" not in answer.text


def test_without_a_key_each_post_is_a_case_of_its_own(any_client: FlaskClient) -> None:
    first, second = post(any_client, COMPLAINT).get_json(), post(any_client, COMPLAINT).get_json()
    assert first["reference"] != second["reference"]
    assert first["code"] != second["code"]


def test_every_fault_is_named_at_once(client: FlaskClient) -> None:
    answer = post(client, {"phone": "12", "occurred_on": "2030-01-01", "remedy_wanted": "money"})
    assert answer.status_code == 422
    assert set(faults(answer)) == {
        "category",
        "description",
        "segment",
        "name",
        "phone",
        "occurred_on",
        "remedy_wanted",
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("description", "x" * 19),
        ("description", "x" * 4001),
        ("description", 12345678901234567890),
        ("name", ["a"]),
        ("priority", "true"),
        ("marketing_consent", 1),
        ("segment", "H"),
        ("category", "gt"),
        ("email", "a@b.vn, c@d.vn"),
        ("email", "a@b.vn\nBcc: c@d.vn"),
        ("name", "A\x00B"),
        ("serail", "SN-1"),
    ],
)
def test_a_wrong_value_is_a_fault_of_its_field(
    client: FlaskClient, field: str, value: object
) -> None:
    answer = post(client, {**COMPLAINT, field: value})
    assert answer.status_code == 422
    assert set(faults(answer)) == {field}


def test_phone_or_email_is_enough_and_one_is_needed(client: FlaskClient) -> None:
    bare = {name: value for name, value in COMPLAINT.items() if name not in ("phone", "email")}
    assert post(client, {**bare, "email": "a@vidu.vn"}).status_code == 201
    assert post(client, {**bare, "phone": "+84 912 345 678"}).status_code == 201
    assert set(faults(post(client, bare))) == {"phone"}


def test_length_is_counted_in_composed_characters(client: FlaskClient) -> None:
    decomposed = "e\u0302\u0323" * 4000
    assert post(client, {**COMPLAINT, "description": decomposed}).status_code == 201


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"null",
        b'{"name": NaN}',
        b'{"name": "a", "name": "b"}',
        b'{"name": "\xff"}',
        b'{"name": "\\ud800"}',
        b'{"\\ud800": 1}',
        b'{"a": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
        b'{"a": [[[[[1]]]]]}',
        b'{"total_vnd": ' + b"9" * 5000 + b"}",
        '{"name": "a"}'.encode("utf-16"),
    ],
)
def test_what_is_no_json_object_is_refused(client: FlaskClient, body: bytes) -> None:
    answer = client.post(COMPLAINTS, data=body, content_type="application/json")
    assert answer.status_code == 400
    assert faults(answer) == {}
    assert "chưa được ghi nhận" in answer.get_json()["detail"]


def test_other_kinds_of_body_are_refused(client: FlaskClient) -> None:
    assert client.post(COMPLAINTS, data=COMPLAINT).status_code == 415
    assert client.post(COMPLAINTS, data="{}", content_type="text/plain").status_code == 415
    assert client.post(COMPLAINTS).status_code == 415


def test_a_body_that_is_too_large_is_refused(client: FlaskClient) -> None:
    answer = post(client, {**COMPLAINT, "description": "x" * 200_000})
    assert answer.status_code == 413
    assert "chưa được ghi nhận" in answer.get_json()["detail"]


@pytest.mark.parametrize(
    "key", ["", "có dấu".encode().decode("latin-1"), "a b", "x" * 256, "\t", "1", "k" * 15]
)
def test_a_malformed_key_is_refused(client: FlaskClient, key: str) -> None:
    answer = post(client, COMPLAINT, key)
    assert answer.status_code == 400
    assert set(faults(answer)) == {"Idempotency-Key"}


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_a_post_from_another_site_is_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    answer = client.post(COMPLAINTS, json=COMPLAINT, headers=headers)
    assert answer.status_code == 403
    assert answer.get_json()["recorded"] is False


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}]
)
def test_a_post_from_our_own_page_is_taken(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post(COMPLAINTS, json=COMPLAINT, headers=headers).status_code == 201


def test_a_store_that_fails_says_that_nothing_was_recorded(client: FlaskClient) -> None:
    portal: Portal = client.application.extensions["portal"]
    portal.store.close()
    answer = post(client, COMPLAINT)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert answer.get_json()["detail"].startswith("Phiếu chưa được ghi nhận.")
    assert any("1900 0000" in channel for channel in answer.get_json()["channels"])


def test_methods_and_addresses_that_do_not_exist(client: FlaskClient) -> None:
    wrong_method = client.get(COMPLAINTS)
    assert wrong_method.status_code == 405
    assert "POST" in wrong_method.headers["Allow"]
    assert wrong_method.mimetype == "application/problem+json"
    assert client.get("/api/v1/nothing").get_json()["status"] == 404
    assert client.post("/api/v1/warranty-claims", json={}).status_code == 404
