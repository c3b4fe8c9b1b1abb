"""Menu, footer and home page are content: what they lead to is there, or a line is named."""

from pathlib import Path

import pytest

from forms_api.kinds import DECLARED
from service_policy.content import Fault, check, read
from tests.service_policy.broken_content import Breaker, remove, sub, swap
from tests.service_policy.conftest import TODAY

FILE = "giao-dien.yaml"


def faults_of(content: Path, file: str = FILE) -> list[Fault]:
    return [
        fault
        for fault in check(content, TODAY, declared=DECLARED)
        if fault.file == f"content/{file}"
    ]


def line_of(content: Path, words: str) -> list[int]:
    lines = (content / FILE).read_text(encoding="utf-8").splitlines()
    return [number for number, line in enumerate(lines, 1) if words in line]


def test_a_page_that_the_footer_links_cannot_be_deleted(content: Path) -> None:
    remove("trang/ho-tro/kenh-chinh-thuc.md")(content)
    (fault,) = faults_of(content)
    assert (fault.code, fault.field) == ("broken_link", "footer.2.links.1.url")
    assert [fault.line] == line_of(content, "/kenh-chinh-thuc/")
    assert "/kenh-chinh-thuc/" in fault.message


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("/khong-co/", "broken_link"),
        ("/gui/khong-co/", "broken_link"),
        ("/hoi-dap/mat-phieu-bao-hanh/#khong-co-muc-nay", "broken_anchor"),
        ("https://www.nhakhe.example/ho-so/", "own_address"),
        ("javascript:alert(1)", "unsafe_link"),
        ("//example.com/", "broken_link"),
    ],
)
@pytest.mark.parametrize(
    "field", ["menu.8", "action", "legal.links.4", "home.tasks.1", "home.legal.1"]
)
def test_every_place_of_the_chrome_is_checked(
    content: Path, url: str, code: str, field: str
) -> None:
    there = {
        "menu.8": r"(Theo dõi hồ sơ, url: )/ho-so/",
        "action": r"^(action: .*url: )/gui/khieu-nai/",
        "legal.links.4": r"(url: )/khieu-nai/",
        "home.tasks.1": r"(url: )/gui/khieu-nai/(?=, icon)",
        "home.legal.1": r"(url: )/phap-ly/dieu-kien-giao-dich/",
    }
    sub(FILE, there[field], rf'\1"{url}"')(content)
    (fault,) = faults_of(content)
    assert (fault.code, fault.field) == (code, f"{field}.url")


def test_an_old_address_in_the_menu_is_told_the_new_one(content: Path) -> None:
    sub("trang/ho-tro/lich-nghi.md", r"^(url: )/lich-nghi/", r"\1/lich-lam-viec/")(content)
    sub("trang/ho-tro/lich-nghi.md", r"^(id: .*)$", r"\1\naliases: [/lich-nghi/]")(content)
    (fault,) = faults_of(content)
    assert (fault.code, fault.fix) == ("moved_link", "viết /lich-lam-viec/")


def test_a_place_on_a_page_and_another_site_may_be_linked(content: Path) -> None:
    swap(FILE, "url: /bang-gia/}", 'url: "/lich-nghi/#dinh-nghia"}')(content)
    swap(FILE, "url: /san-pham/}", 'url: "https://example.com/"}')(content)
    assert faults_of(content) == []
    menu = read(content, TODAY).chrome.menu
    assert [one.url for one in menu][3:5] == ["/lich-nghi/#dinh-nghia", "https://example.com/"]


def test_a_channel_leads_somewhere_too(content: Path) -> None:
    swap("cong-ty.yaml", "url: /bao-hanh/trung-tam/", "url: /bao-hanh/trung-tam-2/")(content)
    (fault,) = faults_of(content, "cong-ty.yaml")
    assert (fault.code, fault.field) == ("broken_link", "channels.6.url")


@pytest.mark.parametrize(
    ("breaker", "field"),
    [
        (swap(FILE, "commitments: [CK-02,", "commitments: [CK-99,"), "home.commitments.1"),
        (swap(FILE, "questions: [BH-01,", "questions: [BH-99,"), "home.questions.1"),
        (swap(FILE, "indicators: [K1,", "indicators: [K99,"), "home.indicators.1"),
    ],
)
def test_the_home_page_names_only_what_exists(content: Path, breaker: Breaker, field: str) -> None:
    breaker(content)
    (fault,) = faults_of(content)
    assert (fault.code, fault.field) == ("unknown_reference", field)


def test_the_four_things_of_the_law_are_demanded(content: Path) -> None:
    sub(FILE, r"^ *- .*url: /khieu-nai/}\n", "")(content)
    (fault,) = faults_of(content)
    assert (fault.code, fault.field) == ("too_short", "legal.links")


def test_a_company_without_its_file_is_told_so(content: Path) -> None:
    remove(FILE)(content)
    assert [fault.code for fault in check(content, TODAY)] == ["missing_file"]


def test_a_question_of_the_home_page_may_come_later_but_a_linked_page_may_not(
    content: Path,
) -> None:
    sub("hoi-dap/hd-01.md", r"^id: .*$", r"\g<0>\npublish_from: 2026-12-01")(content)
    assert faults_of(content) == []
    sub("trang/ho-tro/lich-nghi.md", r"^id: .*$", r"\g<0>\npublish_from: 2026-12-01")(content)
    (fault,) = faults_of(content)
    assert (fault.code, fault.field) == ("outlives_page", "footer.1.links.8.url")
