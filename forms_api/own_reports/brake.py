"""The brake: when the books suddenly show much, a second person looks before anybody is told.

It is no eraser. What was found stays found, and what waited goes out by itself when nobody looked.
"""

from collections.abc import Sequence
from datetime import datetime

from forms_api.own_reports.comparing import Thought
from service_policy.promises.clock import due_at
from service_policy.promises.policy import Policy

FEWEST = 20
"""Documents below which a share of them says nothing."""


def cost(thoughts: Sequence[Thought], policy: Policy) -> tuple[int, int]:
    """Return how many promises were broken, and the đồng that are owed for them by now."""
    broken = [one for thought in thoughts for one in thought.broken]
    owed = [found.vnd for one in broken if (found := one.owed(policy)) is not None]
    return len(broken), sum(owed)


def held_until(
    missed: int, vnd: int, compared: int, policy: Policy, now: datetime
) -> datetime | None:
    """Return until when new misses wait at the longest; None where they are told at once."""
    rules = policy.company.handling
    much = rules.hold_above_vnd is not None and vnd > rules.hold_above_vnd
    many = compared >= FEWEST and missed * 100 > rules.hold_above_percent * compared
    return due_at(rules.sign_within, now, policy.calendar) if much or many else None


def was_held(thought: Thought) -> bool:
    """Say whether somebody looked at it, or its time is over: nothing waits twice."""
    rows = thought.kept.rows
    return any(one.key in rows and rows[one.key].held_until for one in thought.broken)
