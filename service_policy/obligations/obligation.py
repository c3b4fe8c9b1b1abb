"""An obligation: one instance of one promise as the company's books tell of it, never typed."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from service_policy.ledger.rows import Origin
from service_policy.ledger.written import Document
from service_policy.promises.commitment import Commitment
from service_policy.promises.compensation import Facts, MissingFact, Owed, amount
from service_policy.promises.policy import Policy
from service_policy.promises.proof import StopEvent
from service_policy.segments import GroupId, SegmentId

State = Literal["running", "kept", "missed", "excused", "void", "unknown"]
"""``excused``: not kept, and the books say that it was not ours; ``void``: nobody wants it any
more; ``unknown``: its time is over and the books do not reach that far, or tell no time of day."""
Reason = Literal["late", "short", "no_show", "wrong_document"]
"""In which way a promise was not kept."""
OPEN: frozenset[State] = frozenset({"running", "unknown"})
"""States in which a newer row may still say how it ended."""


@dataclass(frozen=True)
class Obligation:
    """One promise of one document: when its clock started, when it fell due, how it ended.

    ``key`` is ``commitment:condition:table:natural key``. The table stands for the source, so that
    an order that two systems know is one obligation all the same. ``condition`` is the event that
    stops the clock. Times are aware UTC; ``as_of`` is until when the books were known that judged
    it. ``facts`` are what compensation is computed from, as far as the books know. With ``owes``
    unset a miss counts in the score and costs nothing by itself.
    """

    key: str
    commitment_id: str
    version: int
    condition: StopEvent
    document: Document
    segment: SegmentId
    group: GroupId | None
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None
    state: State
    as_of: datetime | None
    reason: Reason = "late"
    facts: Facts = field(default_factory=Facts)
    unit: str = "working_days"
    owes: bool = True
    evidence: tuple[Origin, ...] = field(default=(), repr=False)

    def commitment(self, policy: Policy) -> Commitment:
        """Return the version of the promise that it stands under.

        Raises:
            KeyError: the content has it no more.
        """
        return policy.commitment(self.commitment_id, self.version)

    def owed(self, policy: Policy) -> Owed | None:
        """Return what a miss costs by now; None where nothing does, or a figure is missing."""
        rule = self.commitment(policy).rule(self.segment)
        if self.state != "missed" or not self.owes or rule is None:
            return None
        try:
            return amount(rule, self.facts)
        except MissingFact:
            return None

    def is_owed(self, policy: Policy) -> bool:
        """Say whether the customer gets something, be it a sum that nobody can compute yet."""
        rule = self.commitment(policy).rule(self.segment)
        if self.state != "missed" or not self.owes or rule is None:
            return False
        found = self.owed(policy)
        return found is None or found.vnd > 0
