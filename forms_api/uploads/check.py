"""Check the bytes of files against their rows: what was acknowledged must be there, unharmed."""

import hashlib
from functools import partial
from pathlib import Path

from sqlalchemy import select

from forms_api.store import Store, upload_rows
from forms_api.store.tables import uploads
from forms_api.store.upload_rows import StoredFile


def faults(store: Store, folder: Path) -> list[str]:
    """Return every file that is missing or harmed, in English; none means that all are sound.

    Raises:
        StoreUnavailable: the database cannot be read.
    """
    references = store.read(
        lambda connection: sorted(connection.scalars(select(uploads.c.case_ref).distinct()))
    )
    found = []
    for reference in references:
        files = store.read(partial(upload_rows.of_case, reference=reference))
        found += [fault for one in files if (fault := _fault(folder, one))]
    return found


def _fault(folder: Path, file: StoredFile) -> str:
    """Say what is wrong with the bytes of a file, if anything is."""
    try:
        data = (folder / file.id).read_bytes()
    except OSError:
        return f"{file.case_ref}: the file {file.id} is missing"
    same = hashlib.sha256(data).hexdigest() == file.sha256
    return "" if same else f"{file.case_ref}: the file {file.id} has other bytes than were taken"
