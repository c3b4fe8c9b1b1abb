"""A live system pushes rows over HTTP: signed, whole or not at all, and once."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.serving import make_server

from forms_api.ledger.counts import sources
from forms_api.ledger.rows import current, known_until
from forms_api.ledger.signing import signature
from forms_api.portal import Portal
from forms_api.settings import Settings, SettingsError
from forms_api.web.app import assemble
from service_policy.content import Library
from tests.support.application import SECRET, Clock

KEY = "khoa-dung-trong-bai-thu-ngau-nhien-9f3b7c"
CUSTOMER = {"customer_id": "KH1", "segment": "dealer", "name": "Cửa hàng Ví Dụ"}
ORDER = {"order_no": "DH1", "customer_id": "KH1", "received_at": "2026-11-20T08:00"}
AS_OF = "2026-11-23T08:30+07:00"


@dataclass
class Twin:
    """What a business system does: sign, send, and look at the answer."""

    address: str
    clock: Clock
    source: str = "phan-mem-ban-hang"
    secret: str = KEY
    changes: dict[str, str] = field(default_factory=dict)

    def push(
        self, table: str, rows: Any, *, key: str = "", as_of: str = AS_OF, age: int = 0
    ) -> tuple[int, Mapping[str, Any]]:
        """Push rows; return the status and the answer."""
        body = json.dumps({"as_of": as_of, "rows": rows}).encode()
        time = int(self.clock().timestamp()) - age
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": key or str(uuid4()),
            "Ledger-Source": self.source,
            "Ledger-Signature": signature(self.secret, time, self.source, table, body),
        }
        request = Request(
            f"{self.address}/api/v1/ledger/{table}", body, headers | self.changes, method="POST"
        )
        try:
            with urlopen(request, timeout=120) as answer:
                return answer.status, json.loads(answer.read())
        except HTTPError as refusal:
            return refusal.code, json.loads(refusal.read())


@pytest.fixture
def app(library: Library, clock: Clock, store_url: str, tmp_path: Path) -> Iterator[Flask]:
    """Make an application that knows one system."""
    environ = {
        "PORTAL_VAR_DIR": str(tmp_path),
        "PORTAL_DATABASE_URL": store_url,
        "PORTAL_SECRET_KEY": SECRET,
        "PORTAL_LEDGER_KEYS": f"phan-mem-ban-hang:{KEY}",
    }
    made = assemble(Settings.from_environ(environ), library, clock)
    yield made
    made.extensions["portal"].close()


@pytest.fixture
def portal(app: Flask) -> Portal:
    """Give the portal of the application."""
    found: Portal = app.extensions["portal"]
    return found


@pytest.fixture
def twin(app: Flask, clock: Clock) -> Iterator[Twin]:
    """Serve the application, and give a system that pushes to it."""
    server = make_server("127.0.0.1", 0, app)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Twin(f"http://127.0.0.1:{server.server_port}", clock)
    server.shutdown()
    thread.join(timeout=120)
    server.server_close()


def test_rows_are_taken_like_those_of_a_file(twin: Twin, portal: Portal) -> None:
    status, answer = twin.push("customers", [CUSTOMER])
    assert (status, answer["new"], answer["already"]) == (201, 1, False)
    assert twin.push("orders", [ORDER])[0] == 201
    (row,) = portal.store.read(lambda connection: list(current(connection, "orders")))
    assert (row["order_no"], row.origin.source, row.origin.line) == ("DH1", twin.source, 1)
    status, answer = twin.push("orders", [{**ORDER, "due_on": "2026-11-25"}])
    assert (status, answer["changed"]) == (201, 1)
    assert portal.store.read(known_until).keys() == {"customers", "orders"}


def test_the_same_key_gets_the_same_answer_and_another_body_a_refusal(
    twin: Twin, portal: Portal
) -> None:
    first = twin.push("customers", [CUSTOMER], key="khoa-cua-lan-gui-thu-1")
    assert twin.push("customers", [CUSTOMER], key="khoa-cua-lan-gui-thu-1") == first
    other = [{**CUSTOMER, "name": "Tên Khác"}]
    assert twin.push("customers", other, key="khoa-cua-lan-gui-thu-1")[0] == 409
    status, answer = twin.push("customers", [CUSTOMER])
    assert (status, answer["already"]) == (201, True)
    assert [one.files for one in portal.store.read(sources)] == [1]


def test_what_comes_late_never_takes_the_place_of_what_is_known_newer(
    twin: Twin, portal: Portal
) -> None:
    twin.push("customers", [{**CUSTOMER, "name": "Mới"}])
    status, answer = twin.push("customers", [CUSTOMER], as_of="2026-11-22T08:30+07:00")
    assert (status, answer["older"]) == (201, 1)
    (row,) = portal.store.read(lambda connection: list(current(connection, "customers")))
    assert row["name"] == "Mới"


def test_every_fault_is_named_and_nothing_taken(twin: Twin, portal: Portal) -> None:
    rows = [CUSTOMER, {"customer_id": "KH2"}, {**CUSTOMER, "customer_id": "KH3", "segment": ""}]
    status, answer = twin.push("customers", rows)
    assert status == 422
    assert [one["field"] for one in answer["errors"]] == [
        "rows[2].segment",
        "rows[2].name",
        "rows[3].segment",
    ]
    assert portal.store.read(sources) == []


@pytest.mark.parametrize(
    ("rows", "as_of"),
    [
        ([], AS_OF),
        ("x", AS_OF),
        ([["KH1"]], AS_OF),
        ([{**CUSTOMER, "name": {"a": 1}}], AS_OF),
        ([{**CUSTOMER, "birthday": "2000-01-01"}], AS_OF),
        ([CUSTOMER] * 1_001, AS_OF),
        ([CUSTOMER], "2026-11-23T08:30"),
        ([CUSTOMER], "hôm nay"),
        ([CUSTOMER], "2026-11-24T08:30+07:00"),
    ],
)
def test_a_body_of_another_shape_is_refused(twin: Twin, rows: Any, as_of: str) -> None:
    status, answer = twin.push("customers", rows, as_of=as_of)
    assert (status, bool(answer["errors"])) == (422, True)


def test_nobody_else_can_push_and_every_miss_is_the_same_answer(twin: Twin, portal: Portal) -> None:
    def told(changed: Twin, table: str = "customers", **more: Any) -> tuple[int, Any]:
        return changed.push(table, [CUSTOMER], **more)

    answers = [
        told(Twin(twin.address, twin.clock, secret=KEY + "x")),
        told(Twin(twin.address, twin.clock, source="he-thong-la")),
        told(twin, age=301),
        told(twin, age=-301),
        told(Twin(twin.address, twin.clock, changes={"Ledger-Signature": ""})),
        told(Twin(twin.address, twin.clock, changes={"Ledger-Source": "khac"})),
        told(Twin(twin.address, twin.clock, changes={"Ledger-Signature": "time=1,sha256=é"})),
    ]
    assert [status for status, _ in answers] == [401] * len(answers)
    assert len({json.dumps(answer) for _, answer in answers}) == 1
    assert portal.store.read(sources) == []


def test_a_signature_holds_for_one_table(twin: Twin, app: Flask) -> None:
    body = json.dumps({"as_of": AS_OF, "rows": [CUSTOMER]}).encode()
    time = int(twin.clock().timestamp())
    headers = {
        "Ledger-Source": twin.source,
        "Ledger-Signature": signature(KEY, time, twin.source, "customers", body),
        "Idempotency-Key": str(uuid4()),
    }
    client = app.test_client()
    sent: dict[str, Any] = {"data": body, "headers": headers, "content_type": "application/json"}
    assert client.post("/api/v1/ledger/contacts", **sent).status_code == 401
    assert client.post("/api/v1/ledger/customers", **sent).status_code == 201


def test_an_unknown_table_and_a_push_without_a_key_are_told_apart(twin: Twin) -> None:
    assert twin.push("hoa-don", [CUSTOMER])[0] == 404
    twin.changes["Idempotency-Key"] = "short"
    assert twin.push("customers", [CUSTOMER])[0] == 400


def test_without_keys_there_is_no_such_address(
    library: Library, clock: Clock, store_url: str, tmp_path: Path
) -> None:
    environ = {
        "PORTAL_VAR_DIR": str(tmp_path),
        "PORTAL_DATABASE_URL": store_url,
        "PORTAL_SECRET_KEY": SECRET,
    }
    made = assemble(Settings.from_environ(environ), library, clock)
    assert made.test_client().post("/api/v1/ledger/customers").status_code == 404
    made.extensions["portal"].close()


@pytest.mark.parametrize("keys", [f"a b:{KEY}", "kho:ngan", f"kho:{KEY},kho:{KEY}", "kho"])
def test_weak_or_doubtful_keys_are_bad_settings(keys: str) -> None:
    with pytest.raises(SettingsError, match="PORTAL_LEDGER_KEYS"):
        Settings.from_environ({"PORTAL_LEDGER_KEYS": keys})
    fine = Settings.from_environ({"PORTAL_LEDGER_KEYS": f"kho:{KEY}, web:{KEY}"})
    assert fine.ledger_keys.keys() == {"kho", "web"}
    assert KEY not in repr(fine)
