"""What `make serve` does first: the sample company gets its books."""

import time
from datetime import UTC, datetime

from forms_api.ledger.counts import sources
from forms_api.ledger.importing import import_file, parents_first
from forms_api.ledger.taking import Refused
from forms_api.portal import Portal
from tooling.paths import ROOT
from tooling.sample_ledger import CLOSED_AT, FOLDER


def load_sample(portal: Portal, now: datetime) -> None:
    """Load the sample ledger into an empty one, in development and for the sample company only."""
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
