"""The policy: everything the rules need to answer for a case, in one immutable object."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from service_policy.banks import NO_BANKS, Banks
from service_policy.company import Company
from service_policy.data_files import ComplaintCategory
from service_policy.families import Topic
from service_policy.handling import Clause, OutsideBodies
from service_policy.products import Product
from service_policy.promises.calendar import VIETNAM, BusinessCalendar
from service_policy.promises.clock import Quantity, due_at
from service_policy.promises.commitment import (
    CaseKind,
    Commitment,
    IndicatorId,
    in_force,
)
from service_policy.promises.compensation import at_the_miss
from service_policy.promises.compensation_kinds import Multiplier
from service_policy.promises.proof import StopEvent
from service_policy.register import Register
from service_policy.segments import GroupId, Matrix, SegmentId
from service_policy.values import Model

FINGERPRINT_LENGTH = 12
NOTHING_ISSUED = Register(())


@dataclass(frozen=True)
class Promise:
    """A commitment applied to one case.

    Attributes:
        commitment: the version in force when the case was filed.
        target: how long the company allows itself.
        due_at: when that runs out, aware UTC.
        stops_on: the event that ends its clock.
        measure: what is measured, in words.
        if_missed_vnd: đồng owed the moment it is missed; None when it depends on the damage.
        if_missed: the whole rule in Vietnamese.
    """

    commitment: Commitment
    target: Quantity
    due_at: datetime
    stops_on: StopEvent
    measure: str
    if_missed_vnd: int | None
    if_missed: str


@dataclass(frozen=True, repr=False)
class Policy:
    """The company's rules; built by ``service_policy.content`` and passed to whoever decides.

    ``register`` holds every issued version of every document, ``products`` what is or was sold,
    ``topics`` what questions are about, ``banks`` where money can be sent.
    """

    company: Company
    calendar: BusinessCalendar
    matrix: Matrix
    versions: tuple[Commitment, ...]
    categories: tuple[ComplaintCategory, ...]
    fingerprint: str
    outside: OutsideBodies | None = None
    clauses: tuple[Clause, ...] = ()
    register: Register = NOTHING_ISSUED
    products: tuple[Product, ...] = ()
    topics: tuple[Topic, ...] = ()
    banks: Banks = NO_BANKS

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

    @property
    def danger(self) -> str:
        """What people call a danger: the category's title after its colon; "" without such one."""
        title = next((one.title for one in self.categories if one.danger), "")
        said = title.partition(":")[2].strip() or title
        return said[:1].upper() + said[1:]

    def product(self, code: str) -> Product | None:
        """Return a product by its code, or None."""
        return next((one for one in self.products if one.id == code), None)

    def topic(self, topic_id: str) -> Topic | None:
        """Return a topic of questions by its id, or None."""
        return next((one for one in self.topics if one.id == topic_id), None)

    def clause(self, clause_id: str, day: date) -> Clause | None:
        """Return the published condition ``clause_id`` as it was in force on ``day``, or None."""
        found = None
        for one in self.clauses:
            ended = one.effective_to is not None and one.effective_to < day
            if one.id == clause_id and one.effective_from <= day and not ended:
                found = one
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
        groups: Collection[GroupId] = (),
    ) -> tuple[Promise, ...]:
        """Return the dated promises that a case filed at ``filed_at`` carries, ordered by id.

        Only promises whose clock starts with the filing are dated here; those without a deadline
        for a single case (rates, counts) are not listed. The own deadline of a complaint category
        applies where it is the earlier one. ``groups`` are the groups of the products that the
        case is about; where they have different targets, the earliest holds.

        A day on which nothing was in force for such a case (before the first version, between two,
        after the last) has the promises of the next day that has some, else of the last that had.
        """
        chosen = self.category(category) if category else None

        def promised(commitment: Commitment, multiple: int) -> Promise | None:
            part = commitment.part_for(kind, segment, category, topic)
            if part is None or (commitment.priority_only and not priority):
                return None
            stops_on = part.stops_on or commitment.stops_on
            if commitment.starts_on != "received" and part.stops_on is None:
                return None
            targets = [
                commitment.deadline(self.matrix, segment, group=group, condition=part.condition)
                for group in groups or (None,)
            ]
            found = self._earliest((*targets, _own_limit(chosen, stops_on)), filed_at)
            if found is None or not any(targets):
                return None
            target, due = found
            rule = commitment.rule(segment) if part.stops_on is None else None
            amount = None if rule is None else at_the_miss(rule, multiple=multiple)
            words = "" if rule is None else rule.describe()
            if multiple != 1 and rule is not None and not isinstance(rule, Multiplier):
                words += f"; gấp {multiple} lần vì Quý khách được ưu tiên"
            measure = commitment.label(segment, part.condition) or commitment.measure
            return Promise(commitment, target, due, stops_on, measure, amount, words)

        for day in self._days_near(filed_at.astimezone(VIETNAM).date()):
            in_day = self.commitments(day)
            multiple = priority_multiple(in_day, segment) if priority else 1
            made = [one for each in in_day if (one := promised(each, multiple)) is not None]
            if made:
                return tuple(made)
        return ()

    def is_promised(self, kind: CaseKind) -> bool:
        """Say whether any version of any promise gives cases of this kind a date."""
        return any(part.kind == kind for one in self.versions for part in one.applies_to)

    def promised_on(self, day: date, wanted: Callable[[Commitment], bool]) -> Commitment | None:
        """Return the wanted promise for a case of ``day``: in force, else the nearest version.

        Nearest is the next one that came into force, else the last one that had been.
        """
        days = (filter(wanted, self.commitments(one)) for one in self._days_near(day))
        return next(chain.from_iterable(days), None)

    def commitments_near(self, day: date) -> tuple[Commitment, ...]:
        """Return the commitments in force on ``day``, or on the nearest day that had any."""
        days = map(self.commitments, self._days_near(day))
        return next(filter(None, days), ())

    def ordinary(
        self, kind: CaseKind, stops_on: StopEvent, category: str, day: date
    ) -> Commitment | None:
        """Return the promise whose end ``stops_on`` is, for anybody with such a case, or None."""
        for one in self.commitments(day):
            covers = any(part.covers(kind, category, None) for part in one.applies_to)
            if covers and one.stops_on == stops_on and not one.priority_only:
                return one
        return None

    def feeding(self, indicator: IndicatorId, day: date) -> tuple[Commitment, ...]:
        """Return the promises of ``day``, or of the nearest day, that an indicator measures."""
        return tuple(one for one in self.commitments_near(day) if indicator in one.indicators)

    def limit_of(self, indicator: IndicatorId, day: date) -> Quantity | None:
        """Return the one time limit that an indicator measures on ``day``, or None."""
        return next(
            (
                limit
                for one in self.feeding(indicator, day)
                for segment in one.scope.segments
                if (limit := one.deadline(self.matrix, segment)) is not None
            ),
            None,
        )

    def priority_multiple(self, segment: SegmentId, day: date) -> int:
        """Return by how much compensation grows for priority customers on ``day``, or 1."""
        return priority_multiple(self.commitments_near(day), segment)

    def _days_near(self, day: date) -> tuple[date, ...]:
        """Return a day, then those on which a version begins or ends: later ones, then earlier."""
        starts = {one.effective_from for one in self.versions}
        ends = {one.effective_to for one in self.versions if one.effective_to is not None}
        later = sorted(one for one in starts if one > day)
        earlier = sorted((one for one in starts | ends if one < day), reverse=True)
        return (day, *later, *earlier)

    def _earliest(
        self, targets: Iterable[Quantity | None], filed_at: datetime
    ) -> tuple[Quantity, datetime] | None:
        """Return the target that runs out first, and when; the first of equal ones."""
        dated = [(one, due_at(one, filed_at, self.calendar)) for one in targets if one is not None]
        return min(dated, key=lambda pair: pair[1], default=None)


def _own_limit(category: ComplaintCategory | None, stops_on: StopEvent) -> Quantity | None:
    if category is None:
        return None
    return {"answered": category.first_answer, "resolved": category.resolution}.get(stops_on)


def priority_multiple(commitments: Iterable[Commitment], segment: SegmentId) -> int:
    """Return by how much compensation grows for priority customers; 1 without a rule."""
    for commitment in commitments:
        rule = commitment.rule(segment)
        if commitment.priority_only and isinstance(rule, Multiplier):
            return rule.multiple
    return 1


def fingerprint_of(parts: Iterable[Model]) -> str:
    """Return 12 hex digits that change whenever anything in the published promises changes.

    What the company sells promises nothing, and neither does the way in which a promise is
    measured, so families and proofs leave them as they are.
    """
    plain = [
        part.model_dump(mode="python", exclude={"path", "families", "product_code", "proof"})
        for part in parts
    ]
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:FINGERPRINT_LENGTH]
