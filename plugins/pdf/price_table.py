"""The table of a price sheet: one model for its PDF, its workbook and its CSV."""

from dataclasses import dataclass
from fractions import Fraction
from operator import attrgetter
from typing import Final, Literal

from service_policy.content import Library
from service_policy.price_changes import grouped
from service_policy.price_sheets import PriceSheet
from service_policy.segments import Segment

Value = str | int | Fraction | None
ColumnKind = Literal["text", "vnd", "percent", "count"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `title` in full for data files, `short` for paper; `kind` says how to write it.

    `source` leads from a row to the value.
    """

    title: str
    short: str
    source: str
    kind: ColumnKind = "text"


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of a family, each with one value for each column."""

    title: str
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, and the groups in the order of the page."""

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]

    @property
    def size(self) -> int:
        """How many lines there are, so that a reader sees that none is missing."""
        return sum(len(group.rows) for group in self.groups)

    def flat(self) -> tuple[tuple[Column, ...], tuple[tuple[Value, ...], ...]]:
        """Return columns and rows without groups: the group is the last column."""
        rows = ((*row, group.title) for group in self.groups for row in group.rows)
        return (*self.columns, _GROUP), tuple(rows)


_IDENTITY: Final = (
    Column("Mã", "Mã", "line.product_code"),
    Column("Tên", "Tên", "name"),
    Column("Đơn vị tính", "ĐVT", "line.unit"),
)
_GROUP: Final = Column("Nhóm hàng", "Nhóm", "")
_PRICES: Final = (
    Column("Giá gồm thuế (đồng)", "Giá gồm\nthuế", "line.price_vnd", "vnd"),
    Column("Giá chưa thuế (đồng)", "Chưa\nthuế", "line.net_vnd", "vnd"),
    Column("Tiền thuế (đồng)", "Tiền\nthuế", "line.vat_vnd", "vnd"),
    Column("Thuế suất", "Thuế\nsuất", "line.vat_percent", "percent"),
    Column("Bảo hành (tháng)", "Bảo hành\n(tháng)", "line.warranty_months", "count"),
)


def price_table(sheet: PriceSheet, library: Library, *, withdrawn: bool) -> Table:
    """Return the table of a sheet; a withdrawn one names its lines and leaves prices out.

    Args:
        sheet: the version to show.
        library: has the products; a line without one stands among the services.
        withdrawn: whether the prices no longer hold.
    """
    matrix = library.policy.matrix
    products = {product.id: product for product in library.products}
    prices = () if withdrawn else (*_PRICES, *_minimum(matrix.allowed("partner")))
    columns = (*_IDENTITY, *prices)
    values = attrgetter(*(column.source for column in columns))
    return Table(
        columns=columns,
        groups=tuple(
            Group(title, tuple(values(row) for row in rows))
            for title, rows in grouped(sheet.lines, products, matrix.families)
        ),
    )


def _minimum(partner: Segment | None) -> tuple[Column, ...]:
    if partner is None:
        return ()
    title, short = f"{partner.name} đặt tối thiểu", f"{partner.name}\nđặt từ"
    return (Column(title, short, "line.dealer_minimum", "count"),)
