"""The rows of a company's own price table: columns and numbers as people in Vietnam write them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from service_policy.content.price_tables import COLUMNS, read_table
from service_policy.csv_tables import Row
from service_policy.digits import grouped, plain
from service_policy.text import slugify
from tooling.words import Refused

_CALLED: Final[Mapping[str, str]] = {
    "product_code": "ma, ma hang, ma sp, ma san pham, ma hang hoa, sku",
    "name": "ten, ten hang, ten sp, ten san pham, ten hang hoa",
    "unit": "dvt, don vi, don vi tinh",
    "price_vnd": (
        "gia, gia ban, gia ban le, gia niem yet, don gia, gia gom vat, gia co vat, gia da gom vat,"
        " gia ban gom vat, gia vnd"
    ),
    "vat": "thue, nhom thue, thue suat, thue vat",
    "warranty_months": "bao hanh, bao hanh thang, thang bao hanh, thoi han bao hanh",
    "dealer_minimum": "dat it nhat, so luong toi thieu, dai ly dat it nhat",
}
"""What people call the columns, without accents."""
_COLUMN_OF: Final = {
    **{slugify(name): name for name in COLUMNS},
    **{slugify(word): name for name, said in _CALLED.items() for word in said.split(", ")},
}
_HEAD_WITHIN: Final = 15
"""Rows of titles that may stand above the names of the columns."""
_CODE = re.compile(r"[A-Z0-9]+([.-][A-Z0-9]+)*")
_MONEY = re.compile(r"\s*(?:đ|₫|đồng|vnđ|vnd)\.?$", re.IGNORECASE)
_WHOLE = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Given:
    """A row of the table: its number there, and its filled cells by the name of their column."""

    row: int
    cells: Mapping[str, str]

    @property
    def code(self) -> str:
        """The code of the product or service."""
        return self.cells["product_code"]


@dataclass(frozen=True, slots=True)
class Prices:
    """A table that was read: its rows, and the columns that nobody needs here."""

    rows: tuple[Given, ...]
    unused: tuple[str, ...]


def read_prices(file: Path) -> Prices:
    """Read a table of prices.

    Raises:
        Refused: the file is no table, has no such columns, or has rows that are no price.
    """
    table, faults = read_table(file, file.name)
    if table is None:
        raise Refused("\n".join(f"{one.file}:{one.line}: {one.message}" for one in faults))
    every = [Row(table.line, table.columns), *table.rows]
    columns, rows = _with_columns(file.name, every)
    wrong: list[str] = []
    seen: dict[str, int] = {}
    given: list[Given] = []
    for row in rows:
        one = _given(columns, row)
        if one is None:
            continue
        problems = list(_problems(one, seen))
        wrong += [f"{file.name}:{row.line}: {problem}" for problem in problems]
        if not problems:
            given.append(one)
    if not given and not wrong:
        wrong.append(f"{file.name}:{every[0].line}: bảng không có dòng giá nào")
    if wrong:
        raise Refused("\n".join(wrong))
    unused = [cell for cell in every[len(every) - len(rows) - 1].cells if cell and not _named(cell)]
    return Prices(tuple(given), tuple(unused))


def _named(cell: str) -> str | None:
    return _COLUMN_OF.get(slugify(cell))


def _with_columns(name: str, rows: list[Row]) -> tuple[list[str | None], list[Row]]:
    """Return what each column is, and the rows below the names of the columns."""
    for place, row in enumerate(rows[:_HEAD_WITHIN]):
        columns = [_named(cell) for cell in row.cells]
        if {"product_code", "price_vnd"} <= set(columns):
            known = [one for one in columns if one]
            if twice := sorted({one for one in known if known.count(one) > 1}):
                raise Refused(f"{name}:{row.line}: hai cột cùng là {', '.join(twice)}")
            return columns, rows[place + 1 :]
    raise Refused(
        f"{name}:{rows[0].line}: không thấy dòng tên cột: cần cột mã (Mã hàng) và cột giá gồm thuế"
        " (Giá bán)"
    )


def _given(columns: list[str | None], row: Row) -> Given | None:
    """Return a row by its columns; None for a heading, which is no code and has no price."""
    pairs = zip(columns, row.cells, strict=False)
    cells = {column: " ".join(cell.split()) for column, cell in pairs if column and cell.strip()}
    code = cells.get("product_code", "")
    if "price_vnd" not in cells and not _CODE.fullmatch(code.upper()):
        return None
    if code:
        cells["product_code"] = code.upper()
    if price := cells.get("price_vnd"):
        cells["price_vnd"] = _amount(price) or price
    if months := cells.get("warranty_months"):
        cells["warranty_months"] = months.removesuffix("tháng").strip()
    return Given(row.line, cells)


def _problems(one: Given, seen: dict[str, int]) -> Iterator[str]:
    code, price = one.cells.get("product_code"), one.cells.get("price_vnd")
    if not code:
        yield "thiếu mã"
    elif code in seen:
        yield f"{code} đã có ở dòng {seen[code]}, giữ một dòng"
    if not price:
        yield f"{code} thiếu giá"
    elif not _WHOLE.fullmatch(price):
        yield f"giá “{price}” không phải số đồng nguyên, viết như 590000 hoặc 590.000"
    elif int(price) == 0:
        yield f"giá của {code} là 0 đồng"
    if code:
        seen.setdefault(code, one.row)


def _amount(text: str) -> str | None:
    """Return an amount in đồng with bare digits; a point in it stands between thousands."""
    bare = plain(_MONEY.sub("", text))
    if _WHOLE.fullmatch(bare):
        return bare
    whole = grouped(bare)
    return None if whole is None else str(whole)
