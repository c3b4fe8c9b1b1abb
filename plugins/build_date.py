"""The day a build stands for."""

import os
from datetime import UTC, date, datetime

from service_policy.promises.calendar import VIETNAM


def build_date() -> date:
    """Return today in Vietnam, or the day of SOURCE_DATE_EPOCH.

    That variable (reproducible-builds.org) makes two builds of the same sources equal to the
    byte, whenever they run.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return now.astimezone(VIETNAM).date()
