"""The content of the tests' company, read once for all tests of the rules."""

import shutil
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from service_policy.content import Library, read
from service_policy.promises.calendar import VIETNAM, BusinessCalendar
from service_policy.promises.policy import Policy
from tooling.paths import CONTENT

TODAY = date(2026, 11, 21)


def local(text: str) -> datetime:
    """Read a moment in Vietnam's time, ``2026-11-20T16:59``, as aware UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM).astimezone(UTC)


@cache
def _read() -> Library:
    """Read once a process: `inv mutate` forks one with the content in it for each change."""
    return read(CONTENT, TODAY)


@pytest.fixture(scope="session")
def library() -> Library:
    return _read()


@pytest.fixture(scope="session")
def policy(library: Library) -> Policy:
    return library.policy


@pytest.fixture(scope="session")
def calendar(policy: Policy) -> BusinessCalendar:
    return policy.calendar


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the company's content that a test may break."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))
