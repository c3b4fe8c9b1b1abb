"""Reading a whole case: its events, what they fold to, its personal side, its files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from forms_api.errors import NotFound
from forms_api.store import history, upload_rows
from forms_api.store.upload_rows import StoredFile
from service_policy.cases import Case, Event, fold


@dataclass(frozen=True)
class Loaded:
    """A case as it is stored: its events, what they fold to, its personal side by event number.

    ``files`` are all its files, in the order in which they came.
    """

    reference: str
    events: tuple[Event, ...]
    case: Case
    private: Mapping[int, dict[str, Any]] = field(repr=False)
    files: tuple[StoredFile, ...] = ()

    @property
    def filed(self) -> dict[str, Any]:
        """What was sent when the case was filed."""
        return self.private.get(1, {})


def load(connection: Connection, reference: str) -> Loaded:
    """Read a whole case.

    Raises:
        NotFound: there is no such case.
    """
    events = history.load_events(connection, reference)
    if not events:
        raise NotFound
    private = history.load_private(connection, reference)
    files = upload_rows.of_case(connection, reference)
    return Loaded(reference, events, fold(events), private, files)
