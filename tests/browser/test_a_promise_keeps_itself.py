"""Three weeks in the life of one complaint, with a real server, a real clock file and Chromium.

It is filed on a Friday one minute after closing; the first answer is missed; money is owed and
shown; the case is handed on; a false "resolved" is disputed; a refusal waits for its second reader;
the payment is late and costs more; and the public scorecard tells all of it.
"""

import base64
import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from forms_api.staff import totp
from tests.support import pictures
from tests.support.browser import Open
from tests.support.site import BuiltSite
from tests.support.timed_server import TimedWorld, timed_server

pytestmark = pytest.mark.browser

PASSWORD = "bốn con mèo uống trà"
STORY = "Nồi cơm kêu to từ hôm qua, nấu xong thì tắt hẳn."
ANSWER = "Chúng tôi đã kiểm tra ảnh Quý khách gửi và hẹn thay bo mạch vào thứ Sáu."
DONE = "Chúng tôi đã thay bo mạch mới cho Quý khách, không thu tiền, xong hôm nay."
NO = "Chúng tôi kết luận máy rơi vỡ, xem ảnh; Quý khách có thể yêu cầu xem xét lại."
PROOF = "Ảnh vỏ máy chụp ngày 25/11, tệp số 3"
EPOCH = str(int(datetime(2026, 12, 10, 3, 0, tzinfo=UTC).timestamp()))
"""The morning on which November's scorecard is published."""
MEASURE = """
import sys
from pathlib import Path
from tooling.scorecard import scorecard
print(*scorecard(sys.argv[1], content=Path(sys.argv[2]))[1], sep="\\n")
"""
"""What `inv scorecard` runs, on a copy of the content."""


class Staff:
    """A member of staff with an account made by the keeper of the machine, at a real browser."""

    def __init__(self, world: TimedWorld, page: Page, login: str, role: str, department: str):
        self.world, self.page, self.login = world, page, login
        told = world.flask(
            "staff", "add", login, "--name", f"Người tên {login.title()}",
            "--role", role, "--department", department, typed=f"{PASSWORD}\n",
        )  # fmt: skip
        found = re.search(r"secret\s+([A-Z2-7 ]+)", told)
        assert found is not None, told
        self.id = told.split()[0]
        text = found.group(1).replace(" ", "")
        self.key = base64.b32decode(text + "=" * (-len(text) % 8))

    def enter(self) -> Page:
        """Log in with password and the code that the phone shows now."""
        self.page.goto(f"{self.world.address}/noi-bo/")
        if "/vao/" in self.page.url:
            self.page.get_by_label("Tên đăng nhập").fill(self.login)
            self.page.get_by_label("Mật khẩu").fill(PASSWORD)
            self.page.get_by_role("button", name="Tiếp tục").click()
            code = totp.code(self.key, totp.step_at(self.world.moment))
            self.page.get_by_label("Mã 6 chữ số").fill(code)
            self.page.get_by_role("button", name="Đăng nhập").click()
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        return self.page

    def form(self, reference: str, title: str) -> Page:
        """Open the form of an action from the case's page."""
        self.enter()
        self.page.goto(f"{self.world.address}/noi-bo/ho-so/{reference}/")
        self.page.locator(".panel__links").get_by_role("link", name=title, exact=True).click()
        return self.page

    def send(self, title: str) -> None:
        self.page.locator("main form").get_by_role("button", name=title, exact=True).click()

    def done(self, title: str) -> None:
        self.send(title)
        if "xem lại số tiền" in self.page.locator("main").inner_text():
            self.send(title)  # An amount is said back before it counts.
        expect(self.page.locator("main")).to_contain_text(f"Đã ghi: {title}")
        settle(self.page)


def settle(page: Page) -> None:
    """Wait until the page has all it wants: a connection that lives through a leap is hung up."""
    page.wait_for_load_state("networkidle")


def look(page: Page, world: TimedWorld, codes: tuple[str, str]) -> Page:
    """The customer opens the case on the phone."""
    page.goto(f"{world.address}/ho-so/")
    page.get_by_label("Mã hồ sơ").fill(codes[0])
    page.get_by_label("Mã bí mật").fill(codes[1])
    page.get_by_role("button", name="Xem hồ sơ").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(codes[0])
    settle(page)
    return page


def promise(page: Page, title: str) -> str:
    """Return what the customer's page says of a promise, on one line."""
    found = page.locator(".dated-promise").filter(has_text=title)
    return " ".join(found.inner_text().replace("\u00a0", " ").split())


def complain(page: Page, world: TimedWorld) -> tuple[str, str]:
    """File the complaint and return reference and code."""
    page.goto(f"{world.address}/gui/khieu-nai/")
    page.get_by_label("Chất lượng sản phẩm, tiếng ồn, mùi").check()
    page.get_by_label("Kể lại sự việc").fill(STORY)
    page.locator("input[name=segment][value=household]").check()
    page.locator("input[name=name]").fill("Nguyễn Thị Mẫu")
    page.locator("input[name=phone]").fill("0912 345 678")
    page.locator("main form[action='/gui/khieu-nai/'] button[type=submit]").click()
    page.locator("form[action$='/xong/'] .actions .button--primary").click()
    panel = page.locator(".confirmation")
    expect(panel).to_contain_text("Đã ghi nhận")
    found = re.search(r"KN-26-[0-9A-Z]{4}-[0-9A-Z]{4}", panel.inner_text())
    assert found is not None
    return found.group(), page.locator("[data-copy]").inner_text()


@pytest.fixture
def world_folder(tmp_path: Path, built_site: BuiltSite) -> Path:
    """Make a folder with a copy of the built site and of its content."""
    shutil.copytree(built_site.output, tmp_path / "output")
    shutil.copytree(built_site.content, tmp_path / "content")
    return tmp_path


def test_a_promise_keeps_itself(
    world_folder: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    with timed_server(world_folder, world_folder / "output", "2026-11-20T17:01") as world:
        phone = open_page(f"{world.address}/", screen="phone")
        pages = [phone]

        def sit(login: str, role: str, department: str) -> Staff:
            page = open_page(f"{world.address}/noi-bo/", screen="desktop", expect_status={422})
            pages.append(page)
            return Staff(world, page, login, role, department)

        live_through(world, phone, sit)
        publish(world, monkeypatch)
        read_the_scorecard(world, phone)
        for page in pages:
            # Nobody looks at the server any more when it stops.
            page.goto("about:blank")


def live_through(world: TimedWorld, phone: Page, sit: Callable[[str, str, str], Staff]) -> None:
    """Tell the story up to the late payment."""
    # Friday, 17:01: everything counts from Monday's opening.
    codes = complain(phone, world)
    first = promise(look(phone, world, codes), "Trả lời lần đầu")
    assert "23/11/2026" in first, first
    assert "17:00" in first, first

    # Monday: an owner, and two hours later another department. Nobody answers.
    lan = sit("lan", "agent", "qa")
    world.set("2026-11-23T08:30")
    lan.form(codes[0], "Nhận phụ trách").locator(f"input[type=radio][value='{lan.id}']").check()
    lan.done("Nhận phụ trách")
    world.set("2026-11-23T10:00")
    page = lan.form(codes[0], "Chuyển phòng khác")
    page.locator("select[name=to]").select_option("ky-thuat")
    page.locator("input[name=reason]").first.check()
    page.locator("textarea[name=text]").fill("Cần đo tại xưởng của kỹ thuật.")
    lan.done("Chuyển phòng khác")

    # One minute after the deadline; the sweep writes it down, twice is once.
    world.set("2026-11-23T17:01")
    world.flask("sweep")
    assert "0 changed" in world.flask("sweep")
    first = promise(look(phone, world, codes), "Trả lời lần đầu")
    assert "50.000 đ" in first, first
    told = phone.locator("main").inner_text()
    assert "Bảo đảm chất lượng" in told
    assert "Kỹ thuật bảo hành" in told
    assert "giữ 2 giờ" in told, told
    assert "Cần đo tại xưởng" not in told

    # Wednesday (Tuesday was a holiday): an answer, and at once a false "resolved".
    world.set("2026-11-25T09:00")
    lan.form(codes[0], "Trả lời").locator("textarea[name=text]").fill(ANSWER)
    lan.done("Trả lời")
    page = lan.form(codes[0], "Đề nghị cách giải quyết")
    page.locator("input[name=outcome][value=as_asked]").check()
    page.locator("textarea[name=text]").fill(DONE)
    lan.done("Đề nghị cách giải quyết")
    world.set("2026-11-25T15:00")
    before = promise(look(phone, world, codes), "Giải quyết khiếu nại")
    expect(phone.locator("main")).to_contain_text(DONE)
    phone.locator("textarea:visible").first.fill("Chưa ai đến thay gì cả.")
    phone.get_by_role("button", name="Không đồng ý", exact=True).click()
    expect(phone.locator("main")).to_contain_text("Chưa ai đến thay gì cả.")
    settle(phone)
    assert "03/12/2026, 17:00" in before, before
    after = promise(look(phone, world, codes), "Giải quyết khiếu nại")
    assert "03/12/2026, 17:00 (còn 6 ngày" in after, after

    # Thursday: a refusal, for heads alone; not without evidence, nor without a second reader.
    binh = sit("binh", "second_reader", "phap-che")
    hoa = sit("hoa", "lead", "ky-thuat")
    world.set("2026-11-26T09:00")
    lan.enter().goto(f"{world.address}/noi-bo/ho-so/{codes[0]}/")
    links = lan.page.locator(".panel__links")
    expect(links.get_by_role("link", name="Trả lời", exact=True)).to_be_visible()
    expect(links.get_by_role("link", name="Từ chối", exact=True)).to_have_count(0)
    page = hoa.form(codes[0], "Từ chối")
    page.locator("select[name=clause]").select_option(index=1)
    page.locator("textarea[name=text]").fill(NO)
    page.locator(f"input[name=reader][value='{binh.id}']").check()
    hoa.send("Từ chối")
    expect(page.locator(".error-summary")).to_contain_text("cần được điền")
    page.locator("textarea[name=evidence]").fill(PROOF)
    page.locator("input[name=evidence_readable]").check()
    photo = FilePayload(name="tem.png", mimeType="image/png", buffer=pictures.PNG)
    page.locator("#files").set_input_files(photo)
    hoa.done("Từ chối")
    assert NO not in look(phone, world, codes).locator("main").inner_text()
    expect(phone.get_by_role("button", name="Yêu cầu xem xét lại")).to_have_count(0)
    world.set("2026-11-26T14:00")
    binh.form(codes[0], "Ký lời từ chối")
    binh.done("Ký lời từ chối")
    told = look(phone, world, codes).locator("main").inner_text()
    assert NO in told
    assert PROOF in told
    expect(phone.get_by_role("button", name="Yêu cầu xem xét lại")).to_be_visible()

    # The customer says where the money may go, so that waiting for it is nobody else's doing.
    phone.get_by_role("link", name="Điền nơi nhận tiền").click()
    phone.locator("input[name=payout-way][value=transfer]").check()
    phone.get_by_label("Ngân hàng", exact=True).select_option("970436")
    phone.get_by_label("Số tài khoản", exact=True).fill("0011002345678")
    phone.get_by_label("Tên chủ tài khoản", exact=True).fill("Nguyễn Thị Mẫu")
    phone.get_by_role("button", name="Gửi nơi nhận tiền").click()
    expect(phone.locator("main")).to_contain_text("Đã ghi nơi nhận tiền")
    settle(phone)

    # The money of the 23rd is paid on 2 December: five working days have passed, so it costs more.
    ke = sit("ke", "accountant", "ke-toan")
    world.set("2026-12-02T09:00")
    page = ke.form(codes[0], "Ghi đã trả tiền")
    page.locator("input[name=vnd]").fill("50.000")
    page.locator("input[name=method][value=transfer]").check()
    page.locator("textarea[name=evidence]").fill("FT26120200001")
    ke.send("Ghi đã trả tiền")
    expect(page.locator("main")).to_contain_text("Năm mươi nghìn đồng")
    ke.done("Ghi đã trả tiền")
    world.flask("sweep")
    told = " ".join(look(phone, world, codes).locator("main").inner_text().split())
    assert "trả tiền bù trễ hạn, thêm một lần 50.000 đ" in told.replace("\u00a0", " "), told


def publish(world: TimedWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    """Measure November on 10 December and build the site again under the running server."""
    from tooling.build import build

    world.set("2026-12-10T10:00")
    content = world.folder / "content"
    for month in ("2026-11", "2026-12"):
        assert "K2" in world.run("-c", MEASURE, month, str(content))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.setenv("PORTAL_SITE_URL", "https://nhakhe.example")
    build(world.output, content)


def read_the_scorecard(world: TimedWorld, phone: Page) -> None:
    """The missed answer, the refusal, what was paid late and the extra stand there."""
    november = month_of(phone, world, "2026-11")
    assert "K2 Trả lời lần đầu đúng hạn 0 trên 1" in november, november
    assert "1 lời từ chối; 0 lời từ chối bị lật lại" in november, november
    assert "Phát sinh trong kỳ 50.000 đ Đã trả trong kỳ 0 đ" in november, november
    # The 50.000 đ came late, and nobody has paid the extra by its own date.
    december = month_of(phone, world, "2026-12")
    assert "Đã trả trong kỳ 50.000 đ Trả chậm hoặc quá hạn chưa trả 100.000 đ" in december, december
    phone.goto(f"{world.address}/ket-qua/")
    expect(phone.locator("main")).to_contain_text("11/2026")


def month_of(phone: Page, world: TimedWorld, month: str) -> str:
    """Return what the page of a month says, on one line."""
    phone.goto(f"{world.address}/ket-qua/{month}/")
    return " ".join(phone.locator("main").inner_text().replace("\u00a0", " ").split())
