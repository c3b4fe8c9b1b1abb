"""The files of the version that a table of prices becomes: front matter, and lines as CSV."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from service_policy.content import Library
from service_policy.content.files import FENCE, read_document
from service_policy.content.price_tables import COLUMNS
from service_policy.price_sheets import PriceLine, PriceSheet
from service_policy.products import Product
from tooling.prices.table import Given
from tooling.words import Refused

_FIELD = re.compile(r"([a-z_]+):")
_TAKEN_OVER: Final = ("unit", "warranty_months", "dealer_minimum")
"""What a product's page says as well, so that a table may leave it out."""


@dataclass(frozen=True, slots=True)
class Target:
    """The version to write.

    Attributes:
        before: the last version of the sheet.
        version: the number to write: its own while nobody has seen it, otherwise the next.
        issued: its day of issue.
        begins: its first day.
    """

    before: PriceSheet
    version: int
    issued: date
    begins: date

    @property
    def is_new(self) -> bool:
        """Whether the version before stays as it is, because people have it in hand."""
        return self.version != self.before.version


def target_of(library: Library, sheet_id: str, rows: Iterable[Given]) -> Target:
    """Return the version that a table becomes.

    Raises:
        Refused: no sheet fits, several do, or the one that was named has ended.
    """
    newest: dict[str, PriceSheet] = {}
    for sheet in library.every_sheet:
        if sheet.id not in newest or newest[sheet.id].version < sheet.version:
            newest[sheet.id] = sheet
    running = {one.id: one for one in newest.values() if library.today <= one.valid_to}
    before = running.get(sheet_id) if sheet_id else _fitting(running, {one.code for one in rows})
    if before is None:
        known = ", ".join(sorted(running))
        raise Refused(f"không có bảng giá {sheet_id} còn hiệu lực; các bảng: {known}")
    if library.today < before.issued_on:
        return Target(before, before.version, before.issued_on, before.valid_from)
    # No version is issued on the day of another, and no price looks back.
    issued = max(library.today, before.issued_on + timedelta(days=1))
    begins = max(issued, before.valid_from)
    if before.valid_to < begins:
        raise Refused(f"{before.id} hết hiệu lực {before.valid_to:%d/%m/%Y}: làm bảng mới")
    return Target(before, before.version + 1, issued, begins)


def _fitting(sheets: Mapping[str, PriceSheet], codes: set[str]) -> PriceSheet:
    shared = {
        one.id: len(codes & {line.product_code for line in one.lines}) for one in sheets.values()
    }
    most = max(shared.values(), default=0)
    best = sorted(name for name, count in shared.items() if count == most)
    if not most or len(best) > 1:
        which = f"hợp với {', '.join(best)}" if most else "không có mã nào của bảng giá nào"
        raise Refused(f"tệp {which}: chọn bảng bằng --sheet, có {', '.join(sorted(sheets))}")
    return sheets[best[0]]


def lines_of(library: Library, target: Target, rows: Iterable[Given]) -> list[dict[str, str]]:
    """Return the lines of the version; what a row leaves out is as before, or as the page says.

    Raises:
        Refused: the tax class of a new code is not known.
    """
    wrong: list[str] = []
    lines = []
    for row in rows:
        before = target.before.line(row.code)
        vat = _tax_class(library, target.begins, row.cells.get("vat"), before)
        if vat is None:
            said = row.cells.get("vat", "")
            known = ", ".join(one.id for one in library.vat.classes)
            what = f"không có nhóm thuế “{said}”" if said else "mã mới chưa có nhóm thuế (cột Thuế)"
            wrong.append(f"dòng {row.row}: {row.code}: {what}; các nhóm: {known}")
            continue
        lines.append({**_completed(row, library.product(row.code), before), "vat": vat})
    if wrong:
        raise Refused("\n".join(wrong))
    return lines


def _completed(row: Given, product: Product | None, before: PriceLine | None) -> dict[str, str]:
    line = dict(row.cells)
    for name in _TAKEN_OVER:
        known = getattr(product, name, None) or getattr(before, name, None)
        if name not in line and known is not None:
            line[name] = str(known)
    if product is not None:
        # A product has the name of its page.
        line.pop("name", None)
    if before is None:
        return line
    if product is None and before.name is not None:
        line.setdefault("name", before.name)
    if before.price_checked and line["price_vnd"] == str(before.price_vnd):
        line["price_checked"] = "true"
    return line


def _tax_class(
    library: Library, day: date, said: str | None, before: PriceLine | None
) -> str | None:
    """Return the class that a row names by its id, its name or the rate of the day."""
    if not said:
        return None if before is None else before.vat
    word = said.casefold()
    for one in library.vat.classes:
        if word in (one.id.casefold(), one.name.casefold()):
            return one.id
    number = word.removesuffix("%").strip().replace(",", ".")
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,4})?", number):
        return None
    percent = float(number) * (100 if 0 < float(number) < 1 else 1)
    fitting = [
        one.id
        for one in library.vat.classes
        if (rate := one.on(day)) is not None and float(rate.percent) == round(percent, 4)
    ]
    return fitting[0] if len(fitting) == 1 else None


def files_of(
    content: Path, target: Target, lines: list[dict[str, str]], news: str
) -> dict[Path, str]:
    """Return the text of each file to write; ``news`` is what the new version says of itself."""
    before = target.before
    file = content.parent / before.path
    written = file
    if target.is_new:
        written = file.with_name(f"{before.slug}-v{target.version}.md")
        if written.exists():
            raise Refused(f"đã có {written.name}: đổi tên tệp ấy trước")
    raw = read_document(file, before.path)[0].data
    table = written.with_suffix(".csv")
    if not target.is_new and str(raw.get("lines_from", "")).endswith(".csv"):
        table = written.with_name(raw["lines_from"])
    fields: dict[str, str | None] = {"lines": None, "lines_from": table.name}
    if target.is_new:
        fields |= {
            "version": str(target.version),
            "issued_on": target.issued.isoformat(),
            "valid_from": target.begins.isoformat(),
            "last_checked": target.issued.isoformat(),
            "changes": json.dumps(news, ensure_ascii=False),
        }
    summary = raw.get("summary")
    if isinstance(summary, str):
        told = _summary(summary, target, len(lines))
        fields["summary"] = json.dumps(told, ensure_ascii=False)
    text = with_fields(file.read_text(encoding="utf-8-sig"), fields)
    return {table: as_csv(lines), written: text}


def _summary(summary: str, target: Target, count: int) -> str:
    """Return a summary with the days and the number of products of the new version."""
    before = target.before
    told = summary.replace(f"{before.valid_from:%d/%m/%Y}", f"{target.begins:%d/%m/%Y}")
    return re.sub(rf"\b{len(before.lines)}(\s+sản\s+phẩm)", rf"{count}\1", told)


def with_fields(text: str, fields: Mapping[str, str | None]) -> str:
    """Return a document with fields of its front matter set, or taken away where they are None."""
    lines = text.replace("\r\n", "\n").split("\n")
    end = lines.index(FENCE, 1)
    kept, left, skipping = [lines[0]], dict(fields), False
    for line in lines[1:end]:
        found = _FIELD.match(line)
        if found or line.startswith("#"):
            name = found.group(1) if found else ""
            skipping = name in fields
            if skipping and (value := left.pop(name, None)) is not None:
                kept.append(f"{name}: {value}")
        if not skipping:
            kept.append(line)
    kept += [f"{name}: {value}" for name, value in left.items() if value is not None]
    return "\n".join((*kept, *lines[end:]))


def as_csv(lines: list[dict[str, str]]) -> str:
    """Return lines as the CSV file that the content keeps."""
    columns = [name for name in COLUMNS if any(line.get(name) for line in lines)]
    text = io.StringIO()
    rows = csv.DictWriter(text, columns, restval="", extrasaction="ignore", lineterminator="\n")
    rows.writeheader()
    rows.writerows(lines)
    return text.getvalue()
