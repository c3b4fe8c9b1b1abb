"""The customer's page of a case in every state that a customer may find it in.

Each case is lived through on a real application; what is kept is the page's HTML by name.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from forms_api import handling, kinds, service
from forms_api.portal import Portal
from forms_api.settings import Settings
from forms_api.store import history
from forms_api.store.migrate import upgrade
from forms_api.sweeping import sweep
from forms_api.web.app import assemble
from service_policy.cases import Evidence
from service_policy.cases.holding.hand_off import HandOff
from service_policy.cases.holding.work import OpenSubCase
from service_policy.cases.messages.answers import SendUpdate
from service_policy.cases.messages.pauses import AskCustomer
from service_policy.cases.money.payments import RecordPayment
from service_policy.cases.refusal.review import DecideReview
from service_policy.cases.resolution.proposing import ProposeResolution
from service_policy.cases.split_merge import CaseMergedAway
from service_policy.content import read
from tests.support.customer import AGENT, CLERK, LEAD, REVIEWER, TEXT, Customer
from tests.support.submissions import COMPLAINT
from tests.support.visitor import Seen, Visitor
from tooling.paths import CONTENT

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Monday, 23 November 2026, 09:00 in Vietnam: when every case is filed."""
LONG = "Chờ từ sáng. " * 30
PROOF = (Evidence(id="bc-2", readable_by_customer=True),)
ASK = AskCustomer(AGENT, thing="photo", text="Anh/chị gửi giúp ảnh mặt sau của thùng hàng.")


@dataclass
class Gallery:
    """An application whose clock is moved by hand, and the pages that were seen on it."""

    app: Flask = field(init=False)
    moment: datetime = MONDAY
    pages: dict[str, str] = field(default_factory=dict)

    @property
    def portal(self) -> Portal:
        found: Portal = self.app.extensions["portal"]
        return found

    def file(self, **changes: object) -> Customer:
        """File a complaint on Monday morning."""
        self.moment = MONDAY
        complaint = kinds.of("complaint").read({**COMPLAINT, **changes}, self.portal.policy, MONDAY)
        receipt = service.file_case(self.portal, complaint, None, MONDAY)
        visitor = Visitor(self.app.test_client())
        return Customer(self.portal, self.now, visitor, receipt.reference, receipt.code)

    def now(self) -> datetime:
        return self.moment

    def later(self, **by: float) -> None:
        """Let time pass, and the sweep run."""
        self.moment += timedelta(**by)
        sweep(self.portal, self.moment)

    def keep(self, name: str, page: Seen) -> Seen:
        self.pages[name] = page.html
        return page


def missed(here: Gallery) -> None:
    """Two promises are missed, one after a hand-off; everything is paid too late."""
    customer = here.file(province="Bình Dương", description=LONG)
    here.keep("fresh", customer.open())
    customer.owned()
    here.later(hours=5)
    reason = "Cần kỹ thuật xem ảnh và kết luận."
    customer.staff(HandOff(LEAD, to_department="ky-thuat", reason="expertise", text=reason))
    customer.staff(OpenSubCase(AGENT, party="carrier", text="Nhờ hãng xe tìm kiện hàng."))
    customer.staff(SendUpdate(AGENT, text="Kỹ thuật đang xem ảnh, mai 10 giờ báo tiếp."))
    here.later(days=17)
    here.keep("missed", customer.open())
    owed = customer.loaded.case.open_vnd
    customer.staff(RecordPayment(CLERK, vnd=owed, method="transfer", evidence=PROOF))
    here.keep("paid-late", customer.open())
    here.keep("withdraw", customer.press(customer.open(), "Rút phiếu…"))


def paused(here: Gallery) -> None:
    """A photo is asked for; the customer sends nothing first, and then an answer."""
    customer = here.file()
    customer.owned()
    here.later(hours=1)
    customer.staff(ASK)
    customer.open()
    here.later(hours=2)
    page = here.keep("paused", customer.open())
    here.keep("fault", customer.press(page, "Gửi trả lời", text=" "))
    here.keep("answered", customer.press(page, "Gửi trả lời", text="Ảnh ở thư sáng nay."))


def proposed(here: Gallery) -> None:
    """A conclusion is disputed; the next one is accepted, and the fault comes back."""
    customer = here.file()
    customer.proposed()
    page = here.keep("proposed", customer.open())
    here.keep("disputed", customer.press(page, "Không đồng ý", text=LONG))
    other = ProposeResolution(AGENT, "other_remedy", TEXT, remedy="redo")
    customer.staff(other)
    here.keep("closed", customer.press(customer.open(), "Đồng ý, đã giải quyết xong"))
    for _ in range(8):
        here.later(days=1)
    page = here.keep("follow-up", customer.open())
    here.keep("reopened", customer.press(page, "Chưa hết, mở lại phiếu"))


def refused(here: Gallery) -> None:
    """A refusal is read, appealed and overturned; a page that was open meanwhile is stale."""
    customer = here.file()
    old = customer.open()
    customer.refused()
    here.keep("stale", customer.press(old, "Gửi thông tin", text="Thêm một chuyện."))
    here.keep("wrong-code", customer.press(old, "Gửi thông tin", text="x", code="AAAA"))
    page = here.keep("refused", customer.open())
    here.keep("appealed", customer.press(page, "Yêu cầu xem xét lại", text="Không có bão."))
    here.later(days=1)
    more = {"evidence": {"bc-2": {"what": "Sổ xe ngày 20/11", "readable": True}}}
    customer.staff(DecideReview(REVIEWER, upheld=False, evidence=PROOF, text=TEXT), private=more)
    here.keep("reviewed", customer.open())


def ended(here: Gallery) -> None:
    """One case is withdrawn, another goes on inside it."""
    customer, other = here.file(), here.file()
    here.later(days=2)
    sure = customer.press(customer.open(), "Rút phiếu…")
    here.keep("withdrawn", customer.press(sure, "Có, rút phiếu", text="Tôi đổi ý."))
    away = CaseMergedAway(at=here.moment, by=LEAD, into=customer.reference)
    step = handling.step_of(here.portal, other.loaded, (away,), {}, here.moment, None)
    here.portal.store.write(history.append, step)
    here.keep("merged", other.open())


def danger(here: Gallery) -> None:
    """Somebody was hurt, and nobody called back within half an hour."""
    customer = here.file(category="AT")
    here.later(minutes=50)
    here.keep("danger", customer.open())


LIVES: tuple[Callable[[Gallery], None], ...] = (missed, paused, proposed, refused, ended, danger)


@pytest.fixture(scope="session")
def case_states(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Give the HTML of the case page by the name of the state that it shows."""
    folder: Path = tmp_path_factory.mktemp("case-states")
    here = Gallery()
    settings = Settings.from_environ({"PORTAL_VAR_DIR": str(folder)})
    here.app = assemble(settings, read(CONTENT, date(2026, 11, 23)), here.now)
    upgrade(here.portal.store)
    for live in LIVES:
        live(here)
    here.portal.close()
    return here.pages
