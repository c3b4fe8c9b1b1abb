"""The desk in a real browser: in with password and code, a day's work, out again."""

import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page

from forms_api import handling, intake, service
from forms_api.portal import Portal
from forms_api.settings import Settings
from forms_api.store.migrate import upgrade
from forms_api.views import Receipt
from forms_api.web.app import assemble
from forms_api.web.headers import security_headers
from forms_api.web.server import PortalServer
from forms_api.web.static_site import StaticSite
from service_policy.calendar import VIETNAM
from service_policy.cases.commands_service import SendAnswer
from service_policy.content import read
from tests.support.axe import violations
from tests.support.browser import Open
from tests.support.site import BuiltSite
from tests.support.staff import PASSWORD, Member, enrol
from tests.support.submissions import COMPLAINT

pytestmark = pytest.mark.browser

ANSWER = "Chúng tôi đã kiểm tra: xe giao chậm vì hỏng, mai giao bù và trả tiền bù."
ATTACK = "</textarea><script>document.title='xss'</script><img src=x onerror=\"alert(1)\">"


@dataclass
class House:
    """A running server, its portal, and somebody who works there."""

    address: str
    portal: Portal
    lan: Member
    receipt: Receipt


@pytest.fixture
def house(built_site: BuiltSite, tmp_path: Path) -> Iterator[House]:
    now = datetime.now(UTC)
    library = read(built_site.content, now.astimezone(VIETNAM).date())
    settings = Settings.from_environ({"PORTAL_VAR_DIR": str(tmp_path)})
    app = assemble(settings, library)
    portal: Portal = app.extensions["portal"]
    upgrade(portal.store)
    lan = enrol(portal, now, "lan", "lead", "kho-van")
    complaint = intake.complaint(
        {**COMPLAINT, "description": f"{COMPLAINT['description']} {ATTACK}"}, portal.policy, now
    )
    receipt = service.file_complaint(portal, complaint, None, now)
    headers = security_headers(settings)
    site = StaticSite(app, built_site.output, headers)
    server = PortalServer(site, "127.0.0.1", 0, refusal="", headers=headers)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield House(f"http://127.0.0.1:{server.port}", portal, lan, receipt)
    server.stop()
    thread.join()
    portal.close()
    shutil.rmtree(tmp_path, ignore_errors=True)


def log_in(page: Page, house: House) -> None:
    page.fill("#login", "lan")
    page.fill("#password", PASSWORD)
    page.click("button:has-text('Tiếp tục')")
    page.wait_for_url("**/vao/ma/**")
    page.fill("#code", house.lan.code(datetime.now(UTC)))
    page.click("button:has-text('Đăng nhập')")
    page.wait_for_url(re.compile(r"/noi-bo/$"))


def is_clean(page: Page) -> None:
    """No violation that axe finds, nothing wider than the screen, no script of a customer ran."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.title() != "xss"


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_a_day_at_the_desk(house: House, open_page: Open, screen: str) -> None:
    page = open_page(f"{house.address}/noi-bo/", screen=screen)
    is_clean(page)
    log_in(page, house)
    is_clean(page)
    page.click(f"a:has-text('{house.receipt.reference}')")
    page.wait_for_selector("h1:has-text('Phiếu')")
    assert ATTACK in page.inner_text("main")
    is_clean(page)
    page.click("a:has-text('Nhận phụ trách')")
    page.check("input[name=owner]")
    page.click("button:has-text('Nhận phụ trách')")
    page.wait_for_selector("text=Đã ghi: Nhận phụ trách")
    page.click(".panel a:text-is('Trả lời')")
    page.fill("#text", ANSWER)
    is_clean(page)
    page.click("button:has-text('Trả lời')")
    page.wait_for_selector("text=Đã ghi: Trả lời")
    for place in ("Nhập phiếu", "Tìm phiếu", "Dây chuyền", "Xuất tệp"):
        page.click(f".staff-nav a:has-text('{place}')")
        page.wait_for_selector(f".staff-nav a[aria-current]:has-text('{place}')")
        is_clean(page)
    page.click("button:has-text('Đăng xuất')")
    page.wait_for_url("**/noi-bo/vao/")
    page.goto(f"{house.address}/noi-bo/")
    assert page.url.endswith("/noi-bo/vao/?tiep=/noi-bo/")


def test_the_customer_reads_the_answer_and_objects(house: House, open_page: Open) -> None:
    answer = SendAnswer(house.lan.person.actor, text=ANSWER)
    handling.give(house.portal, house.receipt.reference, answer, datetime.now(UTC))
    page = open_page(f"{house.address}/ho-so/", screen="phone")
    page.fill("#reference", house.receipt.reference)
    page.fill("#code", house.receipt.code)
    page.click("button:has-text('Xem hồ sơ')")
    page.wait_for_selector("h1:has-text('Hồ sơ')")
    assert ANSWER in page.inner_text("main")
    is_clean(page)
    page.click("summary:has-text('Chưa trả lời đúng câu hỏi')")
    page.fill("textarea[id^=text-chua-tra-loi]", f"Tôi hỏi bao giờ giao. {ATTACK}")
    page.click("button:has-text('Chưa trả lời đúng câu hỏi')")
    page.wait_for_selector("text=Đã ghi nhận")
    assert ATTACK in page.inner_text("main")
    is_clean(page)
