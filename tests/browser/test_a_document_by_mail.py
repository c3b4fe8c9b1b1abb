"""A document is asked for on a phone, arrives as a file, and its reader says it was not clear."""

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from forms_api.mail import mailer_for
from forms_api.outbox import send_outbox
from forms_api.portal import Portal
from forms_api.settings import Settings
from forms_api.store.migrate import upgrade
from forms_api.web.app import assemble
from forms_api.web.middleware import security_headers
from forms_api.web.publication import StaticSite
from forms_api.web.request_checks import addressed_to
from forms_api.web.server import PortalServer
from service_policy.content import read
from tests.support.axe import violations
from tests.support.browser import Open
from tests.support.documents import content_of, publish
from tests.support.mailserver import MailServer
from tests.support.site import BuiltSite
from tests.support.staff import seat

pytestmark = pytest.mark.browser

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
REMARK = "Không rõ giá đã gồm công lắp chưa."


@dataclass
class SiteBuild:
    """A running server, its portal, and the token of an editor who is logged in."""

    address: str
    portal: Portal
    editor: str

    def send_letters(self) -> None:
        send_outbox(self.portal, mailer_for(self.portal.settings, self.portal.policy.company), NOW)


@pytest.fixture
def house(built_site: BuiltSite, mail_server: MailServer, tmp_path: Path) -> Iterator[SiteBuild]:
    library = read(built_site.content, date(2026, 11, 23))
    environ = {"PORTAL_VAR_DIR": str(tmp_path), "PORTAL_SMTP_URL": mail_server.url}
    documents = publish(tmp_path / "documents", library.register)
    app = assemble(Settings.from_environ(environ), library, lambda: NOW, documents)
    portal: Portal = app.extensions["portal"]
    upgrade(portal.store)
    token = seat(portal, NOW, "minh", "editor", "marketing")
    headers = security_headers(portal.settings)
    site = StaticSite(app, built_site.output, headers, addressed_to(portal.settings))
    server = PortalServer(site, "127.0.0.1", 0, refusal="", headers=headers)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield SiteBuild(f"http://127.0.0.1:{server.port}", portal, token)
    server.stop()
    thread.join()
    portal.close()


def sound(page: Page) -> None:
    """Nothing is wrong with the page, and nothing sticks out of it."""
    assert violations(page) == []
    script = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(script) == 0


def test_from_the_form_to_the_editors_list(
    house: SiteBuild, mail_server: MailServer, open_page: Open
) -> None:
    url = f"{house.address}/gui/tai-lieu/?ma=BG-2026.11&v=1"
    page = open_page(url, screen="phone", expect_status={422})
    expect(page.locator("[name=document_ids-1-id]")).to_have_value("BG-2026.11")
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    expect(page.get_by_role("heading", name="Cần sửa trước khi gửi")).to_be_visible()
    sound(page)
    page.get_by_label("Xem để mua").check()
    page.get_by_label("Email, gửi ngay").check()
    page.get_by_label("Hộ gia đình").check()
    page.locator("#name").fill("Nguyễn Thị Mẫu")
    page.locator("#email").fill("mau@khach.example")
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    sound(page)
    page.get_by_role("button", name="Gửi yêu cầu").click()
    main = page.locator("main")
    expect(main).to_contain_text(re.compile(r"TL-\d\d-"))
    expect(main).to_contain_text("phiên bản 1 đã thay bằng phiên bản 2")
    sound(page)

    house.send_letters()
    (mail,) = [one for one in mail_server.delivered if one.message.is_multipart()]
    (file,) = mail.message.iter_attachments()
    issue = house.portal.policy.register.find("BG-2026.11", 2)
    assert issue is not None
    assert file.get_content() == content_of(issue, "pdf")

    page.get_by_role("button", name="Xem hồ sơ").click()
    expect(main).to_contain_text("BG-2026.11 phiên bản 2 (PDF), gửi qua email")
    sound(page)
    page.get_by_role("link", name="Có dễ hiểu, đầy đủ không?").click()
    page.get_by_label("Chưa", exact=True).check()
    page.get_by_label("Khó hiểu").check()
    page.locator("#comment").fill(REMARK)
    sound(page)
    page.get_by_role("button", name="Gửi góp ý").click()
    expect(page.get_by_role("heading", name="Cảm ơn Quý khách")).to_be_visible()
    sound(page)

    page.context.add_cookies([{"name": "desk", "value": house.editor, "url": house.address}])
    page.goto(f"{house.address}/noi-bo/gop-y/")
    expect(main).to_contain_text(REMARK)
    sound(page)
    page.get_by_role("button", name="Đã xử lý").click()
    expect(main).to_contain_text("Đã đánh dấu 1 góp ý")
    expect(main).not_to_contain_text(REMARK)


def test_every_answer_page_asks_whether_it_is_clear_without_scripts(
    house: SiteBuild, open_page: Open
) -> None:
    url = f"{house.address}/hoi-dap/mat-phieu-bao-hanh/"
    page = open_page(url, screen="phone", javascript=False)
    page.get_by_role("button", name="Chưa", exact=True).click()
    expect(page.get_by_label("Chưa", exact=True)).to_be_checked()
    expect(page.locator("main")).to_contain_text("/hoi-dap/mat-phieu-bao-hanh/")
    page.get_by_role("button", name="Gửi góp ý").click()
    expect(page.get_by_role("heading", name="Cảm ơn Quý khách")).to_be_visible()
