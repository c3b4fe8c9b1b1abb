"""The sweep's decisions: what has come due by itself, as events. Applying them twice adds nothing.

Each part looks at the case and says what is due; the case is folded on before the next one looks.
Whether the sweep runs every minute or once a week changes when an event is written, never a
deadline, a miss or an amount.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from service_policy.cases import documents, own_report
from service_policy.cases.core.case import Case
from service_policy.cases.core.command import CaseCommand
from service_policy.cases.core.decide import decide
from service_policy.cases.core.event import Event, evolve, fold
from service_policy.cases.core.promises import missed
from service_policy.cases.holding import lateness
from service_policy.cases.messages import pauses
from service_policy.cases.money import exemptions, late, owing, payout, returned, versions
from service_policy.cases.refusal import refusing
from service_policy.cases.resolution import proposing, reopening
from service_policy.promises.policy import Policy


def due_work(case: Case, policy: Policy, now: datetime) -> tuple[Event, ...]:
    """Return every event that is due at ``now`` (aware UTC) and not written yet."""
    now = max(now, case.last_at)
    happened: list[Event] = []
    for part in PARTS:
        for event in part(case, policy, now):
            happened.append(event)
            case = evolve(case, event)
    return tuple(happened)


def as_of(case: Case, policy: Policy, now: datetime) -> Case:
    """Return the case as it is at ``now``, with everything that is due, written yet or not."""
    return fold(due_work(case, policy, now), case)


def act(
    case: Case, command: CaseCommand, policy: Policy, now: datetime
) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    """Catch up with what was due before ``now``, then decide.

    Returns the events that were due and those of the command, to be stored in this order in one
    transaction. The command's private texts belong beside the first event of the second tuple.

    Raises:
        CommandRefused: the rules refuse the command; what was due stays due.
    """
    due = due_work(case, policy, now)
    return due, decide(fold(due, case), command, policy, now)


PARTS: tuple[Callable[[Case, Policy, datetime], Iterable[Event]], ...] = (
    pauses.run_out,
    refusing.unsigned_lapse,
    exemptions.unsigned_lapse,
    proposing.silence_confirms,
    versions.improved_promises,
    missed,
    owing.owed,
    late.late_extras,
    payout.asked,
    returned.accounts_erased,
    refusing.too_long_is_decided,
    lateness.escalations,
    lateness.reminders,
    lateness.progress,
    reopening.follow_up,
    documents.understood,
    own_report.settled,
)
"""The parts in order: what ends a wait comes before what judges it, misses before money."""
