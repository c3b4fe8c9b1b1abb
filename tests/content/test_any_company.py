"""What holds of any company: the folder that PORTAL_CONTENT_DIR names, and the second sample.

Nothing here knows a word, a number or an id of theirs. A company that runs these tests on its own
content reads in them what an editor has to mend, as `inv check` and `inv build` would say it.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from forms_api.settings import Settings
from forms_api.site_links import broken_inside, links_of
from forms_api.web.app import assemble
from plugins.build_date import build_date
from service_policy.content import Library, check, read
from service_policy.promises.calendar import VIETNAM
from tests.support import vnu
from tests.support.application import SECRET, Clock, empty_file
from tests.support.axe import violations
from tests.support.browser import Open, serving
from tests.support.company import CHOSEN
from tests.support.site import BuiltSite, built_on
from tests.support.visitor import Seen, Visitor
from theme.filters import datetime_vi, vnd
from tooling.check import judge
from tooling.page_kinds import pages
from tooling.paths import ROOT

__all__ = ["empty_file"]

SECOND = ROOT / "samples" / "companies" / "dien-lanh"
FOLDERS = {one.name: one for one in (SECOND, CHOSEN)}
DAY = date(2026, 11, 23)
"""A day on which all that the samples publish is in force; another company is read as of today."""

WHO = {"name": "Lê Thị Mẫu", "phone": "0912345678", "email": "mau@khach.example"}
TOLD = "Hẹn hôm qua mà đến giờ vẫn chưa thấy ai gọi lại, tôi đã nghỉ làm để chờ."
FORMS = {
    "complaints": ("/gui/khieu-nai/", "Gửi khiếu nại"),
    "invoice-inquiries": ("/gui/hoa-don/", "Gửi yêu cầu"),
    "questions": ("/gui/cau-hoi/", "Gửi câu hỏi"),
    "document-requests": ("/gui/tai-lieu/", "Gửi yêu cầu"),
}
"""The form of each kind and its button."""
KINDS = pytest.mark.parametrize("kind", FORMS)
BLOCKS = ("table", "ul", "ol", "dl", "section", "h2", "h3")


@dataclass(frozen=True)
class Firm:
    """A company: its folder, what is read from it on a day, and the site that is built from it."""

    folder: Path
    library: Library
    site: BuiltSite


@pytest.fixture(scope="session")
def firm_in(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Firm]:
    """Return a reader and builder of companies that builds each of them once."""

    @cache
    def made(folder: Path) -> Firm:
        day = DAY if folder.is_relative_to(ROOT) else build_date()
        place = tmp_path_factory.mktemp("firm")
        content = Path(shutil.copytree(folder, place / "content"))
        return Firm(folder, read(folder, day), built_on(day, place / "output", content))

    return made


@pytest.fixture(params=FOLDERS.values(), ids=FOLDERS)
def firm(request: pytest.FixtureRequest, firm_in: Callable[[Path], Firm]) -> Firm:
    """Give each company."""
    return firm_in(request.param)


@pytest.fixture
def app(firm: Firm, empty_file: Path, tmp_path: Path) -> Iterator[Flask]:
    """Open its forms, at nine o'clock."""
    file = shutil.copy(empty_file, tmp_path / "portal.db")
    given = {
        "PORTAL_VAR_DIR": str(tmp_path / "var"),
        "PORTAL_DATABASE_URL": f"sqlite:///{file}",
        "PORTAL_SECRET_KEY": SECRET,
    }
    moment = datetime.combine(firm.library.today, time(9), VIETNAM).astimezone(UTC)
    made = assemble(Settings.from_environ(given), firm.library, Clock(moment))
    yield made
    made.extensions["portal"].close()


def filings(library: Library, kind: str) -> list[dict[str, Any]]:
    """Return what customers of this company may send: a complaint of each category, and others."""
    policy = library.policy
    segment = policy.matrix.usual.id
    if kind == "complaints":
        sent = {**WHO, "segment": segment, "description": TOLD}
        return [{**sent, "category": one.id} for one in policy.categories]
    if kind == "invoice-inquiries":
        return [{**WHO, "segment": one.id, "topic": "missing"} for one in policy.matrix.segments]
    if kind == "questions":
        return [{**WHO, "question": "Hàng đã đặt có đổi được màu khác không?"}]
    issues = library.register.issues
    documents = [one.id for one in issues if one.state(library.today) == "current"]
    asked = {**WHO, "segment": segment, "purpose": "buy", "send_by": "email"}
    return [{**asked, "document_ids": [one]} for one in dict.fromkeys(documents)]


def typed(sent: dict[str, Any]) -> dict[str, str]:
    """Return what somebody types into the form to say the same."""
    body = dict(sent)
    for number, one in enumerate(body.pop("document_ids", ()), 1):
        body[f"document_ids-{number}-id"] = one
    return body


def walk(app: Flask, firm: Firm, kind: str) -> dict[str, Seen]:
    """Go the whole way of a form as a person without scripts; return the pages that were seen."""
    visitor, (url, button) = Visitor(app.test_client()), FORMS[kind]
    form = visitor.get(url)
    check = visitor.press(form, "Xem lại trước khi gửi", typed(filings(firm.library, kind)[0]))
    assert check.errors == {}
    receipt = visitor.press(check, button)
    case = visitor.press(receipt, "Xem hồ sơ")
    return {"form": form, "check": check, "receipt": receipt, "case": case}


def test_the_checker_finds_nothing_wrong(firm: Firm) -> None:
    faults = check(firm.folder, firm.library.today)
    ours = firm.folder.is_relative_to(ROOT)
    assert [str(one) for one in faults if ours or one.level == "error"] == []


def test_every_example_is_on_its_page_with_what_it_comes_to(firm: Firm) -> None:
    for commitment in firm.library.commitments:
        page = firm.site.pages[commitment.url]
        said = [one.text for one in page.elements if "example__sum" in one.get("class").split()]
        expected = [vnd(one.expect_vnd) for one in commitment.examples]
        for words, amount in zip(said, expected, strict=True):
            assert amount.replace("\u00a0", " ") in words.replace("\u00a0", " "), commitment.id


def test_every_page_has_one_heading_and_a_title_of_its_own(firm: Firm) -> None:
    for url, page in firm.site.pages.items():
        (heading,) = page.all("h1")
        assert heading.text, url
        assert (firm.library.company.banner or "") in page.one("body").text, url
    titles = Counter(page.one("title").text for page in firm.site.pages.values())
    assert [title for title, count in titles.items() if count > 1] == []


def test_every_link_leads_somewhere(firm: Firm) -> None:
    assert list(broken_inside(firm.site.output, links_of(firm.site.output))) == []


def test_no_section_is_empty_and_no_placeholder_is_left(firm: Firm) -> None:
    for url, page in firm.site.pages.items():
        assert [one.tag for one in page.elements if one.tag in BLOCKS and not one.text] == [], url
        assert "{{" not in page.one("body").text, url


def test_every_other_phrasing_of_a_question_finds_its_answer(firm: Firm) -> None:
    assert [str(one) for one in judge(firm.library, firm.folder)] == []


@KINDS
def test_a_program_files_whatever_the_company_takes(app: Flask, firm: Firm, kind: str) -> None:
    for sent in filings(firm.library, kind):
        answer = app.test_client().post(f"/api/v1/{kind}", json=sent)
        assert answer.status_code == 201, (sent, answer.text)
        promised = [one["due_at"] for one in answer.get_json()["promises"]]
        assert promised, sent
        assert promised[0] > answer.get_json()["received_at"], sent


@KINDS
def test_a_person_files_a_case_and_follows_it(app: Flask, firm: Firm, kind: str) -> None:
    seen = walk(app, firm, kind)
    for name, page in seen.items():
        assert page.status == 200, name
        assert len(page.document.all("h1")) == 1, name
    first = app.test_client().post(f"/api/v1/{kind}", json=filings(firm.library, kind)[0])
    due = datetime.fromisoformat(first.get_json()["promises"][0]["due_at"])
    assert " ".join(datetime_vi(due).split()) in seen["receipt"].document.one("main").text


@pytest.mark.java
def test_every_page_is_valid(app: Flask, firm: Firm, tmp_path: Path) -> None:
    for kind in FORMS:
        for name, page in walk(app, firm, kind).items():
            (tmp_path / f"{kind}-{name}.html").write_text(page.html, encoding="utf-8")
    assert vnu.faults_of(firm.site.output, tmp_path) == []


@pytest.mark.browser
def test_axe_finds_nothing_on_a_page_of_each_kind(firm: Firm, open_page: Open) -> None:
    with serving(firm.site) as address:
        page = open_page(address, screen="phone")
        for kind, url in pages(firm.library).items():
            page.goto(address + url)
            assert violations(page) == [], kind
