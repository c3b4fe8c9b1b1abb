"""Tell the failures of a database from those of a command, without repeating personal data."""

import logging
import sqlite3
from typing import Any

from sqlalchemy import exc

from forms_api.errors import StoreUnavailable

log = logging.getLogger("forms_api.store")

DATABASE_FAILURES = (exc.DBAPIError, exc.TimeoutError, sqlite3.Error, OSError)
"""Everything a broken, full, locked or missing database raises on the way to the disk."""

ONE_STATEMENT = (
    exc.IntegrityError,
    exc.DataError,
    exc.ProgrammingError,
    exc.NotSupportedError,
)
"""Failures of one command's statement: they say nothing about the disk or the other commands."""

_WORTH_REPEATING = {"23505", "40001", "40P01"}
"""SQLSTATE: unique violation, serialization failure, deadlock. A second look settles them."""


def unavailable(error: Exception) -> StoreUnavailable:
    """Log a failure by its kind alone (messages may quote data) and make it a StoreUnavailable."""
    log.error("the store failed: %s", kind_of(error))
    failure = StoreUnavailable(kind_of(error))
    failure.__cause__ = error
    return failure


def kind_of(error: Exception) -> str:
    """Name a failure without its message: ``OperationalError SQLITE_FULL``."""
    original: Any = getattr(error, "orig", None) or error
    detail = getattr(original, "sqlite_errorname", None) or getattr(original, "sqlstate", None)
    return f"{type(original).__name__} {detail}" if detail else type(original).__name__


def worth_repeating(error: Exception) -> bool:
    """Whether a transaction lost a race or its connection, so that repeating it may succeed."""
    if not isinstance(error, exc.DBAPIError):
        return False
    return error.connection_invalidated or (
        getattr(error.orig, "sqlstate", None) in _WORTH_REPEATING
    )
