"""Customer segments, product groups and the target matrix (task × group × segment)."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from service_policy.families import ANY_CODE, CodePattern, Family
from service_policy.promises.clock import Quantity, Unit
from service_policy.text import inside
from service_policy.values import Count, Model, Name, NonEmpty, Percent, Text, YesNo, fault

LONGEST_ID = 20
"""As many characters as the store keeps of a segment's id."""


def _short(segment_id: str) -> str:
    if len(segment_id) > LONGEST_ID:
        raise fault("long_id", f"mã dài quá {LONGEST_ID} ký tự", "đặt mã ngắn hơn")
    return segment_id


SegmentId = Annotated[Name, AfterValidator(_short)]
"""The id of a segment, which the company chooses; cases keep it (see ``Segment.formerly``)."""
GroupId = Annotated[Text, Field(pattern=r"^[A-Za-z0-9]+([_-][A-Za-z0-9]+)*$")]
Place = Literal["urban", "province"]

Privilege = Literal["tax_code", "partner", "credit", "quotes"]
"""A part of the portal that is there only for segments that declare it."""
_ONLY_WITH: Mapping[str, Privilege] = {
    "balance": "credit",
    "quote": "quotes",
    "partner": "partner",
}
"""What one can only ask about where some segment has that part of the portal."""
_ONLY_WITH_GOODS = ("delivery_status", "delivery_schedule")
MOST_SEGMENTS = 5
LONGEST_CODE = 2
"""Ids of product groups up to this long are codes that customers read."""


class Segment(Model):
    """A kind of customer, in the customer's words.

    ``formerly`` are ids of segments that became this one: cases keep them, and have its promises.
    ``name`` stands in tables and sentences, ``label`` (the name when left out) is the answer to
    choose in forms. ``usual`` marks whoever does not say who he is. ``tax_code``: its tax code may
    stand on an invoice; ``partner``: it has the partner policy; ``credit``: it has a balance to
    compare; ``quotes``: it may ask for a quote. ``prices`` says, in Markdown, where prices are that
    no price sheet shows. ``obligation_cap_percent`` ends what all missed promises of a case cost
    at a share of the obligation, as the Commercial Law does between merchants (8 %, article 301).
    ``prices_with_vat``: what is owed for goods of such a customer counts their price with VAT.
    """

    id: SegmentId
    formerly: tuple[SegmentId, ...] = ()
    name: Text
    label: Text | None = None
    description: Text
    usual: YesNo = False
    tax_code: YesNo = False
    partner: YesNo = False
    credit: YesNo = False
    quotes: YesNo = False
    prices: Text | None = None
    obligation_cap_percent: Annotated[Percent, Field(gt=0)] | None = None
    prices_with_vat: Annotated[YesNo, Field(exclude_if=lambda one: not one)] = False

    @property
    def ids(self) -> tuple[str, ...]:
        """The id and those that old cases know it by."""
        return (self.id, *self.formerly)

    @property
    def choice(self) -> str:
        """The answer to choose in a form, as letters and the desk repeat it."""
        return self.label or self.name

    @property
    def inside(self) -> str:
        """The name in the middle of a sentence: ``đại lý``; ``HTX`` stays as it is."""
        return inside(self.name)


def _one_is_usual(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    ids = [known for one in segments for known in one.ids]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise fault("duplicate_id", f"mã phân khúc “{twice[0]}” dùng hai lần", "đặt mã khác")
    if len(segments) > 1 and sum(one.usual for one in segments) != 1:
        raise fault(
            "usual_segment",
            "phải có đúng một phân khúc thường gặp: khách không nói mình là ai thì tính theo đó",
            "thêm usual: true vào đúng một phân khúc",
        )
    return segments


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

    product_groups: Annotated[tuple[GroupId, ...], NonEmpty]
    segments: Annotated[tuple[SegmentId, ...], NonEmpty]
    target: Cell


class MatrixRow(Model):
    """One task of the target matrix; ``commitment`` says which promise draws on it."""

    id: Name
    name: Text
    commitment: Text
    cells: Annotated[tuple[MatrixCell, ...], NonEmpty]

    def alike(self, segment: SegmentId, groups: Iterable[ProductGroup]) -> dict[Cell, list[str]]:
        """Return the targets of a segment, each with the product groups that share it."""
        shared: dict[Cell, list[str]] = {}
        for group in groups:
            for entry in self.cells:
                if group.id in entry.product_groups and segment in entry.segments:
                    shared.setdefault(entry.target, []).append(group.label)
        return shared


class Matrix(Model):
    """``phan-khuc.yaml``: segments, product groups and every target between them.

    ``families`` are what the company sells, in the order of the price sheet; a firm that sells no
    products has none. ``product_code`` is the shape of its products' codes.
    """

    segments: Annotated[
        tuple[Segment, ...],
        Field(min_length=1, max_length=MOST_SEGMENTS),
        AfterValidator(_one_is_usual),
    ]
    product_groups: Annotated[tuple[ProductGroup, ...], NonEmpty]
    families: tuple[Family, ...] = ()
    product_code: CodePattern = ANY_CODE
    matrix: Annotated[tuple[MatrixRow, ...], NonEmpty]

    @property
    def groups(self) -> tuple[GroupId, ...]:
        """The ids of the product groups, in the order of the file."""
        return tuple(group.id for group in self.product_groups)

    @property
    def only_group(self) -> GroupId | None:
        """The product group of every case, where there is one alone; otherwise None."""
        return self.groups[0] if len(self.product_groups) == 1 else None

    def row(self, row_id: str) -> MatrixRow | None:
        """Return the row of a task, or None."""
        return next((row for row in self.matrix if row.id == row_id), None)

    @property
    def usual(self) -> Segment:
        """The segment of whoever does not say who he is; the only one where there is one."""
        return next((one for one in self.segments if one.usual), self.segments[0])

    @property
    def delivers(self) -> bool:
        """Whether the company sells goods, so that one may ask where they are."""
        return bool(self.families)

    def may_be_asked(self, topic: str | None) -> bool:
        """Whether forms offer a topic or purpose: nobody asks for what no segment has."""
        if topic in _ONLY_WITH_GOODS:
            return self.delivers
        privilege = None if topic is None else _ONLY_WITH.get(topic)
        return privilege is None or self.allowed(privilege) is not None

    @property
    def one_segment(self) -> bool:
        """Whether all customers are of one kind, so that nobody has to be asked."""
        return len(self.segments) == 1

    def segment(self, segment_id: str) -> Segment | None:
        """Return a segment by an id, a former one too; None when nobody declares it any more."""
        return next((one for one in self.segments if segment_id in one.ids), None)

    def allowed(self, privilege: Privilege) -> Segment | None:
        """Return the first segment that has a part of the portal; None when that part is away."""
        return next((one for one in self.segments if getattr(one, privilege)), None)

    def who(self, segments: Iterable[str]) -> str:
        """Name segments for readers: ``Đại lý, dự án``; ``Mọi khách hàng``; "" for the only one."""
        chosen = set(segments)
        everybody = chosen.issuperset(one.id for one in self.segments)
        return "Mọi khách hàng" if everybody and not self.one_segment else self.listed(chosen)

    def listed(self, segments: Iterable[str]) -> str:
        """Name segments one by one: ``Hộ gia đình, đại lý``; the id of one nobody declares.

        Nobody has to be named where all customers are of one kind.
        """
        asked = [] if self.one_segment else list(segments)
        found = [one for one in self.segments if not {*one.ids}.isdisjoint(asked)]
        names = [one.inside if place else one.name for place, one in enumerate(found)]
        return ", ".join(names or asked)

    def group(self, group_id: GroupId) -> ProductGroup:
        """Return a product group by its id."""
        return next(group for group in self.product_groups if group.id == group_id)

    def family(self, family_id: str) -> Family:
        """Return a product family by its id."""
        return next(family for family in self.families if family.id == family_id)
