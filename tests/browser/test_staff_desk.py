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

from forms_api import acknowledgements, handling, kinds, service
from forms_api.portal import Portal
from forms_api.settings import Settings
from forms_api.store.migrate import upgrade
from forms_api.views import Receipt
from forms_api.web.app import assemble
from forms_api.web.middleware import security_headers
from forms_api.web.publication import StaticSite
from forms_api.web.request_checks import addressed_to
from forms_api.web.server import PortalServer
from service_policy.cases.holding.hand_off import HandOff
from service_policy.cases.messages.answers import SendAnswer
from service_policy.cases.messages.pauses import AskCustomer
from service_policy.content import read
from service_policy.promises.calendar import VIETNAM
from tests.support.axe import violations
from tests.support.browser import Open
from tests.support.site import BuiltSite
from tests.support.staff import PASSWORD, Member, enrol
from tests.support.submissions import COMPLAINT
from tooling.chromium import SCREENS

pytestmark = pytest.mark.browser

ANSWER = "Chúng tôi đã kiểm tra: xe giao chậm vì hỏng, mai giao bù và trả tiền bù."
ATTACK = "</textarea><script>document.title='xss'</script><img src=x onerror=\"alert(1)\">"

REPAINTED = "new Promise((ok) => requestAnimationFrame(() => requestAnimationFrame(ok)))"


@dataclass
class SiteBuild:
    """A running server, its portal, and somebody who works there."""

    address: str
    portal: Portal
    lan: Member
    receipt: Receipt


@pytest.fixture
def house(built_site: BuiltSite, tmp_path: Path) -> Iterator[SiteBuild]:
    now = datetime.now(UTC)
    library = read(built_site.content, now.astimezone(VIETNAM).date())
    settings = Settings.from_environ({"PORTAL_VAR_DIR": str(tmp_path)})
    app = assemble(settings, library)
    portal: Portal = app.extensions["portal"]
    upgrade(portal.store)
    lan = enrol(portal, now, "lan", "lead", "kho-van")
    complaint = kinds.of("complaint").read(
        {**COMPLAINT, "description": f"{COMPLAINT['description']} {ATTACK}"}, portal.policy, now
    )
    receipt = service.file_case(portal, complaint, None, now)
    headers = security_headers(settings)
    site = StaticSite(app, built_site.output, headers, addressed_to(settings))
    server = PortalServer(site, "127.0.0.1", 0, refusal="", headers=headers)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield SiteBuild(f"http://127.0.0.1:{server.port}", portal, lan, receipt)
    server.stop()
    thread.join()
    portal.close()
    shutil.rmtree(tmp_path, ignore_errors=True)


def log_in(page: Page, house: SiteBuild) -> None:
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
def test_a_day_at_the_desk(house: SiteBuild, open_page: Open, screen: str) -> None:
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


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_somebody_reads_the_promises_in_force_and_says_so(
    house: SiteBuild, open_page: Open, screen: str
) -> None:
    page = open_page(f"{house.address}/noi-bo/", screen=screen, expect_status={422})
    log_in(page, house)
    page.click("a:has-text('cam kết đang áp dụng bạn chưa xác nhận')")
    page.wait_for_selector("h1:has-text('Cam kết mà ai cũng phải biết')")
    is_clean(page)
    page.click("button:has-text('Tôi đã đọc')")
    page.wait_for_selector("a:has-text('Chọn một câu trả lời.')")
    is_clean(page)
    me, now = house.lan.person, datetime.now(UTC)
    asked = acknowledgements.questions(
        house.portal, me, acknowledgements.reading(house.portal, me, now), 0
    )
    for number, one in enumerate(asked, 1):
        page.check(f"input[name=cau-{number}][value='{one.right}']")
    page.click("button:has-text('Tôi đã đọc')")
    page.wait_for_selector("text=Đã ghi: bạn đã đọc mọi cam kết đang áp dụng")
    is_clean(page)


def test_the_customer_reads_the_answer_and_objects(house: SiteBuild, open_page: Open) -> None:
    answer = SendAnswer(house.lan.person.actor, text=ANSWER)
    handling.execute(house.portal, house.receipt.reference, answer, datetime.now(UTC))
    page = open_page(f"{house.address}/ho-so/", screen="phone")
    page.fill("#reference", house.receipt.reference)
    page.fill("#code", house.receipt.code)
    page.click("button:has-text('Xem hồ sơ')")
    page.wait_for_selector("h1:has-text('Hồ sơ')")
    assert ANSWER in page.inner_text("main")
    is_clean(page)
    page.click("summary:has-text('Chưa trả lời đúng câu hỏi')")
    page.fill("textarea[id^=chua-tra-loi-]", f"Tôi hỏi bao giờ giao. {ATTACK}")
    page.click("button:has-text('Báo là chưa trả lời')")
    page.wait_for_selector("text=thời gian được tính như chưa trả lời")
    assert ATTACK in page.inner_text("main")
    is_clean(page)


def test_the_customers_page_is_clean_in_every_size_and_colour(
    house: SiteBuild, open_page: Open
) -> None:
    now, reference = datetime.now(UTC), house.receipt.reference
    actor = house.lan.person.actor
    asked = AskCustomer(actor, thing="photo", text="Xin gửi ảnh mặt sau của thùng hàng.")
    handling.execute(house.portal, reference, asked, now)
    given = HandOff(actor, to_department="qa", reason="expertise", text="Cần đo ở xưởng.")
    handling.execute(house.portal, reference, given, now)
    page = open_page(f"{house.address}/ho-so/", screen="phone", expect_status={409, 422})
    page.fill("#reference", reference)
    page.fill("#code", house.receipt.code)
    page.click("button:has-text('Xem hồ sơ')")
    page.wait_for_selector("h2:has-text('ảnh hoặc video')")
    assert page.url.endswith("/ho-so/")
    for width, height in SCREENS.values():
        for scheme in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme)
            # A page that changes colours while it is open may be measured half changed.
            page.reload()
            page.evaluate(REPAINTED)
            is_clean(page)
    page.click("button:has-text('Gửi trả lời')")
    page.wait_for_selector(".error-summary a[href='#bo-sung-text']")
    is_clean(page)
    handling.execute(house.portal, reference, SendAnswer(actor, text=ANSWER), datetime.now(UTC))
    page.fill("#bo-sung-text", "Ảnh ở thư tôi gửi sáng nay.")
    page.click("button:has-text('Gửi trả lời')")
    page.wait_for_selector("h2:has-text('Việc vừa gửi chưa được ghi')")
    assert page.input_value("#bo-sung-text") == "Ảnh ở thư tôi gửi sáng nay."
    is_clean(page)
    page.click("button:has-text('Gửi trả lời')")
    page.wait_for_selector("text=Đã ghi điều Quý khách viết")
    is_clean(page)
    page.click("summary:has-text('Rút phiếu')")
    page.click("button:has-text('Rút phiếu…')")
    page.wait_for_selector("button:has-text('Có, rút phiếu')")
    is_clean(page)
