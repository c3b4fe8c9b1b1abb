"""What a person sees of it: the brake, the list of customers to tell by hand, the preview."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from forms_api.portal import Portal
from forms_api.store.tables import audit
from forms_api.sweeping import sweep
from tests.own_reports.test_late_and_short_orders import UNTIL, all_cases, debts, letters
from tests.own_reports.world import customers, deliveries, orders
from tests.support.application import MONDAY, Clock
from tests.support.made_books import take
from tests.support.staff import seat
from tests.support.visitor import Visitor


def sit(
    app: Flask, portal: Portal, clock: Clock, role: str, department: str = "kho-van"
) -> Visitor:
    client = app.test_client()
    client.set_cookie("desk", seat(portal, clock(), role.replace("_", "-"), role, department))
    return Visitor(client)


def deeds(portal: Portal) -> list[str]:
    query = select(audit.c.action).order_by(audit.c.id)
    return portal.store.read(lambda connection: list(connection.scalars(query)))


def test_a_second_person_lets_many_misses_go_and_nothing_is_lost(
    portal: Portal, app: Flask, clock: Clock
) -> None:
    take(portal.store, *customers(25), *orders(25, UNTIL))
    take(portal.store, deliveries(dict.fromkeys(range(4, 26), "2026-11-10T09:00"), UNTIL))
    sweep(portal, clock())
    assert debts(portal) == {}
    agent = sit(app, portal, clock, "agent").get("/noi-bo/tu-soat/")
    assert "Đơn hàng" in agent.html
    assert not any(words == "Đã xem, cho gửi" for form in agent.forms for words, *_ in form.buttons)
    lead = sit(app, portal, clock, "second_reader", "phap-che")
    page = lead.get("/noi-bo/tu-soat/")
    assert "3 lần trễ" in page.html
    assert "1.008.000" in page.html
    assert lead.press(page, "Đã xem, cho gửi", {}).status == 303
    assert "Không có lần trễ nào chờ xem" in lead.get("/noi-bo/tu-soat/").html
    sweep(portal, clock() + timedelta(minutes=1))
    assert debts(portal) == {f"DH-{one}": 336_000 for one in (1, 2, 3)}
    assert len(letters(portal)) == 3
    assert "misses_released" in deeds(portal)


def test_a_sum_above_what_the_company_set_waits_however_few_they_are(portal: Portal) -> None:
    limit = portal.policy.company.handling.hold_above_vnd
    assert limit is not None
    # Sixty orders of 336.000 đ are 20.160.000 đ; of two thousand they are three in a hundred.
    late = limit // 336_000 + 1
    take(portal.store, *customers(late), *orders(late, UNTIL), deliveries({}, UNTIL))
    sweep(portal, MONDAY)
    assert all_cases(portal) == {}


def test_a_customer_without_mail_is_told_on_paper_or_by_phone(
    portal: Portal, app: Flask, clock: Clock
) -> None:
    take(portal.store, *customers(1, phone="+84912345678"), *orders(1, UNTIL))
    take(portal.store, deliveries({}, UNTIL))
    sweep(portal, clock())
    (reference,) = all_cases(portal)
    agent = sit(app, portal, clock, "agent")
    page = agent.get("/noi-bo/tu-soat/")
    assert reference in page.html
    letter = agent.get(f"/noi-bo/tu-soat/{reference}/thu/")
    for words in ("Khách K1", "đơn hàng DH-1", "336.000", reference, "không in trên giấy"):
        assert words in letter.html.replace("\u00a0", " "), words
    assert agent.press(page, f"Đã báo: thư giấy {reference}", {}).status == 303
    assert "Mọi khách đã được báo" in agent.get("/noi-bo/tu-soat/").html
    assert "customer_told" in deeds(portal)
    take(portal.store, *customers(1)[1:])
    sweep(portal, clock() + timedelta(hours=2))
    assert letters(portal) == []


@pytest.mark.parametrize("role", ["agent", "auditor"])
def test_a_letter_with_names_is_shown_to_those_alone_who_may_read_them(
    portal: Portal, app: Flask, clock: Clock, role: str
) -> None:
    take(portal.store, *customers(1, phone="+84912345678"), *orders(1, UNTIL))
    take(portal.store, deliveries({}, UNTIL))
    sweep(portal, clock())
    (reference,) = all_cases(portal)
    shown = sit(app, portal, clock, role, "marketing").get(f"/noi-bo/tu-soat/{reference}/thu/")
    assert shown.status == 403


def test_the_preview_prints_each_miss_and_writes_nothing(portal: Portal, app: Flask) -> None:
    take(portal.store, *customers(2), *orders(2, UNTIL, short=frozenset({2})))
    take(portal.store, deliveries({2: "2026-11-10T09:00"}, UNTIL))
    shown = app.test_cli_runner().invoke(args=["obligations", "--preview"])
    assert shown.exit_code == 0, shown.output
    for words in ("CK-09 DH-1", "336.000 đ", "CK-10: 1 lần, 100.000 đ", "tổng: 2 lần"):
        assert words in shown.output, words
    assert all_cases(portal) == {}
    done = app.test_cli_runner().invoke(args=["obligations"])
    assert "thêm 2 lần trễ" in done.output
    assert len(all_cases(portal)) == 2


def test_the_desk_works_on_such_a_case_as_on_any_other(
    portal: Portal, app: Flask, clock: Clock
) -> None:
    take(portal.store, *customers(1), *orders(1, UNTIL), deliveries({}, UNTIL))
    sweep(portal, clock())
    (reference,) = all_cases(portal)
    agent = sit(app, portal, clock, "agent")
    assert reference in agent.get("/noi-bo/").html
    page = agent.get(f"/noi-bo/ho-so/{reference}/")
    for words in ("Hồ sơ công ty tự mở", "DH-1", "Khách K1", "k1@khach.example", "336.000"):
        assert words.casefold() in page.html.replace("\u00a0", " ").casefold(), words
    found = agent.get("/noi-bo/tim/")
    assert reference in agent.press(found, "Tìm", {"q": "DH-1"}).html
