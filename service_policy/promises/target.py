"""The numbers of a promise: its targets, and other terms that its prose or a rule needs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import model_validator

from service_policy.promises.clock import Quantity, Unit
from service_policy.segments import Cell, GroupId, Matrix, Place, SegmentId
from service_policy.values import Count, Model, Name, NonEmpty, Text, YesNo, fault

TermRule = Literal["progress", "review", "negotiation", "repeat", "notice"]
"""Rules that read a term: how often a case hears of us, how long a review and a negotiation may
take, within what time a fault counts as the same one again, and how long before an appointment
its change is told."""


class TargetRow(Model):
    """A target for some segments: ``value`` with ``unit``, or the cells of a ``matrix`` row.

    ``condition`` names a special case with its ``label`` for readers; a row without one is the
    ordinary target. ``longest`` marks the special case beyond which a matter without a conclusion
    is decided for the customer, ``hand_offs`` the number of hand-offs that a case may see.
    """

    segments: Annotated[tuple[SegmentId, ...], NonEmpty]
    product_groups: tuple[GroupId, ...] = ()
    place: Place | None = None
    condition: Name | None = None
    label: Text | None = None
    value: Count | None = None
    unit: Unit | None = None
    matrix: Name | None = None
    longest: YesNo = False
    hand_offs: YesNo = False

    @model_validator(mode="after")
    def _one_source(self) -> "TargetRow":
        plain = self.value is not None and self.unit is not None
        partial = (self.value is None) != (self.unit is None)
        if partial or plain == (self.matrix is not None):
            raise fault(
                "unclear_target",
                "mục tiêu phải có value và unit, hoặc matrix, không cả hai",
                "viết {value: 4, unit: working_hours} hoặc matrix: <mã hàng trong phan-khuc.yaml>",
            )
        if self.condition and not self.label:
            raise fault(
                "missing_label", "mục tiêu có condition phải có label", "thêm label cho người đọc"
            )
        if self.longest and not self.condition:
            raise fault(
                "longest_is_ordinary",
                "longest: true là hạn dài nhất của một trường hợp riêng",
                "thêm condition và label, hoặc bỏ longest",
            )
        if self.hand_offs and self.unit != "count_at_most":
            raise fault(
                "hand_offs_unit",
                "hand_offs: true phải là số lần nhiều nhất",
                "viết {value: 1, unit: count_at_most, hand_offs: true}",
            )
        return self

    def cells(self, matrix: Matrix) -> Iterator["TargetCell"]:
        """Yield what this row promises, target by target, in the order of the file."""
        if self.matrix is None:
            plain = Cell(value=self.value, unit=self.unit)
            for group in self.product_groups or (None,):
                for segment in self.segments:
                    yield TargetCell(self, segment, group, plain)
            return
        row = matrix.row(self.matrix)
        for number, entry in enumerate(row.cells if row else ()):
            for group in entry.product_groups:
                for segment in entry.segments:
                    if segment in self.segments and group in (self.product_groups or (group,)):
                        yield TargetCell(self, segment, group, entry.target, number)


@dataclass(frozen=True, slots=True)
class TargetCell:
    """One target of a promise: what ``row`` gives to a segment and a product group.

    ``group`` is None where the target holds for every product, also for one that nobody knows.
    ``entry`` counts the cells of the matrix that the row draws on, each for several of them.
    """

    row: TargetRow
    segment: SegmentId
    group: GroupId | None
    target: Cell
    entry: int = 0

    @property
    def applies(self) -> bool:
        """Whether anything is promised here; a cell may say why nothing is."""
        return self.target.not_applicable is None

    def quantity(self, place: Place | None = None) -> Quantity | None:
        """Return the target for a place, the province's when none is known; None for words."""
        return self.target.quantity(self.row.place or place)

    @property
    def words(self) -> str:
        """The target as pages, placeholders and the API say it."""
        here = self.quantity() if self.row.place else None
        return str(self.target) if here is None else here.as_deadline()

    def key(self, matrix: Matrix) -> tuple[SegmentId, GroupId | None, str | None, Place | None]:
        """For whom it is: segment, product group (the only one is every one), case, place."""
        group = self.group or matrix.only_group
        return (self.segment, group, self.row.condition, self.row.place)

    def holds_for(
        self, segment: SegmentId, group: GroupId | None, condition: str | None, place: Place
    ) -> bool:
        """Say whether a case of this kind has this target, or a closer one."""
        mine, here = self.group in (None, group), self.row.place in (None, place)
        return mine and here and (self.segment, self.row.condition) == (segment, condition)

    @property
    def closeness(self) -> tuple[bool, bool]:
        """Greater where it names the product, then the place, and not all of them."""
        return (self.group is not None, self.row.place is not None)


class Term(Model):
    """Another number that the prose of the commitment needs: a quantity or plain words.

    ``rule`` names the rule of the program that applies this very number.
    """

    value: Count | None = None
    unit: Unit | None = None
    text: Text | None = None
    rule: TermRule | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "Term":
        quantity = self.value is not None and self.unit is not None
        if quantity == (self.text is not None) or (self.value is None) != (self.unit is None):
            raise fault("unclear_term", "số liệu phải có value và unit, hoặc text", "chọn một cách")
        if self.rule is not None and not quantity:
            raise fault("rule_without_number", "rule cần một con số", "viết value và unit, bỏ text")
        return self

    @property
    def quantity(self) -> Quantity | None:
        """The number with its unit; None for a term in words."""
        if self.value is None or self.unit is None:
            return None
        return Quantity(value=self.value, unit=self.unit)

    def __str__(self) -> str:
        return self.text or str(self.quantity)
