"""``kill -9`` of the server between any two clicks of the desk: no typed word is lost.

A real Chromium and a real server process. Each point of the way from opening a case to the
recorded answer is tried in two ways: the server is back when the next click comes, and it is not.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as BrowserError

from forms_api import kinds, service
from forms_api.loading import load
from forms_api.portal import Portal, open_portal
from forms_api.settings import Settings
from forms_api.store.migrate import upgrade
from service_policy.content import read
from service_policy.promises.calendar import VIETNAM
from tests.support.mortal_server import MortalServer
from tests.support.site import BuiltSite
from tests.support.staff import seat, sit
from tests.support.submissions import COMPLAINT

pytestmark = pytest.mark.browser

ANSWER = "Xe hỏng dọc đường; sáng mai giao bù, tiền bù trả cùng lúc."
MORE = " Đã gọi cho chị Mẫu lúc 9 giờ."
PATIENCE_MS = 120_000


@pytest.fixture(scope="module")
def world(built_site: BuiltSite, tmp_path_factory) -> Iterator[tuple[MortalServer, Portal]]:
    folder = tmp_path_factory.mktemp("mortal")
    now = datetime.now(UTC)
    settings = Settings.from_environ({"PORTAL_VAR_DIR": str(folder)})
    portal = open_portal(settings, read(built_site.content, now.astimezone(VIETNAM).date()).policy)
    upgrade(portal.store)
    seat(portal, now, "lan", "lead", "kho-van")
    server = MortalServer(folder, built_site.output).start()
    yield server, portal
    server.kill()
    portal.close()


@pytest.fixture
def house(world: tuple[MortalServer, Portal]) -> Iterator[tuple[MortalServer, Portal]]:
    """Give the server running, whatever the last test did to it."""
    server, portal = world
    yield server, portal
    if server.process is None or server.process.poll() is not None:
        server.start()


@pytest.fixture
def reference(house: tuple[MortalServer, Portal]) -> str:
    _, portal = house
    now = datetime.now(UTC)
    complaint = kinds.of("complaint").read(COMPLAINT, portal.policy, now)
    return service.file_case(portal, complaint, None, now).reference


@pytest.fixture
def page(
    house: tuple[MortalServer, Portal], chromium: Browser, request: pytest.FixtureRequest
) -> Iterator[Page]:
    server, portal = house
    context = chromium.new_context(java_script_enabled=getattr(request, "param", True))
    context.set_default_timeout(PATIENCE_MS)
    context.set_default_navigation_timeout(PATIENCE_MS)
    token = sit(portal, datetime.now(UTC), "lan")
    context.add_cookies([{"name": "desk", "value": token, "url": server.address}])
    yield context.new_page()
    context.close()


def messages(portal: Portal, reference: str) -> list[str]:
    """Return the texts of the answers that are recorded."""
    loaded = portal.store.read(lambda connection: load(connection, reference))
    numbers = [one.number for one in loaded.case.messages]
    return [str(loaded.private[number]["text"]) for number in numbers]


def click(page: Page, what: str) -> None:
    """Click and wait for the page that comes."""
    with page.expect_navigation(timeout=PATIENCE_MS):
        page.click(what)


def click_in_vain(page: Page, what: str) -> None:
    """Click while nobody answers."""
    with page.expect_event("requestfailed", timeout=PATIENCE_MS):
        page.click(what, no_wait_after=True)


def opens(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_load_state()


POINTS = ("before the case", "before the form", "while typing", "before sending", "after sending")


@pytest.mark.parametrize("page", [True, False], ids=["scripts", "no scripts"], indirect=True)
@pytest.mark.parametrize("point", POINTS)
def test_a_server_that_is_back_when_the_next_click_comes_takes_every_word(
    house: tuple[MortalServer, Portal], page: Page, reference: str, point: str
) -> None:
    server, portal = house

    def at(name: str) -> None:
        if point == name:
            server.again()

    opens(page, f"{server.address}/noi-bo/")
    at("before the case")
    click(page, f"a.code:has-text('{reference}')")
    at("before the form")
    click(page, "a:has-text('Trả lời')")
    page.fill("#text", ANSWER)
    at("while typing")
    page.fill("#text", ANSWER + MORE)
    at("before sending")
    click(page, "button:has-text('Trả lời')")
    at("after sending")
    page.reload()
    assert messages(portal, reference) == [ANSWER + MORE]


def by_going_back(page: Page, address: str) -> None:
    """Open the form anew, as somebody does who gives up on the page that did not come."""
    opens(page, address)


def by_reloading(page: Page, address: str) -> None:
    """Press reload on the page that did not come: the browser sends the post again."""
    page.reload()
    page.wait_for_load_state()


@pytest.mark.parametrize("back", [by_going_back, by_reloading])
def test_what_was_sent_to_a_dead_server_is_still_there_when_it_lives_again(
    house: tuple[MortalServer, Portal],
    page: Page,
    reference: str,
    back: Callable[[Page, str], None],
) -> None:
    server, portal = house
    address = f"{server.address}/noi-bo/ho-so/{reference}/tra-loi/"
    opens(page, address)
    page.fill("#text", ANSWER + MORE)
    server.kill()
    click_in_vain(page, "button:has-text('Trả lời')")
    server.start()
    back(page, address)
    if "xong=" not in page.url:
        page.wait_for_selector("[data-draft-note]")
        assert page.input_value("#text") == ANSWER + MORE
        assert page.is_visible("[data-draft-note]")
        click(page, "button:has-text('Trả lời')")
    assert messages(portal, reference) == [ANSWER + MORE]
    opens(page, address)
    assert page.input_value("#text") == ""


@pytest.mark.parametrize(
    ("slug", "fields"),
    [
        ("ho-so/{}/bao-tien-do", {"#text": ANSWER}),
        ("ho-so/{}/hoi-khach", {"#text": ANSWER}),
        ("nhap/khieu-nai", {"#description": ANSWER, "#name": "Lê Văn Mẫu", "#taken_time": "8:15"}),
    ],
)
def test_every_form_of_the_desk_keeps_its_draft_over_a_kill(
    house: tuple[MortalServer, Portal], page: Page, reference: str, slug: str, fields
) -> None:
    server, _ = house
    address = f"{server.address}/noi-bo/{slug.format(reference)}/"
    opens(page, address)
    for field, text in fields.items():
        page.fill(field, text)
    server.kill()
    with pytest.raises(BrowserError):
        page.goto(address)
    server.start()
    opens(page, address)
    page.wait_for_selector("[data-draft-note]")
    assert {field: page.input_value(field) for field in fields} == fields
    page.click("[data-draft-drop]")
    page.wait_for_load_state()
    page.wait_for_function("document.querySelector('[data-draft-note]').hidden")


def test_an_answer_whose_acknowledgement_was_lost_is_not_given_twice(
    house: tuple[MortalServer, Portal], page: Page, reference: str
) -> None:
    server, portal = house
    address = f"{server.address}/noi-bo/ho-so/{reference}/tra-loi/"
    opens(page, address)
    page.fill("#text", ANSWER)

    def recorded_but_never_told(route, request) -> None:
        if request.method != "POST":
            route.continue_()
            return
        route.fetch(max_redirects=0)
        route.abort("connectionreset")

    page.route("**/tra-loi/", recorded_but_never_told)
    click_in_vain(page, "button:has-text('Trả lời')")
    page.unroute("**/tra-loi/")
    server.again()
    assert messages(portal, reference) == [ANSWER]
    opens(page, address)
    page.wait_for_selector("[data-draft-note]")
    assert page.input_value("#text") == ANSWER
    click(page, "button:has-text('Trả lời')")
    assert messages(portal, reference) == [ANSWER]


def test_logging_out_leaves_no_draft_in_the_browser(
    house: tuple[MortalServer, Portal], page: Page, reference: str
) -> None:
    server, _ = house
    opens(page, f"{server.address}/noi-bo/ho-so/{reference}/tra-loi/")
    page.fill("#text", ANSWER)
    page.wait_for_function("Object.keys(sessionStorage).some((one) => one.startsWith('draft '))")
    click(page, "button:has-text('Đăng xuất')")
    assert page.evaluate("Object.keys(sessionStorage).length") == 0
