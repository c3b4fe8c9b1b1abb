"""No list of the desk ends without a word: counts, pages, and whole exports."""

import csv
import io
import tracemalloc

import pytest

from forms_api import kinds, service
from forms_api.paging import SIZE, sheet
from tests.staff.conftest import LogIn
from tests.support.scene import CODES
from tests.support.submissions import COMPLAINT
from tests.support.visitor import Seen, Visitor


def file(portal, now, count: int, **changes) -> list[str]:
    made = []
    for _ in range(count):
        complaint = kinds.of("complaint").read({**COMPLAINT, **changes}, portal.policy, now)
        made.append(service.file_case(portal, complaint, None, now).reference)
    return made


def listed(page: Seen) -> list[str]:
    """Return the references of the table, in order."""
    rows = [one.text for one in page.document.all("a") if one.get("class") == "code"]
    return [one for one in rows if CODES.fullmatch(one)]


def walk(visitor: Visitor, address: str) -> list[str]:
    """Go through all pages of a list, following its own links."""
    found, number = [], 1
    while True:
        page = visitor.get(f"{address}&trang={number}")
        found += listed(page)
        links = [one.get("href") for one in page.document.all("a")]
        if not any(one.endswith(f"trang={number + 1}") for one in links):
            return found
        number += 1


@pytest.mark.parametrize("queue", ["xem=giu&phong=tat-ca", "xem=giu&phong=kho-van"])
def test_every_case_of_a_queue_is_on_one_of_its_pages(portal, clock, log_in: LogIn, queue) -> None:
    made = file(portal, clock(), 2 * SIZE + 10)
    lan = log_in("lan", "lead", "kho-van")
    first = lan.get(f"/noi-bo/?{queue}")
    assert f"{len(made)} phiếu" in first.html
    found = walk(lan, f"/noi-bo/?{queue}")
    assert len(found) == len(made)
    assert set(found) == set(made)


def test_safety_stands_first_then_priority_then_the_nearest_date_on_every_page(
    portal, clock, log_in: LogIn
) -> None:
    plain = file(portal, clock(), SIZE)
    clock.move(hours=1)
    favoured = file(portal, clock(), 3, priority="true")
    clock.move(hours=1)
    leak = "Tủ bị rò điện, chạm vào thì giật."
    unsafe = file(portal, clock(), 2, category="AT", description=leak)
    found = walk(log_in("lan", "lead", "cskh"), "/noi-bo/?xem=giu&phong=tat-ca")
    assert set(found[:2]) == set(unsafe)
    assert set(found[2:5]) == set(favoured)
    assert set(found[5:]) == set(plain)
    page = log_in("lan").get("/noi-bo/?xem=giu&phong=tat-ca").html
    assert "An toàn, làm trước" in page
    assert "Khách ưu tiên" in page


def search(visitor: Visitor, question: str) -> Seen:
    return visitor.press(visitor.get("/noi-bo/tim/"), "Tìm", {"q": question})


def test_ones_own_case_is_found_among_many_of_the_same_name_that_one_may_not_read(
    portal, clock, log_in: LogIn
) -> None:
    mine = file(portal, clock(), 1, category="CL")
    clock.move(minutes=1)
    file(portal, clock(), 60)
    for name, department, expected in (("minh", "qa", mine), ("ai", "marketing", [])):
        found = search(log_in(name, "agent", department), "Nguyễn Thị Mẫu")
        assert listed(found) == expected
    lan = log_in("lan", "lead", "cskh")
    whole = search(lan, "Nguyễn Thị Mẫu")
    assert "61 phiếu" in whole.html
    second = lan.press(whole, "Trang 2")
    assert len(set(listed(whole)) | set(listed(second))) == 61


def test_an_export_holds_every_case_and_not_all_of_them_at_once(
    portal, clock, log_in: LogIn
) -> None:
    lead = log_in("lan", "lead", "cskh")
    made = file(portal, clock(), 230)
    tracemalloc.start()
    answer = lead.press(lead.get("/noi-bo/xuat/"), "Tệp CSV").response
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    tracemalloc.stop()
    assert len(rows) == len(made) + 1
    assert {row[0] for row in rows[1:]} == set(made)


@pytest.mark.parametrize(
    ("asked", "total", "number"),
    [
        ("", 0, 1),
        ("2", 51, 2),
        ("9", 51, 2),
        ("0", 51, 1),
        ("-1", 51, 1),
        ("²", 51, 1),
        ("x", 9, 1),
    ],
)
def test_a_page_that_is_not_there_is_the_nearest_one(asked, total, number) -> None:
    assert sheet(asked, total).number == number
