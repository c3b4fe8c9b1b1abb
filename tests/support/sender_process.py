"""A sender of letters in a process of its own, for tests that kill it.

``python -m tests.support.sender_process DATABASE_URL SMTP_URL POLICY MOMENT`` sends what is due at
``MOMENT`` (ISO 8601) and writes what it did.
"""

import os
import pickle
import sys
from datetime import datetime
from pathlib import Path

from forms_api.mail import mailer_for
from forms_api.outbox import send_outbox
from forms_api.portal import open_portal
from forms_api.settings import Settings


def main(url: str, smtp: str, policy: str, moment: str) -> None:
    """Send once."""
    given = {"PORTAL_DATABASE_URL": url, "PORTAL_SMTP_URL": smtp}
    settings = Settings.from_environ(os.environ | given)
    # The file was written by the test that runs this.
    portal = open_portal(settings, pickle.loads(Path(policy).read_bytes()))  # noqa: S301
    mailer = mailer_for(portal.settings, portal.policy.company)
    report = send_outbox(portal, mailer, datetime.fromisoformat(moment))
    os.write(1, f"{report}\n".encode())
    portal.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
