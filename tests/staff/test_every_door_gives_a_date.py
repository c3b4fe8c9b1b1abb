"""The form, the API and the desk: no case leaves them without a date, or is refused with reason."""

from dataclasses import replace
from datetime import date

import pytest

from forms_api.loading import load
from tests.support.application import library as sample
from tests.support.submissions import COMPLAINT, INQUIRY, QUESTION

__all__ = ["sample"]
TYPED = {key: str(value) for key, value in COMPLAINT.items()}


def variant(library, **changes):
    versions = tuple(one.model_copy(update=changes) for one in library.policy.versions)
    return replace(library, policy=replace(library.policy, versions=versions))


STARTING = {
    "tomorrow": {"effective_from": date(2026, 11, 24)},
    "next year": {"effective_from": date(2027, 1, 1)},
    "withdrawn": {"effective_to": date(2026, 10, 31)},
}


@pytest.fixture(params=STARTING)
def library(request, sample):
    """Give the content of a company whose promises are not in force today."""
    return variant(sample, **STARTING[request.param])


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("complaints", COMPLAINT),
        ("invoice-inquiries", INQUIRY),
        ("questions", QUESTION),
    ],
)
def test_the_api_answers_with_dates(app, path, body) -> None:
    answer = app.test_client().post(f"/api/v1/{path}", json=body)
    assert answer.status_code == 201, answer.text
    assert answer.get_json()["promises"]


@pytest.mark.parametrize("day", ["20/11/2026", "30/06/2026", "02/01/2025"])
def test_the_desk_enters_what_was_told_long_ago_with_dates(log_in, portal, day) -> None:
    lan = log_in()
    page = lan.get("/noi-bo/nhap/khieu-nai/")
    told = {"channel": "phone", "taken_on": day, "taken_time": "9:00"}
    seen = lan.press(page, "Ghi phiếu, in biên nhận", {**TYPED, **told})
    assert seen.status == 201
    reference = seen.html.split("/noi-bo/ho-so/")[1].split("/")[0]
    case = portal.store.read(lambda connection: load(connection, reference)).case
    assert {"CK-01", "CK-02", "CK-03"} <= {one.commitment_id for one in case.promises}


class TestNothingPromised:
    """A company that promises to projects alone."""

    @pytest.fixture
    def library(self, sample):
        versions = tuple(
            one.model_copy(
                update={"scope": one.scope.model_copy(update={"segments": ("project",)})}
            )
            for one in sample.policy.versions
        )
        return replace(sample, policy=replace(sample.policy, versions=versions))

    @pytest.mark.parametrize("segment", ["household", "dealer"])
    def test_the_api_and_the_desk_refuse_with_the_reason(self, app, log_in, segment) -> None:
        answer = app.test_client().post(
            "/api/v1/complaints", json={**COMPLAINT, "segment": segment}
        )
        assert answer.status_code == 422
        assert [one["field"] for one in answer.get_json()["errors"]] == ["segment"]
        lan = log_in()
        page = lan.get("/noi-bo/nhap/khieu-nai/")
        told = {"channel": "phone", "segment": segment}
        seen = lan.press(page, "Ghi phiếu, in biên nhận", {**TYPED, **told})
        assert seen.status == 422
        assert "segment" in seen.errors
        assert "không phiếu nào được mở mà không có hạn" in seen.html

    def test_who_is_promised_something_is_taken(self, app) -> None:
        answer = app.test_client().post(
            "/api/v1/complaints", json={**COMPLAINT, "segment": "project"}
        )
        assert answer.status_code == 201
        assert answer.get_json()["promises"]
