"""A customer in front of the case page, on each kind of database; the staff's clock serves here."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forms_api import kinds, service
from forms_api.portal import Portal
from forms_api.settings import Settings
from forms_api.store import open_store
from forms_api.web.app import assemble
from service_policy.content import Library
from tests.forms_api.conftest import BOTH, empty, migrated_file, migrated_postgres, sqlite_copy
from tests.support.application import SECRET, Clock, clock, library
from tests.support.customer import Customer
from tests.support.submissions import COMPLAINT
from tests.support.visitor import Visitor

__all__ = ["clock", "library", "migrated_file", "migrated_postgres"]

MakeCustomer = Callable[..., Customer]


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of an empty database with all tables, once per kind."""
    if request.param == "sqlite":
        return sqlite_copy(request.getfixturevalue("migrated_file"), tmp_path)
    url: str = request.getfixturevalue("migrated_postgres")
    store = open_store(url)
    empty(store)
    store.close()
    return url


@pytest.fixture
def app(library: Library, clock: Clock, database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """Make an application on an empty database."""
    environ = {
        "PORTAL_VAR_DIR": str(tmp_path),
        "PORTAL_DATABASE_URL": database_url,
        "PORTAL_SECRET_KEY": SECRET,
    }
    made = assemble(Settings.from_environ(environ), library, clock)
    yield made
    made.extensions["portal"].close()


@pytest.fixture
def portal(app: Flask) -> Portal:
    """Give the application's portal."""
    found: Portal = app.extensions["portal"]
    return found


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Give a browser that has not been here before."""
    return app.test_client()


@pytest.fixture
def make_customer(portal: Portal, clock: Clock, app: Flask) -> MakeCustomer:
    """Return a maker of customers; what is given changes the complaint."""

    def make(**changes: object) -> Customer:
        complaint = kinds.of("complaint").read({**COMPLAINT, **changes}, portal.policy, clock())
        receipt = service.file_case(portal, complaint, None, clock())
        visitor = Visitor(app.test_client())
        return Customer(portal, clock, visitor, receipt.reference, receipt.code)

    return make


@pytest.fixture
def customer(make_customer: MakeCustomer) -> Customer:
    """Give a customer who complained on Monday morning."""
    return make_customer()
