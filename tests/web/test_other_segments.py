"""A company with one kind of customer, or with five others: every form files, with what is due."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from forms_api.portal import Portal
from forms_api.settings import Settings
from forms_api.sweeping import sweep
from forms_api.web.app import assemble
from service_policy.content import Library, read
from tests.support import segments
from tests.support.application import SECRET, Clock
from tests.support.documents import REQUEST
from tests.support.segments import five, one
from tests.support.staff import seat
from tests.support.submissions import COMPLAINT, INQUIRY, QUESTION
from tests.support.visitor import Seen, Visitor
from theme.filters import datetime_vi, vnd

__all__ = ["five", "one"]
FILED: dict[str, dict[str, Any]] = {
    "complaints": COMPLAINT,
    "invoice-inquiries": INQUIRY,
    "questions": QUESTION,
    "document-requests": {**REQUEST, "send_by": "post", "address": "Số 1, đường Mẫu"},
}
"""What is filed with each kind of form, by the end of its address in the API."""
FORMS = {
    "complaints": ("/gui/khieu-nai/", "Gửi khiếu nại", "khieu-nai"),
    "invoice-inquiries": ("/gui/hoa-don/", "Gửi yêu cầu", "hoa-don"),
    "questions": ("/gui/cau-hoi/", "Gửi câu hỏi", "cau-hoi"),
    "document-requests": ("/gui/tai-lieu/", "Gửi yêu cầu", "tai-lieu"),
}
"""The form of each kind, its button, and its place at the desk."""
KINDS = pytest.mark.parametrize("kind", FILED)
Open = Callable[[Library], Flask]


@pytest.fixture
def open_app(clock: Clock, empty_file: Path, tmp_path: Path) -> Iterator[Open]:
    """Return a maker of applications, each with a store of its own."""
    made: list[Flask] = []

    def make(library: Library) -> Flask:
        file = tmp_path / f"portal-{len(made)}.db"
        file.write_bytes(empty_file.read_bytes())
        given = {
            "PORTAL_VAR_DIR": str(tmp_path / f"var-{len(made)}"),
            "PORTAL_DATABASE_URL": f"sqlite:///{file}",
            "PORTAL_SECRET_KEY": SECRET,
        }
        made.append(assemble(Settings.from_environ(given), library, clock))
        return made[-1]

    yield make
    for app in made:
        app.extensions["portal"].close()


def by_api(app: Flask, kind: str, **changes: Any) -> list[dict[str, Any]]:
    """File over the API and return what is promised."""
    body = {**FILED[kind], **changes}
    body = {name: value for name, value in body.items() if value is not None}
    answer = app.test_client().post(f"/api/v1/{kind}", json=body)
    assert answer.status_code == 201, answer.text
    promises: list[dict[str, Any]] = answer.get_json()["promises"]
    return promises


def typed(kind: str, segment: str | None) -> dict[str, str]:
    """Return what somebody types into the form; nothing about himself without a segment."""
    body = {name: str(value) for name, value in FILED[kind].items() if name != "segment"}
    body |= {"document_ids-1-id": "BG-2026.11"} if body.pop("document_ids", None) else {}
    return body if segment is None else {**body, "segment": segment}


def promised(seen: Seen, promises: list[dict[str, Any]]) -> bool:
    """Say whether a receipt tells each date and amount that the API told of the same submission."""
    text = " ".join(seen.document.one("main").text.split())
    told = [datetime_vi(datetime.fromisoformat(one["due_at"])) for one in promises]
    owed = [one["compensation_if_missed_vnd"] for one in promises]
    told += [vnd(amount) for amount in owed if amount]
    return bool(promises) and all(" ".join(one.split()) in text for one in told)


@KINDS
@pytest.mark.parametrize("segment", segments.SAMPLE)
def test_other_ids_promise_what_the_sample_promises(
    kind: str, segment: str, open_app: Open, library: Library, five: Library
) -> None:
    expected = by_api(open_app(library), kind, segment=segment)
    assert expected
    theirs = open_app(five)
    for other in segments.FIVE[segment]:
        assert by_api(theirs, kind, segment=other) == expected


@KINDS
def test_one_segment_need_not_be_named_and_promises_what_households_are_promised(
    kind: str, open_app: Open, library: Library, one: Library
) -> None:
    expected = by_api(open_app(library), kind, segment="household")
    app = open_app(one)
    assert expected
    assert by_api(app, kind, segment=None) == expected
    assert by_api(app, kind, segment=segments.ONE) == expected


@KINDS
def test_the_form_of_one_segment_does_not_ask_who_the_customer_is(
    kind: str, open_app: Open, one: Library
) -> None:
    app = open_app(one)
    visitor, (url, button, _) = Visitor(app.test_client()), FORMS[kind]
    page = visitor.get(url)
    assert "Quý khách là" not in page.html
    check = visitor.press(page, "Xem lại trước khi gửi", typed(kind, None))
    assert check.status == 200
    assert "Quý khách là" not in check.html
    receipt = visitor.press(check, button)
    assert receipt.status == 200
    assert promised(receipt, by_api(app, kind, segment=None))


@KINDS
def test_the_form_of_five_segments_offers_them_and_files_for_each(
    kind: str, open_app: Open, five: Library
) -> None:
    app = open_app(five)
    visitor, (url, button, _) = Visitor(app.test_client()), FORMS[kind]
    page = visitor.get(url)
    offered = [
        one.get("value") for one in page.document.all("input") if one.get("name") == "segment"
    ]
    assert offered == ["khach-san", "ca-nhan", "cua-hang", "truong-hoc", "cong-trinh"]
    assert "Cá nhân, gia đình" in page.html
    for segment in offered:
        check = visitor.press(visitor.get(url), "Xem lại trước khi gửi", typed(kind, segment))
        receipt = visitor.press(check, button)
        assert receipt.status == 200
        assert promised(receipt, by_api(app, kind, segment=segment))


@KINDS
@pytest.mark.parametrize("company", ["one", "five"])
def test_the_desk_enters_a_case_for_a_customer_of_the_company(
    kind: str, company: str, open_app: Open, clock: Clock, request: pytest.FixtureRequest
) -> None:
    app = open_app(request.getfixturevalue(company))
    client = app.test_client()
    client.set_cookie("desk", seat(app.extensions["portal"], clock.moment))
    lan = Visitor(client)
    segment = None if company == "one" else "truong-hoc"
    page = lan.get(f"/noi-bo/nhap/{FORMS[kind][2]}/")
    assert ("Quý khách là" in page.html) == (company == "five")
    told = {"channel": "phone", **typed(kind, segment)}
    receipt = lan.press(page, "Ghi phiếu, in biên nhận", told)
    assert receipt.status == 201
    assert promised(receipt, by_api(app, kind, segment=segment))
    found = lan.get(f"/noi-bo/ho-so/{receipt.html.split('/noi-bo/ho-so/')[1].split('/')[0]}/")
    assert found.status == 200
    listed = lan.get("/noi-bo/")
    assert listed.status == 200


def test_a_fault_names_the_kinds_of_customers_of_the_company(open_app: Open, five: Library) -> None:
    answer = open_app(five).test_client().post("/api/v1/complaints", json={"segment": "dealer"})
    errors = {one["field"]: one["message"] for one in answer.get_json()["errors"]}
    expected = "Chọn Quý khách là khách sạn, cá nhân, cửa hàng, trường học hay công trình."
    assert errors["segment"] == expected


def test_whoever_does_not_say_who_he_is_is_of_the_usual_kind(open_app: Open, five: Library) -> None:
    app = open_app(five)
    usual = by_api(app, "questions", segment="ca-nhan")
    assert by_api(app, "questions", segment=None) == usual


def test_the_api_describes_the_segments_of_the_company(
    open_app: Open, one: Library, five: Library
) -> None:
    def described(library: Library) -> dict[str, Any]:
        document = open_app(library).test_client().get("/api/v1/openapi.json").get_json()
        schemas: dict[str, Any] = document["components"]["schemas"]
        return schemas

    many, few = described(five)["Complaint"], described(one)["Complaint"]
    assert many["properties"]["segment"]["enum"] == [
        "khach-san", "ca-nhan", "cua-hang", "truong-hoc", "cong-trinh",
    ]  # fmt: skip
    assert "segment" in many["required"]
    assert few["properties"]["segment"]["enum"] == [segments.ONE, "", None]
    assert "segment" not in few["required"]


def test_without_partners_credit_quotes_or_tax_codes_no_form_speaks_of_them(
    open_app: Open, library: Library
) -> None:
    app = open_app(segments.without_privileges(library))
    visitor = Visitor(app.test_client())
    inquiry, documents = visitor.get("/gui/hoa-don/"), visitor.get("/gui/tai-lieu/")
    names = {one.get("name") for one in inquiry.document.all("input")}
    values = {one.get("value") for one in inquiry.document.all("input")}
    assert "invoice_no" in names
    assert "tax_code" not in names
    assert "balance" not in values
    assert "quote_lines-1-quantity" not in documents.html
    assert not {"quote", "partner"} & {one.get("value") for one in documents.document.all("input")}
    body = {name: value for name, value in INQUIRY.items() if name != "tax_code"}
    assert app.test_client().post("/api/v1/invoice-inquiries", json=body).status_code == 201
    for path, sent, field in (
        ("invoice-inquiries", INQUIRY, "tax_code"),
        ("invoice-inquiries", {**body, "topic": "balance"}, "topic"),
        ("document-requests", {**REQUEST, "purpose": "quote"}, "purpose"),
        ("document-requests", {**REQUEST, "quote_lines": []}, "quote_lines"),
    ):
        answer = app.test_client().post(f"/api/v1/{path}", json=sent)
        assert answer.status_code == 422
        assert [one["field"] for one in answer.get_json()["errors"]] == [field]


def filed_before(app: Flask, **changes: Any) -> tuple[Settings, dict[str, Any]]:
    """File a complaint with a company; return where it is stored, and its receipt."""
    answer = app.test_client().post("/api/v1/complaints", json={**COMPLAINT, **changes})
    return app.extensions["portal"].settings, answer.get_json()


def test_a_case_of_a_segment_that_is_gone_is_still_read(
    open_app: Open, library: Library, five: Library, clock: Clock
) -> None:
    settings, receipt = filed_before(open_app(library))
    app = assemble(settings, five, clock)
    client = app.test_client()
    client.set_cookie("desk", seat(app.extensions["portal"], clock.moment))
    headers = {"Authorization": f"Bearer {receipt['code']}"}
    assert Visitor(client).get(f"/noi-bo/ho-so/{receipt['reference']}/").status == 200
    assert app.test_client().get("/api/v1/case", headers=headers).status_code == 200
    app.extensions["portal"].close()


def test_a_case_of_a_segment_that_has_another_id_now_keeps_its_money(
    open_app: Open, library: Library, clock: Clock, tmp_path: Path
) -> None:
    settings, receipt = filed_before(open_app(library), segment="dealer")
    content = segments.five_segments(tmp_path)
    declared = content / "phan-khuc.yaml"
    text = declared.read_text("utf-8").replace(
        "{id: cua-hang,", "{id: cua-hang, formerly: [dealer],"
    )
    declared.write_text(text, encoding="utf-8")
    app = assemble(settings, read(content, segments.TODAY), clock)
    portal: Portal = app.extensions["portal"]
    clock.move(days=2)
    sweep(portal, clock.moment)
    headers = {"Authorization": f"Bearer {receipt['code']}"}
    case = app.test_client().get("/api/v1/case", headers=headers).get_json()
    owed = {one["id"]: one["owed_vnd"] for one in case["promises"]}
    expected = {one["id"]: one["compensation_if_missed_vnd"] for one in receipt["promises"]}
    assert owed["CK-02"] == expected["CK-02"] > 0
    client = app.test_client()
    client.set_cookie("desk", seat(portal, clock.moment))
    assert "Cửa hàng" in Visitor(client).get(f"/noi-bo/ho-so/{receipt['reference']}/").html
    listed = app.test_client().get("/api/v1/commitments").get_json()["commitments"]
    assert "dealer" not in str([one["targets"] + one["compensation"] for one in listed])
    portal.close()
