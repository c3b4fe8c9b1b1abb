"""A customer in front of the case page: the staff's application and clock serve here, too."""

from collections.abc import Callable

import pytest
from flask import Flask

from forms_api import intake, service
from forms_api.portal import Portal
from tests.staff.conftest import Clock, app, client, clock, empty_file, environ, library, portal
from tests.support.customer import Customer
from tests.support.submissions import COMPLAINT
from tests.support.visitor import Visitor

__all__ = ["app", "client", "clock", "empty_file", "environ", "library", "portal"]

MakeCustomer = Callable[..., Customer]


@pytest.fixture
def make_customer(portal: Portal, clock: Clock, app: Flask) -> MakeCustomer:
    """Return a maker of customers; what is given changes the complaint."""

    def make(**changes: object) -> Customer:
        complaint = intake.complaint({**COMPLAINT, **changes}, portal.policy, clock())
        receipt = service.file_complaint(portal, complaint, None, clock())
        visitor = Visitor(app.test_client())
        return Customer(portal, clock, visitor, receipt.reference, receipt.code)

    return make


@pytest.fixture
def customer(make_customer: MakeCustomer) -> Customer:
    """Give a customer who complained on Monday morning."""
    return make_customer()
