"""Start the whole product: the site as it should be now, and the forms beside it."""

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tooling.build import build
from tooling.fingerprint import is_current
from tooling.paths import OUTPUT, ROOT

if TYPE_CHECKING:
    from forms_api.portal import Portal


def serve(host: str, port: int) -> None:
    """Build the site when its sources changed, then serve site and forms until interrupted.

    The server prints one line `Ready: http://HOST:PORT` once it answers. Raises what `build`
    raises.
    """
    if not is_current():
        print("Building the site", flush=True)
        built = build()
        print(f"Built {built.pages} pages in {built.seconds:.1f} s", flush=True)
    # The forms need Flask and a database driver; building the site needs neither.
    from forms_api import embedded

    embedded.main(host, port, OUTPUT, load_sample)


def load_sample(portal: "Portal", now: datetime) -> None:
    """Load the sample ledger into an empty one, in development and for the sample company only."""
    from forms_api.ledger.counts import sources
    from forms_api.ledger.importing import import_file, parents_first
    from forms_api.ledger.taking import Refused
    from tooling.sample_ledger import CLOSED_AT, FOLDER

    is_sample = portal.policy.company.fictional and portal.settings.content_dir == ROOT / "content"
    if portal.settings.production or not is_sample or portal.store.read(sources):
        return
    begun, rows = time.monotonic(), 0
    try:
        for file in parents_first(list(FOLDER.glob("*.csv"))):
            as_of = CLOSED_AT.astimezone(UTC)
            rows += import_file(portal.store, file, now, "serve", as_of=as_of).new
    except Refused as refused:
        # A clock that is set before the books were closed is no reason not to start.
        print(f"Sample ledger not loaded: {refused}", flush=True)
        return
    print(
        f"Loaded {rows} rows of the sample ledger in {time.monotonic() - begun:.1f} s", flush=True
    )
