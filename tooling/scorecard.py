"""`inv scorecard`: measure a month from the store and write it into the content."""

import contextlib
import os
from datetime import UTC, datetime
from pathlib import Path

from forms_api.scorecard import measured, write
from forms_api.settings import Settings
from forms_api.store import open_store
from service_policy.content import read
from service_policy.promises.calendar import VIETNAM
from service_policy.scorecard.histories import bounds, closing, month_before
from service_policy.scorecard.orders import read_orders
from tooling.paths import CONTENT
from tooling.words import Refused


def scorecard(
    month: str = "", orders: str = "", as_of: str = "", content: Path = CONTENT
) -> tuple[Path, list[str]]:
    """Write the scorecard of `month`, by default the last one that has ended.

    `as_of` is a moment with its offset, by default the closing of the month, or now when that is
    still ahead: then the figures are provisional. Returns the file and a line for each figure.

    Raises:
        Refused, BadOrders, ContentErrors, SettingsError, StoreUnavailable: see their words.
    """
    now = datetime.now(UTC).replace(microsecond=0).astimezone(VIETNAM)
    month = month or f"{month_before(now.date().replace(day=1)):%Y-%m}"
    try:
        moment = datetime.fromisoformat(as_of) if as_of else min(now, closing(month))
        begun = bounds(month)[0] <= min(moment, now)
    except (ValueError, TypeError):
        raise Refused("--month is 2026-11, --as-of is 2026-12-10T00:00:00+07:00") from None
    if not begun:
        raise Refused(f"{month} has not begun")
    order_file = read_orders(Path(orders).read_bytes()) if orders else None
    library = read(content, now.date())
    with contextlib.closing(open_store(Settings.from_environ(os.environ).database_url)) as store:
        found = measured(store, library.policy, month, moment, order_file, library.mystery)
    file, written = write(content, found, now.date())
    lines = [f"{one.id}: {one.written} ({one.counted or one.note})" for one in written.figures]
    return file, lines
