"""Customer segments, product groups and the target matrix (task × group × segment)."""

from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator

from service_policy.clock import Quantity, Unit
from service_policy.families import ANY_CODE, CodePattern, Family
from service_policy.values import Count, Few, Model, Name, Text, fault

SegmentId = Literal["household", "dealer", "project"]
GroupId = Annotated[Text, Field(pattern=r"^[A-Za-z0-9]+([_-][A-Za-z0-9]+)*$")]
Place = Literal["urban", "province"]

LONGEST_CODE = 2
"""Ids of product groups up to this long are codes that customers read."""

SEGMENTS: tuple[SegmentId, ...] = get_args(SegmentId)


class Segment(Model):
    """A kind of customer, in the customer's words."""

    id: SegmentId
    name: Text
    description: Text


class ProductGroup(Model):
    """A service group of products: how badly its owner misses it when it is broken."""

    id: GroupId
    name: Text
    description: Text

    @property
    def label(self) -> str:
        """How tables call it: by a short code such as ``A``, otherwise by its name."""
        return self.id if len(self.id) <= LONGEST_CODE else self.name


class Cell(Model):
    """One target of the matrix: a quantity, one for town and one for province, words, or a reason.

    Exactly one of the four ways is used: ``value`` with ``unit``; ``urban`` with ``province``;
    ``agreed`` (a schedule both sides agree on); ``not_applicable`` with the reason.
    """

    value: Count | None = None
    unit: Unit | None = None
    urban: Quantity | None = None
    province: Quantity | None = None
    agreed: Text | None = None
    not_applicable: Text | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "Cell":
        ways = (
            self.value is not None and self.unit is not None,
            self.urban is not None and self.province is not None,
            self.agreed is not None,
            self.not_applicable is not None,
        )
        given = sum(part is not None for part in (self.value, self.unit, self.urban, self.province))
        given_words = sum(part is not None for part in (self.agreed, self.not_applicable))
        if sum(ways) != 1 or given + given_words > (2 if ways[0] or ways[1] else 1):
            raise fault(
                "unclear_cell",
                "ô mục tiêu phải viết đúng một cách",
                "dùng value + unit, hoặc urban + province, hoặc agreed, hoặc not_applicable: lý do",
            )
        return self

    def quantity(self, place: Place | None = None) -> Quantity | None:
        """Return the target, the province's (the longer one) when no place is known."""
        if self.value is not None and self.unit is not None:
            return Quantity(value=self.value, unit=self.unit)
        return self.urban if place == "urban" else self.province

    def __str__(self) -> str:
        if self.urban is not None and self.province is not None:
            return f"nội thành {self.urban}, tỉnh {self.province}"
        single = self.quantity()
        if single is not None:
            return single.as_deadline()
        return self.agreed or f"không áp dụng: {self.not_applicable}"


class MatrixCell(Model):
    """A cell and where it stands: for which product groups and segments."""

    product_groups: Annotated[tuple[GroupId, ...], Few]
    segments: Annotated[tuple[SegmentId, ...], Few]
    target: Cell


class MatrixRow(Model):
    """One task of the target matrix; ``commitment`` says which promise draws on it."""

    id: Name
    name: Text
    commitment: Text
    cells: Annotated[tuple[MatrixCell, ...], Few]

    def cell(self, group: GroupId, segment: SegmentId) -> Cell | None:
        """Return the cell for a group and segment; None is a hole, which the checker refuses."""
        for entry in self.cells:
            if group in entry.product_groups and segment in entry.segments:
                return entry.target
        return None


class Matrix(Model):
    """``phan-khuc.yaml``: segments, product groups and every target between them.

    ``families`` are what the company sells, in the order of the price sheet; a firm that sells no
    products has none. ``product_code`` is the shape of its products' codes.
    """

    segments: Annotated[tuple[Segment, ...], Few]
    product_groups: Annotated[tuple[ProductGroup, ...], Few]
    families: tuple[Family, ...] = ()
    product_code: CodePattern = ANY_CODE
    matrix: Annotated[tuple[MatrixRow, ...], Few]

    @property
    def groups(self) -> tuple[GroupId, ...]:
        """The ids of the product groups, in the order of the file."""
        return tuple(group.id for group in self.product_groups)

    def row(self, row_id: str) -> MatrixRow | None:
        """Return the row of a task, or None."""
        return next((row for row in self.matrix if row.id == row_id), None)

    def segment(self, segment_id: SegmentId) -> Segment:
        """Return a segment by its id."""
        return next(segment for segment in self.segments if segment.id == segment_id)

    def group(self, group_id: GroupId) -> ProductGroup:
        """Return a product group by its id."""
        return next(group for group in self.product_groups if group.id == group_id)

    def family(self, family_id: str) -> Family:
        """Return a product family by its id."""
        return next(family for family in self.families if family.id == family_id)
