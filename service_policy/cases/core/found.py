"""What the company's own books say of a promise that a case carries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from service_policy.promises.compensation import Facts

MissReason = Literal["late", "second_hand_off", "short", "no_show", "wrong_document"]
STILL_OWED: frozenset[MissReason] = frozenset({"late", "short"})
"""Misses after which the promise still has to be kept; any other is over with it."""


@dataclass(frozen=True)
class Found:
    """What the company's own books say of a promise; they prove nothing that came after ``as_of``.

    ``facts`` are what compensation is computed from. ``denied`` says that newer books no longer
    show the miss: nothing more is added, and nothing is taken back without a second person.
    """

    as_of: datetime
    reason: MissReason
    facts: Facts
    denied: bool = False

    @property
    def late_days(self) -> int:
        """How many working days late it is, as far as the books know."""
        parts = self.facts.tranches
        return max((one.late_working_days for one in parts), default=self.facts.late_working_days)

    def at(self, days: int) -> Facts:
        """Return the facts as they were when so many late working days had begun."""
        parts = tuple(
            one.model_copy(update={"late_working_days": min(days, one.late_working_days)})
            for one in self.facts.tranches
        )
        return self.facts.model_copy(update={"late_working_days": days, "tranches": parts})
