"""Reports of progress: a promise may say how often its customer hears how far things are.

The time counts from the last message to the customer. A report that did not come is written down
and the next one counts from its date; no deadline ever moves by any of it.
"""

from dataclasses import dataclass
from datetime import datetime

from service_policy.cases.case import Case
from service_policy.cases.catalogue import commitment_of
from service_policy.cases.parts import PromiseState
from service_policy.clock import due_at
from service_policy.policy import Policy


@dataclass(frozen=True)
class Report:
    """The next report: for which promise (its key) and by when.

    ``late_since`` is the first date that passed since the last message, None when none did.
    """

    promise: str
    due_at: datetime
    late_since: datetime | None


def next_report(case: Case, policy: Policy) -> Report | None:
    """Return the report that a case owes its customer next; None while no promise asks for one.

    A conclusion that waits for the customer needs no report, an unanswered question does: "we
    still wait for your photo" is worth hearing.
    """
    for promise in case.promises:
        within = commitment_of(promise, policy).ruled("progress")
        if within is None or not promise.is_open or case.is_ended:
            continue
        if not (within.has_clock and within.value):
            # A rhythm of no length, or in years, gives no date that a report could miss.
            continue
        missed = case.progress_missed
        since = missed[-1] if missed else _heard(case, promise)
        late_since = missed[0] if missed else None
        return Report(promise.key, due_at(within, since, policy.calendar), late_since)
    return None


def _heard(case: Case, promise: PromiseState) -> datetime:
    """Return when the customer last heard of us, or began to wait."""
    moments = [promise.started_at, *(one.sent_at for one in case.messages)]
    return max(*moments, case.resumed_at or promise.started_at)
