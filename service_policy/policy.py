"""The policy: everything the rules need to answer for a case, in one immutable object."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from service_policy.calendar import VIETNAM, BusinessCalendar
from service_policy.clock import Quantity, due_at
from service_policy.commitments import CaseKind, Commitment, in_force
from service_policy.company import Company, Department
from service_policy.compensation import at_the_miss
from service_policy.compensation_kinds import Multiplier
from service_policy.data_files import ComplaintCategory
from service_policy.handling import Clause, OutsideBodies
from service_policy.segments import GroupId, Matrix, SegmentId
from service_policy.values import Model

FINGERPRINT_LENGTH = 12


@dataclass(frozen=True)
class Promise:
    """A commitment applied to one case.

    Attributes:
        commitment: the version in force when the case was filed.
        target: how long the company allows itself.
        due_at: when that runs out, aware UTC.
        if_missed_vnd: đồng owed the moment it is missed; None when it depends on the damage.
        if_missed: the whole rule in Vietnamese.
    """

    commitment: Commitment
    target: Quantity
    due_at: datetime
    if_missed_vnd: int | None
    if_missed: str


@dataclass(frozen=True, repr=False)
class Policy:
    """The company's rules; built by ``service_policy.content`` and passed to whoever decides."""

    company: Company
    calendar: BusinessCalendar
    matrix: Matrix
    versions: tuple[Commitment, ...]
    categories: tuple[ComplaintCategory, ...]
    fingerprint: str
    outside: OutsideBodies | None = None
    clauses: tuple[Clause, ...] = ()

    def __repr__(self) -> str:
        return f"Policy({self.company.short_name}, {self.fingerprint})"

    def commitments(self, day: date) -> tuple[Commitment, ...]:
        """Return the commitments in force on ``day``, ordered by id."""
        return in_force(self.versions, day)

    def commitment(self, commitment_id: str, version: int) -> Commitment:
        """Return one version of a commitment.

        Raises:
            KeyError: there is no such version.
        """
        for one in self.versions:
            if (one.id, one.version) == (commitment_id, version):
                return one
        raise KeyError(f"{commitment_id} version {version}")

    def category(self, category_id: str) -> ComplaintCategory | None:
        """Return a complaint category by its two letters, or None."""
        return next((one for one in self.categories if one.id == category_id), None)

    def clause(self, clause_id: str, day: date) -> Clause | None:
        """Return the published condition ``clause_id`` as it was in force on ``day``, or None."""
        found = None
        for one in self.clauses:
            ended = one.effective_to is not None and one.effective_to < day
            if one.id == clause_id and one.effective_from <= day and not ended:
                found = one
        return found

    def department(self, department_id: str) -> Department:
        """Return a department.

        Raises:
            KeyError: there is no such department.
        """
        found = self.company.department(department_id)
        if found is None:
            raise KeyError(department_id)
        return found

    def promises_for(
        self,
        kind: CaseKind,
        segment: SegmentId,
        filed_at: datetime,
        *,
        category: str | None = None,
        topic: str | None = None,
        priority: bool = False,
        group: GroupId | None = None,
    ) -> tuple[Promise, ...]:
        """Return the dated promises that a case filed at ``filed_at`` carries, ordered by id.

        Only promises whose clock starts with the filing are dated here; those without a deadline
        for a single case (rates, counts) are not listed. The own
        deadline of a complaint category applies where it is the earlier one.
        """
        day = filed_at.astimezone(VIETNAM).date()
        chosen = self.category(category) if category else None
        in_day = self.commitments(day)
        multiple = priority_multiple(in_day, segment) if priority else 1
        promises = []
        for commitment in in_day:
            if commitment.starts_on != "received" or (commitment.priority_only and not priority):
                continue
            if not commitment.covers(kind, segment, category, topic):
                continue
            target = commitment.deadline(self.matrix, segment, group=group)
            if target is None:
                continue
            target, due = self._earliest(target, _own_limit(chosen, commitment), filed_at)
            rule = commitment.rule(segment)
            amount = None if rule is None else at_the_miss(rule, multiple=multiple)
            words = "" if rule is None else rule.describe()
            if multiple != 1 and not isinstance(rule, Multiplier):
                words += f"; gấp {multiple} lần vì Quý khách được ưu tiên"
            promises.append(Promise(commitment, target, due, amount, words))
        return tuple(promises)

    def _earliest(
        self, target: Quantity, own: Quantity | None, filed_at: datetime
    ) -> tuple[Quantity, datetime]:
        due = due_at(target, filed_at, self.calendar)
        if own is None:
            return target, due
        own_due = due_at(own, filed_at, self.calendar)
        return (own, own_due) if own_due < due else (target, due)


def _own_limit(category: ComplaintCategory | None, commitment: Commitment) -> Quantity | None:
    if category is None:
        return None
    return {"answered": category.first_answer, "resolved": category.resolution}.get(
        commitment.stops_on
    )


def priority_multiple(commitments: Iterable[Commitment], segment: SegmentId) -> int:
    """Return by how much compensation grows for priority customers (CK-17); 1 without a rule."""
    for commitment in commitments:
        rule = commitment.rule(segment)
        if commitment.priority_only and isinstance(rule, Multiplier):
            return rule.multiple
    return 1


def fingerprint_of(parts: Iterable[Model]) -> str:
    """Return 12 hex digits that change whenever anything in the published promises changes."""
    plain = [part.model_dump(mode="python", exclude={"path"}) for part in parts]
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:FINGERPRINT_LENGTH]
