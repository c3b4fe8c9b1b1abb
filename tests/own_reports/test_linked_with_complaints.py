"""A complaint about what the company found already, in either order: one matter, paid once."""

import pytest
from flask import Flask

from forms_api import kinds, service
from forms_api.portal import Portal
from forms_api.sweeping import sweep
from tests.own_reports.test_late_and_short_orders import UNTIL, all_cases, debts
from tests.own_reports.world import customers, deliveries, orders
from tests.support.application import Clock
from tests.support.customer import Customer
from tests.support.made_books import take
from tests.support.submissions import COMPLAINT
from tests.support.visitor import Visitor


def complain(portal: Portal, clock: Clock, email: str, order_no: str = "dh 1") -> tuple[str, str]:
    said = {**COMPLAINT, "order_no": order_no, "email": email, "phone": ""}
    complaint = kinds.of("complaint").read(said, portal.policy, clock())
    receipt = service.file_case(portal, complaint, None, clock())
    return receipt.reference, receipt.code


@pytest.mark.parametrize("complaint_first", [True, False])
def test_a_complaint_and_the_machine_know_of_each_other_and_pay_once(
    portal: Portal, clock: Clock, app: Flask, complaint_first: bool
) -> None:
    take(portal.store, *customers(1))
    if complaint_first:
        reference, code = complain(portal, clock, "k1@khach.example")
        sweep(portal, clock())
        take(portal.store, *orders(1, UNTIL), deliveries({}, UNTIL))
        sweep(portal, clock())
    else:
        take(portal.store, *orders(1, UNTIL), deliveries({}, UNTIL))
        sweep(portal, clock())
        reference, code = complain(portal, clock, "k1@khach.example")
    for _ in range(3):
        clock.move(minutes=1)
        sweep(portal, clock())
    assert debts(portal) == {"DH-1": 336_000}
    here = all_cases(portal)
    assert len(here) == 2
    assert here[reference].open_vnd == 0
    (ours,) = here.keys() - {reference}
    page = Customer(portal, clock, Visitor(app.test_client()), reference, code).open()
    assert page.html.count(ours) == 1


def test_a_stranger_who_types_the_number_learns_nothing(
    portal: Portal, clock: Clock, app: Flask
) -> None:
    take(portal.store, *customers(1), *orders(1, UNTIL), deliveries({}, UNTIL))
    sweep(portal, clock())
    reference, code = complain(portal, clock, "ai-do@la.example")
    clock.move(minutes=1)
    sweep(portal, clock())
    (ours,) = all_cases(portal).keys() - {reference}
    page = Customer(portal, clock, Visitor(app.test_client()), reference, code).open()
    assert ours not in page.html
