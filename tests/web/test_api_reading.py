"""Reading by API: a case by its code, the commitments, search."""

from datetime import datetime

import pytest
from flask.testing import FlaskClient

from forms_api.checks import record
from forms_api.portal import Portal
from service_policy.weekly_check import Finding, WeeklyCheck
from tests.support.application import Clock
from tests.support.submissions import COMPLAINT

CASE = "/api/v1/case"


def bearer(code: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {code}"}


def test_a_case_is_shown_to_whoever_holds_its_code(any_client: FlaskClient, clock: Clock) -> None:
    filed = any_client.post("/api/v1/complaints", json=COMPLAINT).get_json()
    clock.move(hours=6)
    body = any_client.get(CASE, headers=bearer(filed["code"])).get_json()
    assert list(body) == [
        "reference",
        "kind",
        "state",
        "received_at",
        "owner",
        "holder",
        "promises",
        "events",
    ]
    assert (body["reference"], body["kind"], body["state"]) == (
        filed["reference"],
        "complaint",
        "open",
    )
    assert set(body["holder"]) == {"role", "department", "since"}
    status = {promise["id"]: promise["status"] for promise in body["promises"]}
    assert status["CK-02"] == "missed"
    assert status["CK-03"] == "running"
    owed = {promise["id"]: promise["owed_vnd"] for promise in body["promises"]}
    assert (owed["CK-02"], owed["CK-03"]) == (50000, 0)
    assert body["events"][0]["type"] == "received"
    assert COMPLAINT["name"] not in str(body)


def test_every_miss_is_the_same_answer(client: FlaskClient) -> None:
    filed = client.post("/api/v1/complaints", json=COMPLAINT).get_json()
    misses = [
        {},
        bearer(""),
        bearer("x"),
        bearer("AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA"),
        bearer(filed["reference"]),
        bearer("ma\xfb"),
        {"Authorization": f"Basic {filed['code']}"},
        {"Authorization": filed["code"]},
    ]
    answers = [client.get(CASE, headers=headers) for headers in misses]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.data for answer in answers}) == 1
    assert len({str(sorted(answer.headers)) for answer in answers}) == 1


def test_the_code_is_not_taken_from_the_address(client: FlaskClient) -> None:
    filed = client.post("/api/v1/complaints", json=COMPLAINT).get_json()
    assert client.get(f"{CASE}?code={filed['code']}").status_code == 401


def test_the_commitments_in_force_are_published(client: FlaskClient) -> None:
    body = client.get("/api/v1/commitments").get_json()
    ids = [one["id"] for one in body["commitments"]]
    assert ids == [f"CK-{number:02d}" for number in range(1, 19)]
    assert body["as_of"] == "2026-11-23"
    second = body["commitments"][1]
    assert second["owner"]["role"]
    assert any("household" in target["segments"] for target in second["targets"])
    assert all(target["text"] for one in body["commitments"] for target in one["targets"])


def test_the_fingerprint_is_the_one_of_pages_and_health(client: FlaskClient) -> None:
    fingerprint = client.get("/api/v1/commitments").get_json()["fingerprint"]
    assert client.get("/readyz").get_json()["fingerprint"] == fingerprint
    assert fingerprint in client.get("/gui/khieu-nai/").text


def test_search_finds_the_lost_card(client: FlaskClient) -> None:
    body = client.get("/api/v1/search?q=mat+phieu+bao+hanh").get_json()
    first = body["results"][0]
    assert (first["id"], first["kind"]) == ("hoi-dap:BH-01", "hoi-dap")
    assert first["url"].startswith("/hoi-dap/")
    assert "<" not in first["snippet"]
    assert body["sure"] is True


def test_search_says_when_no_answer_is_sure_and_what_was_meant(client: FlaskClient) -> None:
    assert client.get("/api/v1/search?q=tuyen+dung").get_json()["sure"] is False
    mended = client.get("/api/v1/search?q=bao+hanhh+mat+phieu").get_json()
    assert mended["meant"] is not None


@pytest.mark.parametrize("query", ["", "?q=", "?q=+", f"?q={'x' * 201}"])
def test_a_search_needs_a_question(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/api/v1/search{query}")
    assert answer.status_code == 400
    assert "recorded" not in answer.get_json()


def test_health_says_how_a_write_is_kept(any_client: FlaskClient) -> None:
    assert any_client.get("/healthz").get_json() == {"status": "ok"}
    report = any_client.get("/readyz").get_json()
    assert report["status"] == "ready"
    assert report["database"]["durable"] is True
    assert report["database"]["mode"]


def test_times_carry_vietnams_offset(client: FlaskClient) -> None:
    filed = client.post("/api/v1/complaints", json=COMPLAINT).get_json()
    times = [filed["received_at"], *(promise["due_at"] for promise in filed["promises"])]
    assert {str(datetime.fromisoformat(time).utcoffset()) for time in times} == {"7:00:00"}


def test_the_latest_check_of_the_documents_is_told_without_what_it_found(
    any_client: FlaskClient, clock: Clock
) -> None:
    address = "/api/v1/document-checks"
    assert any_client.get(address).get_json() == {"latest": None}
    portal: Portal = any_client.application.extensions["portal"]
    found = Finding(kind="stock", where="Cửa hàng Huế", what="bảng giá: còn 3 bản")
    result = WeeklyCheck(
        checked_on=clock().date(), links=9, documents=2, documents_right=1, findings=(found,)
    )
    record(portal, result, clock())
    assert any_client.get(address).get_json() == {
        "latest": {
            "checked_on": "2026-11-23",
            "good_until": "2026-12-01",
            "links": 9,
            "documents": 2,
            "documents_right": 1,
        }
    }
