"""Where the company fails: figures of a month from real cases, each leading to its cases."""

import html as markup
import re
from collections import Counter

import pytest
from flask import Flask

from forms_api.desk.weak_points import weak_points
from service_policy.cases.core.promises import PromiseMissed
from service_policy.cases.money.owing import CompensationOwed
from service_policy.cases.money.payments import PaymentRecorded
from tests.staff.conftest import Clock
from tests.support.scene import PROOF, Scene
from tests.support.visitor import Seen, Visitor

PAGE = "/noi-bo/diem-yeu/"


@pytest.fixture
def environ(either_database: dict[str, str]) -> dict[str, str]:
    """Run on both databases."""
    return either_database


def rows_of(page: Seen, heading: str) -> dict[str, dict[str, str]]:
    """Read a table of the page: its lines by their name, each cell by its column."""
    table = page.html.split(f"<h2>{heading}</h2>")[1].split("</table>")[0]
    found = {}
    for row in re.findall(r"<tr><th scope=\"row\".*?</tr>", table, re.DOTALL):
        name = re.search(r"<th[^>]*>(.*?)</th>", row)
        assert name is not None
        cells = re.findall(r"<td data-label=\"([^\"]*)\">(.*?)</td>", row, re.DOTALL)
        found[markup.unescape(name[1])] = dict(cells)
    return found


def link_of(cell: str) -> str:
    found = re.search(r'href="([^"]+)"', cell)
    assert found is not None, cell
    return markup.unescape(found[1])


def number_of(cell: str) -> str:
    return re.sub(r"<[^>]+>", "", cell.split("<span")[0]).replace("\N{NO-BREAK SPACE}", " ").strip()


def references(visitor: Visitor, address: str) -> set[str]:
    page = visitor.get(address)
    assert page.status == 200
    return set(re.findall(r"KN-26-[0-9A-Z]{4}-[0-9A-Z]{4}", page.html))


@pytest.fixture
def failed(scene: Scene) -> Scene:
    """A complaint that was late, was paid for, fell asleep, and came back."""
    scene.at("2026-12-09T17:01")
    scene.propose()
    scene.does("ke", "tra-tien", vnd=str(scene.case.open_vnd), method="transfer", **PROOF)
    scene.at("2026-12-20T09:00")
    assert scene.case.state == "closed"
    scene.customer("Mở lại phiếu", "Nồi lại kêu như cũ, chưa hết.")
    return scene


def test_each_figure_is_what_the_events_say_and_leads_to_the_case(failed: Scene) -> None:
    december = [one for one in failed.events if one.at.month == 12]
    paid = sum(one.vnd for one in december if isinstance(one, PaymentRecorded))
    owed = sum(one.vnd for one in december if isinstance(one, CompensationOwed))
    missed = Counter(one.commitment_id for one in december if isinstance(one, PromiseMissed))
    assert paid > 0
    lead = failed.staff("giam")
    page = lead.get(f"{PAGE}?thang=2026-12")
    whole = rows_of(page, "Cả công ty")
    told = {name: number_of(cells["Tháng này"]) for name, cells in whole.items()}
    assert told["Đã trả"] == f"{paid:,} đ".replace(",", ".")
    assert told["Phải trả thêm"] == f"{owed:,} đ".replace(",", ".")
    assert told["Lỡ hẹn"] == str(missed.total())
    assert (told["Khách báo lại"], told["Đóng vì khách im lặng"], told["Phiếu nhận"]) == (
        "1",
        "1",
        "0",
    )
    promises = rows_of(page, "Theo lời hứa")
    assert {name.split(" ")[0]: number_of(one["Lỡ hẹn"]) for name, one in promises.items()} == {
        commitment: str(count) for commitment, count in missed.items()
    }
    for heading in ("Theo nguyên nhân", "Theo phòng phụ trách", "Theo sản phẩm"):
        (cells,) = rows_of(page, heading).values()
        for column in ("Đã trả", "Lỡ hẹn", "Khách báo lại", "Đóng vì khách im lặng"):
            assert references(lead, link_of(cells[column])) == {failed.reference}, column
    for cells in promises.values():
        assert references(lead, link_of(cells["Lỡ hẹn"])) == {failed.reference}


def test_a_month_stands_beside_the_one_before(failed: Scene) -> None:
    lead = failed.staff("giam")
    page = lead.get(f"{PAGE}?thang=2026-12")
    assert "trước: 1" in rows_of(page, "Cả công ty")["Phiếu nhận"]["Tháng này"]
    november = lead.get(f"{PAGE}?thang=2026-11")
    whole = rows_of(november, "Cả công ty")
    assert number_of(whole["Phiếu nhận"]["Tháng này"]) == "1"
    assert number_of(whole["Lỡ hẹn"]["Tháng này"]) == "0"
    assert 'rel="next"' in november.html
    assert 'rel="next"' not in page.html


def test_cases_are_told_apart_by_cause_department_and_product(scene: Scene) -> None:
    product = scene.portal.policy.products[0]
    first = scene.reference
    second = scene.file(category="AT", product_code=product.id).reference
    lead = scene.staff("giam")
    page = lead.get(f"{PAGE}?thang=2026-11")
    by_product = rows_of(page, "Theo sản phẩm")
    assert set(by_product) == {"chưa ghi", f"{product.id} · {product.name}"}
    found = {
        name: references(lead, link_of(cells["Phiếu nhận"])) for name, cells in by_product.items()
    }
    assert found == {"chưa ghi": {first}, f"{product.id} · {product.name}": {second}}
    for heading in ("Theo nguyên nhân", "Theo phòng phụ trách"):
        rows = rows_of(page, heading).values()
        lists = [references(lead, link_of(cells["Phiếu nhận"])) for cells in rows]
        assert sorted(lists, key=min) == sorted([{first}, {second}], key=min)


def test_questions_that_nobody_answers_are_counted_in_their_month(
    app: Flask, scene: Scene, clock: Clock
) -> None:
    client = app.test_client()
    assert client.post("/api/v1/search-misses", json={"q": "tuyển dụng"}).status_code == 204
    scene.at("2026-12-02T09:00", swept=False)
    for words in ("tuyển dụng", "bảo hành máy bay"):
        assert client.post("/api/v1/search-misses", json={"q": words}).status_code == 204
    found = weak_points(scene.portal, "2026-12")
    assert (found.searched.now, found.searched.before) == (1, 1)
    assert [one.times for one in found.asked] == [2, 1]
    page = scene.staff("kiem").get(PAGE)
    assert '<a href="/noi-bo/cau-hoi-thieu/">1</a>' in page.html


@pytest.mark.parametrize("who", ["lan", "ke", "binh", "minh"])
def test_only_who_leads_or_audits_sees_it(scene: Scene, who: str) -> None:
    assert scene.staff(who).get(PAGE).status == 403
    assert scene.staff(who).get(f"{PAGE}phieu/?so=nhan").status == 403


def test_no_name_of_a_customer_or_of_staff_is_on_it(failed: Scene) -> None:
    page = failed.staff("kiem").get(f"{PAGE}?thang=2026-12").html
    main = page.split("<main")[1]
    assert "Nguyễn Thị Mẫu" not in main
    assert "NV-" not in main


@pytest.mark.parametrize(
    "asked", ["", "?thang=2026-13", "?thang=1999-01", "?thang=2099-01", "?thang=x"]
)
def test_a_month_that_is_none_is_this_one(scene: Scene, asked: str) -> None:
    page = scene.staff("kiem").get(f"{PAGE}{asked}")
    assert page.status == 200
    assert "Tháng 11/2026, chưa hết tháng" in page.html


@pytest.mark.parametrize("asked", ["", "?so=x", "?so=nhan&theo=nguoi", "?theo=phong&la=qa"])
def test_a_list_of_no_figure_is_not_there(scene: Scene, asked: str) -> None:
    assert scene.staff("kiem").get(f"{PAGE}phieu/{asked}").status == 404


def test_a_strange_key_finds_nothing_and_stays_text(scene: Scene) -> None:
    page = scene.staff("kiem").get(f"{PAGE}phieu/?so=nhan&theo=phong&la=%3Cb%3E%27--")
    assert page.status == 200
    assert "<b>&#39;" not in page.html
    assert "Không có phiếu nào" in page.html
