"""The table of a price sheet: one model for its PDF, its workbook and its CSV."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from service_policy.content import Library
from service_policy.price_changes import PriceRow, grouped
from service_policy.price_sheets import PriceLine, PriceSheet
from service_policy.segments import Segment

Value = str | int | Fraction | None
ColumnKind = Literal["text", "vnd", "percent", "count"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `title` in full for data files, `short` for paper; `kind` says how to write it."""

    title: str
    short: str
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


_IDENTITY: Final = (Column("Mã", "Mã"), Column("Tên", "Tên"), Column("Đơn vị tính", "ĐVT"))
_GROUP: Final = Column("Nhóm hàng", "Nhóm")
_PRICES: Final = (
    Column("Giá gồm thuế (đồng)", "Giá gồm\nthuế", "vnd"),
    Column("Giá chưa thuế (đồng)", "Chưa\nthuế", "vnd"),
    Column("Tiền thuế (đồng)", "Tiền\nthuế", "vnd"),
    Column("Thuế suất", "Thuế\nsuất", "percent"),
    Column("Bảo hành (tháng)", "Bảo hành\n(tháng)", "count"),
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
    return Table(
        columns=columns,
        groups=tuple(
            Group(title, tuple(_values(row)[: len(columns)] for row in rows))
            for title, rows in grouped(sheet.lines, products, matrix.families)
        ),
    )


def _minimum(partner: Segment | None) -> tuple[Column, ...]:
    if partner is None:
        return ()
    return (Column(f"{partner.name} đặt tối thiểu", f"{partner.name}\nđặt từ", "count"),)


def _values(row: PriceRow) -> tuple[Value, ...]:
    """Return a value for each column that a table may have, in order."""
    return (row.line.product_code, row.name, row.line.unit, *_prices(row.line))


def _prices(line: PriceLine) -> tuple[Value, ...]:
    return (
        line.price_vnd,
        line.net_vnd,
        line.vat_vnd,
        line.vat_percent,
        line.warranty_months,
        line.dealer_minimum,
    )
