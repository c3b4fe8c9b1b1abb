"""The commitment: one promise as data.

The same object draws the public page, sets a case's deadline, computes what is owed and is scored
in public, so the company cannot publish one deadline and apply another.
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from service_policy.approval import Approver
from service_policy.company import Accountable
from service_policy.promises.clock import Quantity
from service_policy.promises.compensation import Facts
from service_policy.promises.compensation_kinds import Rule
from service_policy.promises.legal_minimum import LegalMinimum
from service_policy.promises.presence import Presence
from service_policy.promises.proof import Events, Proof, StartEvent, StopEvent
from service_policy.promises.target import TargetCell, TargetRow, Term, TermRule
from service_policy.publication import Announced
from service_policy.segments import GroupId, Matrix, Place, SegmentId
from service_policy.text import code_order
from service_policy.values import Day, LegalRef, Model, Name, NonEmpty, Text, Vnd, YesNo, fault

Ground = Literal[
    "question_unanswered", "customer_asked", "customer_unreachable", "public_notice", "own_record"
]
"""What an exemption speaks of, so that the rules can look whether it is in the case.

A question delivered and not answered when the time ran out; a wish of the customer; a call or a
letter that did not arrive; something published by an authority; a record of the company's own.
The last two happen outside a case and are proved by a file.
"""


class Exemption(Model):
    """When no compensation is owed, what it rests on, and what the company itself must show.

    It excuses money alone. It refuses nothing, and the miss stays in every score.
    """

    id: Name
    text: Text
    evidence: Text
    needs: Ground


CaseKind = Name
"""The id of a kind of case; ``forms_api.kinds`` declares which there are."""
IndicatorId = Literal["K1", "K2", "K3", "K4", "K5", "K6", "K7", "K8", "K9", "K10", "K11", "K12"]
"""The indicators of the public scorecard; a commitment says which ones it feeds."""
ChannelId = Literal["web", "phone", "counter", "zalo", "mail", "partner"]
CaseChannel = ChannelId | Literal["ledger"]
"""Which way a case came; ``ledger`` is what the company found in its own books."""


class AppliesTo(Model):
    """Which cases carry the promise: a kind, or only some of its categories or topics.

    For these cases ``condition`` names the row of targets that gives the deadline. ``stops_on``
    makes a promise of its own of it: its clock starts when the case is received and stops there;
    the commitment's compensation belongs to its main measure and is not promised for it.
    """

    kind: CaseKind
    categories: tuple[Text, ...] = ()
    topics: tuple[Text, ...] = ()
    condition: Name | None = None
    stops_on: StopEvent | None = None

    def covers(self, kind: CaseKind, category: str | None, topic: str | None) -> bool:
        """Say whether a case of this kind, category and topic is meant."""
        return (
            self.kind == kind
            and (not self.categories or category in self.categories)
            and (not self.topics or topic in self.topics)
        )


class Scope(Model):
    """Whom, what and which channel the promise is for."""

    segments: Annotated[tuple[SegmentId, ...], NonEmpty]
    product_groups: Annotated[tuple[GroupId, ...], NonEmpty]
    channels: Annotated[tuple[ChannelId, ...], NonEmpty]


class WorstCase(Model):
    """The worst that can happen, what the company does then, and by when."""

    case: Text
    remedy: Text
    deadline: Quantity


class Basis(Model):
    """Why this promise and this number: law citations and a reason in words."""

    law: tuple[LegalRef, ...] = ()
    reason: Text


class Example(Model):
    """A worked example; the build recomputes it and refuses a wrong figure."""

    segment: SegmentId
    text: Text
    facts: Facts
    priority: YesNo = False
    expect_vnd: Vnd


Unsaid = Field(exclude_if=lambda one: not one)
"""Marks what older content does not say; its fingerprint stays what it was."""


class Commitment(Announced):
    """One version of one promise (``content/cam-ket/*.md``).

    ``approved_by`` signed this version on ``approved_on``, before it was announced or in force.
    """

    id: Annotated[str, Field(pattern=r"^CK-\d+$")]
    title: Text
    effective_to: Day | None = None
    change_note: Text | None = None
    approved_by: Annotated[Approver | None, Unsaid] = None
    approved_on: Annotated[Day | None, Unsaid] = None
    promise: Text
    measure: Text
    owner: Accountable
    applies_to: tuple[AppliesTo, ...] = ()
    priority_only: YesNo = False
    scope: Scope
    starts_on: StartEvent
    stops_on: StopEvent
    presence: Annotated[Presence | None, Unsaid] = None
    targets: Annotated[tuple[TargetRow, ...], NonEmpty]
    terms: dict[str, Term] = {}
    worst_cases: Annotated[tuple[WorstCase, ...], NonEmpty]
    compensation: Annotated[tuple[Rule, ...], NonEmpty]
    pay_within: Quantity
    late_payment_add_vnd: Vnd
    exemptions: tuple[Exemption, ...] = ()
    basis: Basis
    legal_minimum: Annotated[tuple[LegalMinimum, ...], Unsaid] = ()
    staff_guide: Text
    examples: tuple[Example, ...] = ()
    indicators: tuple[IndicatorId, ...] = ()
    proof: Proof | None = None
    body: Text
    path: str

    @model_validator(mode="after")
    def _approved_before_it_binds(self) -> "Commitment":
        if (self.approved_by is None) != (self.approved_on is None):
            raise fault(
                "half_approved",
                "phải nói cả ai duyệt và duyệt ngày nào",
                "ghi approved_by và approved_on, hoặc bỏ cả hai",
            )
        first_read = self.announced_on or self.effective_from
        if self.approved_on is not None and self.approved_on > first_read:
            raise fault(
                "approved_too_late",
                "duyệt sau khi đã công bố hoặc đã áp dụng",
                "approved_on không được sau announced_on và effective_from",
            )
        return self

    @property
    def url(self) -> str:
        """The page of this commitment, or of this old version of it."""
        return f"/cam-ket/{self.id.lower()}/"

    @property
    def version_url(self) -> str:
        """The address that always shows this version of it."""
        return f"{self.url}phien-ban-{self.version}/"

    @property
    def number(self) -> int:
        """The number on the seal."""
        return int(self.id[3:])

    @property
    def refunds_overcharges(self) -> bool:
        """Whether it pays back what was charged too much."""
        return any(rule.kind == "multiple_of_difference" for rule in self.compensation)

    @property
    def watched(self) -> tuple[Events, ...]:
        """What the company's books are watched for, where they prove this promise."""
        if self.proof is None or not self.proof.facts or self.proof.measured != "machine":
            return ()
        own = Events(starts_on=self.starts_on, stops_on=self.stops_on)
        return (own, *self.proof.also)

    def in_force(self, day: date) -> bool:
        """Say whether this version is in force on ``day``."""
        ended = self.effective_to is not None and self.effective_to < day
        return self.effective_from <= day and not ended

    def ruled(self, rule: TermRule) -> Quantity | None:
        """Return the number that a rule applies, or None where this promise gives none."""
        return next((one.quantity for one in self.terms.values() if one.rule == rule), None)

    def most_hand_offs(self, segment: SegmentId) -> int | None:
        """Return how often a case may change hands under this promise, or None."""
        rows = (one for one in self.targets if one.hand_offs and segment in one.segments)
        return next((one.value for one in rows), None)

    def longest(self, matrix: Matrix, segment: SegmentId) -> Quantity | None:
        """Return the longest time that a matter may go on without a conclusion, or None."""
        rows = (one for one in self.targets if one.longest and segment in one.segments)
        row = next(rows, None)
        return self.deadline(matrix, segment, condition=row.condition) if row else None

    def rule(self, segment: SegmentId) -> Rule | None:
        """Return the compensation rule for a segment; None when the promise is not for it."""
        return next((rule for rule in self.compensation if segment in rule.segments), None)

    def part_for(
        self, kind: CaseKind, segment: SegmentId, category: str | None, topic: str | None
    ) -> AppliesTo | None:
        """Return under which part a case of this kind and segment carries the promise, or None."""
        if segment not in self.scope.segments:
            return None
        return next((one for one in self.applies_to if one.covers(kind, category, topic)), None)

    def label(self, segment: SegmentId, condition: str | None) -> str:
        """Return what the target of a special case is about; empty for the ordinary one."""
        rows = (one for one in self.targets if segment in one.segments)
        found = next((one.label for one in rows if one.condition == condition), None) or ""
        return f"{found[:1].upper()}{found[1:]}." if condition and found else ""

    def cells(self, matrix: Matrix) -> tuple[TargetCell, ...]:
        """Return every target of this promise: what pages, placeholders and the API tell."""
        return tuple(cell for row in self.targets for cell in row.cells(matrix))

    def deadline(
        self,
        matrix: Matrix,
        segment: SegmentId,
        *,
        group: GroupId | None = None,
        condition: str | None = None,
        place: Place | None = None,
    ) -> Quantity | None:
        """Return the target that gives a case of this kind its deadline, or None.

        Rates and counts are no deadline of a single case and are passed over, and so are targets of
        a product group when the case does not know its product. It need not where there is one
        group alone. Of several the closest holds: that of the product before that of every product.
        """
        place, group = place or "province", group or matrix.only_group
        dated = [
            (cell.closeness, quantity)
            for cell in self.cells(matrix)
            if cell.holds_for(segment, group, condition, place)
            and (quantity := cell.quantity(place)) is not None
            and quantity.has_clock
        ]
        return max(dated, key=lambda one: one[0], default=(None, None))[1]


def in_force(versions: Iterable[Commitment], day: date) -> tuple[Commitment, ...]:
    """Return, of many versions, the one of each promise in force on ``day``, ordered by id."""
    current: dict[str, Commitment] = {}
    for one in sorted(versions, key=lambda version: (code_order(version.id), version.version)):
        if one.in_force(day):
            current[one.id] = one
    return tuple(current.values())
