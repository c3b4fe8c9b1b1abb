"""Money on its way, with a real server, a clock file and Chromium: from a late answer to "paid".

Once as it should be, once for a customer who looks only after the case was closed and the extra
for paying late had begun.
"""

import csv
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.test_a_promise_keeps_itself import Staff, look, settle
from tests.support.axe import violations
from tests.support.browser import Open
from tests.support.site import BuiltSite
from tests.support.timed_server import TimedWorld, timed_server

pytestmark = pytest.mark.browser

NUMBER = "0011002345678"
OUTBOX = """
import os
from sqlalchemy import create_engine, text
engine = create_engine("sqlite:///" + os.environ["PORTAL_VAR_DIR"] + "/portal.db")
with engine.connect() as connection:
    for subject, body in connection.execute(text("SELECT subject, body FROM outbox ORDER BY id")):
        print(subject, body, sep="\\n")
"""
Sit = Callable[[str, str, str], Staff]


@pytest.fixture
def world_folder(tmp_path: Path, built_site: BuiltSite) -> Path:
    """Make a folder with a copy of the built site."""
    shutil.copytree(built_site.output, tmp_path / "output")
    return tmp_path


def complain(page: Page, world: TimedWorld) -> tuple[str, str]:
    """File a complaint with a mail address, so that there are letters; return both codes."""
    page.goto(f"{world.address}/gui/khieu-nai/")
    page.get_by_label("Chất lượng sản phẩm, tiếng ồn, mùi").check()
    page.get_by_label("Kể lại sự việc").fill("Nồi cơm kêu to từ hôm qua, nấu xong thì tắt hẳn.")
    page.locator("input[name=segment][value=household]").check()
    page.locator("input[name=name]").fill("Nguyễn Thị Mẫu")
    page.locator("input[name=email]").fill("mau@khach.example")
    page.locator("main form[action='/gui/khieu-nai/'] button[type=submit]").click()
    page.locator("form[action$='/xong/'] .actions .button--primary").click()
    panel = page.locator(".confirmation")
    expect(panel).to_contain_text("Đã ghi nhận")
    found = re.search(r"KN-26-[0-9A-Z]{4}-[0-9A-Z]{4}", panel.inner_text())
    assert found is not None
    return found.group(), page.locator("[data-copy]").inner_text()


def say_where(phone: Page, number: str) -> None:
    """Fill in the account on the phone."""
    phone.get_by_role("link", name="Điền nơi nhận tiền").click()
    phone.locator("input[name=payout-way][value=transfer]").check()
    phone.get_by_label("Ngân hàng", exact=True).select_option("970436")
    phone.get_by_label("Số tài khoản", exact=True).fill(number)
    phone.get_by_label("Tên chủ tài khoản", exact=True).fill("Nguyễn Thị Mẫu")
    phone.get_by_role("button", name="Gửi nơi nhận tiền").click()
    expect(phone.locator("main")).to_contain_text("Đã ghi nơi nhận tiền")
    settle(phone)


def paid_by_the_bank(world: TimedWorld, clerk: Staff, second: Staff, on: str, number: str) -> None:
    """The accountant makes a file, somebody else approves it, and the bank's statement comes."""
    page = clerk.enter()
    page.goto(f"{world.address}/noi-bo/tien/")
    assert violations(page) == []
    page.locator("input[type=checkbox][name^=chon-]").first.check()
    page.get_by_role("button", name="Lập tệp chi").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tệp chi số")
    address = page.url.partition("?")[0]
    settle(page)
    other = second.enter()
    other.goto(address)
    expect(other.locator("main")).not_to_contain_text(number)
    other.get_by_role("button", name="Duyệt tệp").click()
    expect(other.locator("main")).to_contain_text("Đã duyệt tệp")
    settle(other)
    page.goto(address)
    expect(page.locator("main")).to_contain_text(number)
    page.get_by_text("Mã VietQR").first.click()
    expect(page.locator("img.payment-picture").first).to_be_visible()
    assert violations(page) == []
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải tệp chi (CSV)").click()
    rows = list(csv.reader(download.value.path().read_text(encoding="ascii").splitlines()))
    assert rows[1][1] == number
    vnd, memo = rows[1][5], rows[1][6]
    line = f"{on};FT{vnd};{vnd};;MB {memo} CK"
    text = f"Ngày giao dịch;Mã giao dịch;Ghi nợ;Ghi có;Nội dung\n{line}\n"
    page.goto(f"{world.address}/noi-bo/tien/")
    sent = FilePayload(name="sao ke.csv", mimeType="text/csv", buffer=text.encode())
    page.locator("input[type=file]").set_input_files(sent)
    page.get_by_role("button", name="Nhập sao kê").click()
    expect(page.locator("main")).to_contain_text("1 khoản đã trả")
    settle(page)


def is_paid(phone: Page, world: TimedWorld, codes: tuple[str, str], day: str) -> None:
    """The page says paid, with the day, and asks nothing."""
    told = " ".join(look(phone, world, codes).locator("main").inner_text().split())
    assert "Không còn khoản nào chưa trả." in told, told
    assert f"chuyển khoản, ngày {day}, mã giao dịch FT" in told, told
    expect(phone.get_by_role("button", name="Gửi nơi nhận tiền")).to_have_count(0)
    assert "cho biết nơi nhận" not in told
    assert NUMBER not in told


@pytest.fixture
def sit(open_page: Open) -> Callable[[TimedWorld], Sit]:
    """Return a maker of people at the desk of a world."""

    def at(world: TimedWorld) -> Sit:
        def one(login: str, role: str, department: str) -> Staff:
            page = open_page(f"{world.address}/noi-bo/", screen="desktop", expect_status={422})
            return Staff(world, page, login, role, department)

        return one

    return at


def test_money_arrives(
    world_folder: Path, open_page: Open, sit: Callable[[TimedWorld], Sit]
) -> None:
    with timed_server(world_folder, world_folder / "output", "2026-11-20T17:01") as world:
        phone = open_page(f"{world.address}/", screen="phone")
        codes = complain(phone, world)
        clerk = sit(world)("ke", "accountant", "ke-toan")
        second = sit(world)("binh", "second_reader", "phap-che")

        # Monday evening: the first answer is late, and the letter asks where the money should go.
        world.set("2026-11-23T17:01")
        world.flask("sweep")
        letters = world.run("-c", OUTBOX)
        assert "Xin cho biết nơi nhận tiền" in letters, letters
        assert "Chúng tôi nợ Quý khách" in letters
        link = re.search(r"(https?://\S+/ho-so/|/ho-so/)", letters)
        assert link is not None, letters

        told = look(phone, world, codes).locator("main").inner_text()
        assert "Việc của Quý khách: cho biết nơi nhận tiền." in told
        assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert violations(phone) == []
        say_where(phone, NUMBER)
        told = phone.locator("main").inner_text()
        assert "VCB •••• 5678" in told
        assert NUMBER not in told

        # Wednesday: two people and the bank.
        world.set("2026-11-25T09:00")
        paid_by_the_bank(world, clerk, second, "25/11/2026", NUMBER)
        is_paid(phone, world, codes, "25/11/2026")
        for page in (phone, clerk.page, second.page):
            page.goto("about:blank")


def test_it_also_arrives_at_somebody_who_looks_late_and_after_the_end(
    world_folder: Path, open_page: Open, sit: Callable[[TimedWorld], Sit]
) -> None:
    with timed_server(world_folder, world_folder / "output", "2026-11-20T17:01") as world:
        phone = open_page(f"{world.address}/", screen="phone")
        codes = complain(phone, world)
        clerk = sit(world)("ke", "accountant", "ke-toan")
        second = sit(world)("binh", "second_reader", "phap-che")
        world.set("2026-11-23T17:01")
        world.flask("sweep")
        # The customer looks only when the pay day has passed, and gives up the matter itself.
        world.set("2026-12-02T09:00")
        world.flask("sweep")
        told = " ".join(look(phone, world, codes).locator("main").inner_text().split())
        assert "thêm một lần 50.000 đ" in told.replace("\u00a0", " "), told
        phone.get_by_text("Rút phiếu", exact=True).first.click()
        phone.get_by_role("button", name="Rút phiếu…").click()
        phone.get_by_role("button", name="Có, rút phiếu").click()
        expect(phone.locator("main")).to_contain_text("chúng tôi còn nợ Quý khách")
        settle(phone)
        say_where(phone, NUMBER)
        paid_by_the_bank(world, clerk, second, "02/12/2026", NUMBER)
        is_paid(phone, world, codes, "02/12/2026")
        for page in (phone, clerk.page, second.page):
            page.goto("about:blank")
