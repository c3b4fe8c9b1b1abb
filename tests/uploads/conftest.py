"""The desk on both databases, with a case that files can go to."""

import pytest

from forms_api import kinds, service
from forms_api.portal import Portal
from tests.forms_api.conftest import (
    migrated_file,
    migrated_postgres,
    now,
    policy,
    portal,
    sqlite_portal,
    sqlite_store,
    store,
)
from tests.support.submissions import COMPLAINT

__all__ = [
    "migrated_file",
    "migrated_postgres",
    "now",
    "policy",
    "portal",
    "sqlite_portal",
    "sqlite_store",
    "store",
]


@pytest.fixture
def reference(portal: Portal, now) -> str:
    """File a complaint and return its reference."""
    complaint = kinds.of("complaint").read(COMPLAINT, portal.policy, now)
    return service.file_case(portal, complaint, None, now).reference
