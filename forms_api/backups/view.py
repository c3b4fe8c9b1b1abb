"""One consistent view of a database, as files in a folder."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class View:
    """What was taken from a database at one moment.

    ``parts`` are files by their names in the archive, ``columns`` the columns of each table where
    the tables are files of their own, ``uploads`` the SHA-256 of every uploaded file by its id.
    """

    revision: str
    cases: int
    parts: Mapping[str, Path]
    uploads: Mapping[str, str]
    columns: Mapping[str, list[str]] = field(default_factory=dict)
