"""The desk follows the published site: a case is filed under the promises the site shows."""

import logging
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forms_api import embedded
from forms_api.clock import wall
from forms_api.promised import PromisesForgotten, admit
from forms_api.web import publication
from forms_api.web.app import follow
from service_policy.content import Library, read
from tests.support.application import CONTENT
from tests.support.mailserver import MailServer
from tests.support.submissions import COMPLAINT
from tests.web.conftest import MakeApp

PROMISE = "cam-ket/ck-02.md"
COMPANY = "cong-ty.yaml"


class Site:
    """A content folder that can be edited, and the stamp of the site built from it."""

    def __init__(self, folder: Path, library: Library) -> None:
        self.content = Path(shutil.copytree(CONTENT, folder / "content"))
        self.stamp = folder / publication.STAMP
        self.today = library.today
        self.builds = 0
        self.publish(library.policy.fingerprint)

    def edit(self, old: str, new: str, name: str = PROMISE) -> None:
        file = self.content / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def promise_later(self) -> None:
        """Let the first answer take twice as long, in the promise and in the public matrix."""
        for name in (PROMISE, "phan-khuc.yaml"):
            self.edit("value: 8, unit: working_hours", "value: 16, unit: working_hours", name)

    def publish(self, fingerprint: str | None = None) -> None:
        fingerprint = fingerprint or read(self.content, self.today).policy.fingerprint
        self.stamp.write_text(fingerprint, encoding="ascii")
        # Two builds in one tick of the disk's clock must not look like one.
        self.builds += 1
        os.utime(self.stamp, ns=(self.builds * 10**9, self.builds * 10**9))


@pytest.fixture
def site(tmp_path: Path, library: Library) -> Site:
    return Site(tmp_path, library)


@pytest.fixture
def client(app: Flask, site: Site) -> FlaskClient:
    follow(app, site.stamp, site.content, lambda: site.today)
    return app.test_client()


def first_answer_due(client: FlaskClient) -> str:
    answer = client.post("/api/v1/complaints", json={**COMPLAINT, "category": "DL"})
    assert answer.status_code == 201, answer.text
    promises = {one["id"]: one for one in answer.get_json()["promises"]}
    return str(promises["CK-02"]["due_at"])


def test_a_newly_published_promise_sets_the_next_deadline(client: FlaskClient, site: Site) -> None:
    assert first_answer_due(client) == "2026-11-25T09:00:00+07:00"
    site.promise_later()
    assert first_answer_due(client) == "2026-11-25T09:00:00+07:00", "edited, not published"
    site.publish()
    assert first_answer_due(client) == "2026-11-26T09:00:00+07:00"
    fingerprint = client.get("/readyz").get_json()["fingerprint"]
    assert fingerprint == site.stamp.read_text(encoding="ascii")


def test_content_that_is_not_what_the_site_shows_is_not_taken_up(
    client: FlaskClient, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    published = site.stamp.read_text(encoding="ascii")
    site.promise_later()
    site.publish(published)
    with caplog.at_level(logging.ERROR):
        assert first_answer_due(client) == "2026-11-25T09:00:00+07:00"
    assert "build the site again" in caplog.text


def test_broken_content_leaves_the_last_good_promises_in_force(
    client: FlaskClient, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    site.edit("measure:", "mesure:")
    site.publish("0" * 12)
    with caplog.at_level(logging.ERROR):
        assert first_answer_due(client) == "2026-11-25T09:00:00+07:00"
    assert "the last good one stays" in caplog.text


def test_a_site_that_vanishes_changes_nothing(client: FlaskClient, site: Site) -> None:
    site.stamp.unlink()
    assert first_answer_due(client) == "2026-11-25T09:00:00+07:00"


def second_version(site: Site) -> Path:
    """Publish a second version of the promise; return its file."""
    first = site.content / PROMISE
    text = first.read_text(encoding="utf-8")
    site.edit("effective_from: 2026-07-01", "effective_from: 2026-07-01\neffective_to: 2026-10-31")
    second = first.with_stem("ck-02-v2")
    new = "version: 2\nannounced_on: 2026-10-01"
    later = text.replace("version: 1", new).replace("from: 2026-07-01", "from: 2026-11-01")
    signed = later.replace("approved_on: 2026-06-22", "approved_on: 2026-09-28")
    second.write_text(signed, encoding="utf-8")
    site.publish()
    return second


def take_back(site: Site, second: Path) -> None:
    """Do what a hurried editor does: remove the newest version as though it had never been."""
    second.unlink()
    site.edit("\neffective_to: 2026-10-31", "")
    site.publish()


def test_content_without_a_version_that_a_case_was_promised_is_not_taken_up(
    app: Flask, client: FlaskClient, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    second = second_version(site)
    filed = client.post("/api/v1/complaints", json=COMPLAINT).get_json()
    before = client.get("/readyz").get_json()
    text = second.read_text(encoding="utf-8")
    take_back(site, second)
    with caplog.at_level(logging.ERROR):
        ready = client.get("/readyz").get_json()
    assert "CK-02 phiên bản 2" in caplog.text
    assert ready["fingerprint"] == before["fingerprint"]
    assert "content_in_force" in ready["wrong"]
    secret = {"Authorization": f"Bearer {filed['code']}"}
    followed = client.get(
        "/api/v1/case", query_string={"reference": filed["reference"]}, headers=secret
    )
    assert followed.status_code == 200, followed.text
    with pytest.raises(PromisesForgotten, match="CK-02 phiên bản 2"):
        admit(app.extensions["portal"].store, read(site.content, site.today).policy, wall())
    site.edit("effective_from: 2026-07-01", "effective_from: 2026-07-01\neffective_to: 2026-10-31")
    second.write_text(text, encoding="utf-8")
    site.publish()
    assert "content_in_force" not in client.get("/readyz").get_json()["wrong"]


def test_a_version_that_no_case_was_promised_may_be_taken_back(
    client: FlaskClient, site: Site
) -> None:
    second = second_version(site)
    published = client.get("/readyz").get_json()["fingerprint"]
    take_back(site, second)
    ready = client.get("/readyz").get_json()
    assert ready["fingerprint"] == site.stamp.read_text(encoding="ascii") != published
    assert "content_in_force" not in ready["wrong"]


@pytest.fixture
def sending(
    make_app: MakeApp, sqlite_url: str, mail_server: MailServer, site: Site
) -> Iterator[FlaskClient]:
    """Give a client of an application whose letters leave as those of the embedded server do."""
    app, stop = make_app(sqlite_url, PORTAL_SMTP_URL=mail_server.url), threading.Event()
    follow(app, site.stamp, site.content, lambda: site.today)
    letters = threading.Thread(target=embedded.send_letters, args=(app, stop))
    letters.start()
    yield app.test_client()
    stop.set()
    letters.join(20)
    assert not letters.is_alive()


def test_letters_leave_under_the_newly_published_name_and_address(
    sending: FlaskClient, site: Site, mail_server: MailServer
) -> None:
    def senders() -> set[str]:
        before = len(mail_server.delivered)
        body = {**COMPLAINT, "email": "mau@khach.example"}
        assert sending.post("/api/v1/complaints", json=body).status_code == 201
        assert mail_server.wait_for(before + 2), "the receipt and the department's notice"
        return {str(one.message["From"]) for one in mail_server.delivered[before:]}

    assert senders() == {"Bếp Mẫu <cskh@nhakhe.example>"}
    site.edit("short_name: Bếp Mẫu\n", "short_name: Bếp Mẫu Mới\n", COMPANY)
    site.edit("email: cskh@nhakhe.example", "email: chao@nhakhe.example", COMPANY)
    site.publish()
    assert senders() == {"Bếp Mẫu Mới <chao@nhakhe.example>"}
