"""The steps in which a missed promise costs: one for each late working day, where it grows so."""

from collections.abc import Iterator
from datetime import datetime

from service_policy.cases.core.case import Case
from service_policy.cases.core.changes import late_openings
from service_policy.cases.core.found import Found
from service_policy.cases.core.parts import PromiseState
from service_policy.promises.calendar import BusinessCalendar
from service_policy.promises.compensation import Facts
from service_policy.promises.compensation_fixed import Stepped
from service_policy.promises.compensation_kinds import Rule

Step = tuple[int, Facts, datetime]
"""A late working day, what was known of the miss by then, and when that day began."""


def steps_of(
    case: Case, promise: PromiseState, rule: Rule, calendar: BusinessCalendar, now: datetime
) -> Iterator[Step]:
    """Yield the steps of a missed promise that are not written yet, or that may cost more now."""
    if promise.found is not None:
        yield from _of_books(promise.found, rule, now)
        return
    until = promise.end or promise.released_at or now
    openings = late_openings(case, promise, until, calendar)
    last = max((one.step for one in case.debts if one.promise == promise.key), default=0)
    minutes = max(0, int((until - promise.due_at).total_seconds()) // 60)
    late_minutes = minutes if isinstance(rule, Stepped) else 0
    for step in range(last, len(openings) + 1) if rule.GROWS_DAILY else range(1):
        facts = Facts(late_working_days=step, late_minutes=late_minutes)
        yield step, facts, openings[step - 1] if step else promise.due_at


def _of_books(found: Found, rule: Rule, now: datetime) -> Iterator[Step]:
    """Yield each step as far as the books know; none of what newer books deny.

    Whether its case is closed meanwhile makes no difference to goods that do not come. The time to
    pay begins when it was found: nobody can pay before, so that neither the order in which files
    come nor their age makes a payment late that nobody knew of.
    """
    if found.denied:
        return
    if not rule.GROWS_DAILY:
        yield 0, found.facts, now
        return
    for step in range(found.late_days + 1):
        yield step, found.at(step), now


def inputs_of(facts: Facts) -> dict[str, int]:
    """Write facts as numbers by name, so that anybody can compute an amount again."""
    plain = facts.model_dump(exclude_none=True, exclude_defaults=True, exclude={"tranches"})
    found = {name: int(value) for name, value in plain.items()}
    for number, one in enumerate(facts.tranches, 1):
        found[f"tranche_{number}_vnd"] = one.value_vnd
        found[f"tranche_{number}_late_working_days"] = one.late_working_days
    return found


def joined(recorded: Facts, found: Facts) -> Facts:
    """Put what the books know in the place of what people recorded, and keep the rest."""
    known = {name: getattr(found, name) for name in found.model_dump(exclude_defaults=True)}
    return recorded.model_copy(update=known)
