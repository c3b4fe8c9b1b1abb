"""A case lived through the product's own doors: the API, the customer's page, the desk's forms.

``Scene`` moves a clock by hand, files over the API, lets members of staff fill in the desk's
forms, and says what every face of the product shows of a promise at that moment.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from flask import Flask

from forms_api.loading import load
from forms_api.portal import Portal
from forms_api.sweeping import Swept, sweep
from forms_api.web.staff.cases import ACTIONS
from service_policy.cases import Case, Event
from service_policy.promises.calendar import VIETNAM
from tests.support import pictures
from tests.support.staff import seat, sit
from tests.support.visitor import Seen, Visitor
from theme.filters import vnd

TITLES = {one.slug: one.title for one in ACTIONS}
COMPLAINT: dict[str, Any] = {
    "category": "CL",
    "description": "Nồi cơm kêu to từ hôm qua, nấu xong thì tắt hẳn.",
    "name": "Nguyễn Thị Mẫu",
    "phone": "0912 345 678",
    "segment": "household",
}
"""About quality: for QA, the first answer in 8 working hours, the resolution in 7 working days."""
PEOPLE = {
    "lan": ("agent", "qa"),
    "hoa": ("lead", "qa"),
    "binh": ("second_reader", "phap-che"),
    "giam": ("lead", "ban-giam-doc"),
    "thu": ("agent", "ke-toan"),
    "son": ("lead", "ke-toan"),
    "kho": ("agent", "kho-van"),
    "ke": ("accountant", "ke-toan"),
    "minh": ("editor", "marketing"),
    "kiem": ("auditor", "ban-giam-doc"),
}
"""Who sits at the desk: role and department by name."""
TEXT = "Chúng tôi đã kiểm tra và kết luận như sau: thay bo mạch mới, không thu tiền."
FIRST_DUE = "2026-12-01T09:00"
"""When the first answer to what was filed on Monday, 30 November, at nine falls due."""
DUE, LATE = "2026-12-09T17:00", "2026-12-09T17:01"
"""When its resolution falls due, and one minute too late."""
CODES = re.compile(r"\bKN-26-[0-9A-Z]{4}-[0-9A-Z]{4}\b|\b(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}\b")
"""References of complaints and secret codes, as pages show them."""
PROOF: dict[str, Any] = {
    "evidence": "Ảnh tem máy, tệp số 3",
    "evidence_readable": "true",
    "files": [("tem máy.jpg", pictures.photo(4))],
}


class HandClock(Protocol):
    """A clock that stands until it is moved."""

    moment: datetime


def local(text: str) -> datetime:
    """Read a moment in Vietnam's time, ``2026-11-20T16:59``, as aware UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM).astimezone(UTC)


@dataclass
class Scene:
    """One case on a running application; ``reference`` and ``code`` are on its receipt."""

    app: Flask
    clock: HandClock
    reference: str = ""
    code: str = ""
    seated: set[str] = field(default_factory=set)

    @property
    def portal(self) -> Portal:
        found: Portal = self.app.extensions["portal"]
        return found

    @property
    def case(self) -> Case:
        """The case as it is stored, with nothing that is only due."""
        return self.portal.store.read(lambda connection: load(connection, self.reference)).case

    @property
    def events(self) -> tuple[Event, ...]:
        """Everything that happened to it."""
        return self.portal.store.read(lambda connection: load(connection, self.reference)).events

    # ------------------------------------------------------------ time

    def at(self, moment: str, *, swept: bool = True) -> "Scene":
        """Move to a moment and let the sweep run."""
        self.clock.moment = local(moment)
        if swept:
            self.sweep()
        return self

    def sweep(self) -> Swept:
        return sweep(self.portal, self.clock.moment)

    # ------------------------------------------------------------ the customer

    def file(self, **changes: Any) -> "Scene":
        """File a complaint over the API."""
        answer = self.app.test_client().post("/api/v1/complaints", json={**COMPLAINT, **changes})
        assert answer.status_code == 201, answer.text
        self.reference, self.code = answer.json["reference"], answer.json["code"]
        return self

    def customer(self, button: str, text: str = "") -> "Scene":
        """The customer opens their page and presses a button there, and it is recorded."""
        visitor = Visitor(self.app.test_client())
        page = self.page(visitor)
        form = next(one for one in page.forms if button in [words for words, *_ in one.buttons])
        typed = {name: text for name in form.fields if name.endswith("-text")}
        assert visitor.press(page, button, typed).status == 200
        return self

    def page(self, visitor: Visitor | None = None) -> Seen:
        """Open the customer's page with the two codes."""
        visitor = visitor or Visitor(self.app.test_client())
        codes = {"reference": self.reference, "code": self.code}
        seen = visitor.press(visitor.get("/ho-so/"), "Xem hồ sơ", codes)
        assert seen.status == 200
        return seen

    # ------------------------------------------------------------ the desk

    def staff(self, who: str) -> Visitor:
        """Log somebody in."""
        role, department = PEOPLE[who]
        client = self.app.test_client()
        if who in self.seated:
            token = sit(self.portal, self.clock.moment, who)
        else:
            token = seat(self.portal, self.clock.moment, who, role, department)
            self.seated.add(who)
        client.set_cookie("desk", token)
        return Visitor(client)

    def url(self, slug: str = "") -> str:
        return f"/noi-bo/ho-so/{self.reference}/{slug}/" if slug else self.url("x")[:-2]

    def form(self, who: str, slug: str) -> Seen:
        """Open the form of an action."""
        return self.staff(who).get(self.url(slug))

    def tries(self, who: str, slug: str, **values: Any) -> Seen:
        """Somebody fills in the form of an action and sends it."""
        visitor = self.staff(who)
        page = visitor.get(self.url(slug))
        assert page.status == 200, (slug, page.status)
        seen = visitor.press(page, TITLES[slug], values)
        if "Chưa ghi nhận: xem lại số tiền" in seen.html:
            # A browser keeps no files, so whoever confirms an amount chooses them again.
            again = {name: one for name, one in values.items() if name == "files"}
            seen = visitor.press(seen, TITLES[slug], again)
        return seen

    def does(self, who: str, slug: str, **values: Any) -> "Scene":
        """Somebody does something at the desk, and it is recorded."""
        seen = self.tries(who, slug, **values)
        assert seen.status == 303, (slug, seen.errors, seen.html)
        return self

    def refuses(self, who: str, slug: str, field: str | None = None, **values: Any) -> Seen:
        """The desk sends a form back, naming the field, and records nothing."""
        before = self.case.seq
        seen = self.tries(who, slug, **values)
        assert seen.status == 422, (slug, seen.status)
        assert field is None or field in seen.errors, seen.errors
        assert self.case.seq == before
        return seen

    def types_in(self, who: str = "lan", **changes: str) -> Seen:
        """Somebody types in what a customer told on the phone on Monday, 30 November, at nine."""
        visitor = self.staff(who)
        page = visitor.get("/noi-bo/nhap/khieu-nai/")
        told = {"channel": "phone", "taken_on": "30/11/2026", "taken_time": "9:00"}
        button = next(words for words, *_ in page.forms[-1].buttons)
        return visitor.press(page, button, {**COMPLAINT, **told, **changes})

    def holds(self, seen: Seen) -> "Scene":
        """Take both codes of another case from a page that shows them, and go on with that case."""
        found = [one for one in CODES.findall(seen.html) if one not in (self.reference, self.code)]
        self.reference = next(one for one in found if len(one) == len("KN-26-7F3K-9Q2M"))
        self.code = next(one for one in found if len(one) > len("KN-26-7F3K-9Q2M"))
        return self

    def owned(self) -> "Scene":
        return self.does("lan", "nhan-viec", owner="NV-lan") if self.case.owner_id is None else self

    def delivered(self) -> "Scene":
        """Somebody read the last message that people wrote to the customer over the phone."""
        written = [one for one in self.case.messages if one.purpose != "payout"]
        number = str(written[-1].number)
        return self.does("lan", "da-den-tay", message=number, means="told_by_phone")

    def answer(self) -> "Scene":
        return self.does("lan", "tra-loi", text=TEXT).delivered()

    def propose(self) -> "Scene":
        self.owned().does("lan", "de-nghi", outcome="as_asked", text=TEXT)
        return self.delivered()

    def ask(self, thing: str = "photo") -> "Scene":
        text = "Xin gửi cho chúng tôi ảnh tem sau máy."
        return self.does("lan", "hoi-khach", thing=thing, text=text).delivered()

    # ------------------------------------------------------------ what everybody sees

    def told(self, commitment: str) -> dict[str, Any]:
        """Return what the API tells the customer about a promise."""
        headers = {"Authorization": f"Bearer {self.code}"}
        answer = self.app.test_client().get("/api/v1/case", headers=headers)
        assert answer.status_code == 200
        return next(one for one in answer.json["promises"] if one["id"] == commitment)

    def state(self) -> str:
        """Return the state that the API tells."""
        headers = {"Authorization": f"Bearer {self.code}"}
        return str(self.app.test_client().get("/api/v1/case", headers=headers).json["state"])

    def stands(self, commitment: str, due: str, owed_vnd: int) -> None:
        """API, customer's page and desk alike: the date, the miss and the money stand."""
        found = self.told(commitment)
        assert datetime.fromisoformat(found["due_at"]) == local(due), found
        assert (found["status"], found["owed_vnd"]) == ("missed", owed_vnd), found
        amount, title = vnd(owed_vnd), self.portal.policy.commitment(commitment, 1).title
        for page in (self.page(), self.staff("lan").get(self.url())):
            assert page.status == 200
            assert amount in page.html, amount
            assert title in page.html, title
