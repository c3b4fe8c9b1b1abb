"""A desk in a process of its own that files complaints until somebody kills it.

``python -m tests.support.desk_process URL POLICY COMPLAINT FIRST_KEY`` files one complaint after
the other from several threads and writes a line ``key reference code`` for each one that was
acknowledged, exactly when it was.
"""

import os
import pickle
import sys
import threading
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from forms_api import service
from forms_api.portal import open_portal
from forms_api.settings import Settings

THREADS = 8


def main(url: str, policy: str, complaint: str, first_key: str) -> None:
    """File complaints for ever."""
    settings = Settings.from_environ(os.environ | {"PORTAL_DATABASE_URL": url})
    # Both files were written by the test that runs this.
    portal = open_portal(settings, pickle.loads(Path(policy).read_bytes()))  # noqa: S301
    command = pickle.loads(Path(complaint).read_bytes())  # noqa: S301
    numbers = count(int(first_key))

    def file_for_ever() -> None:
        for number in numbers:
            key = f"key-{number}"
            receipt = service.file_case(portal, command, key, datetime.now(UTC))
            os.write(1, f"{key} {receipt.reference} {receipt.code}\n".encode())

    for _ in range(THREADS):
        threading.Thread(target=file_for_ever).start()


if __name__ == "__main__":
    main(*sys.argv[1:])
