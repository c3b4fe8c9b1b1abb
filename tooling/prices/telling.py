"""What an import of prices says: the differences, line by line, and faults at rows of the table."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from service_policy.content import Fault
from service_policy.price_changes import PriceChange
from service_policy.price_sheets import PriceSheet
from service_policy.text import vnd
from tooling.prices.sheet import Target
from tooling.prices.table import Prices

_LONGEST_LIST = 8


def differences(target: Target, sheet: PriceSheet, found: tuple[PriceChange, ...]) -> Iterator[str]:
    """Yield what changes: lines that came and went, other prices, other facts."""
    what = f"thay {called(target.before)}" if target.is_new else "chưa công bố, ghi tại chỗ"
    yield f"{called(sheet)}, áp dụng từ {sheet.valid_from:%d/%m/%Y}, {what}:"
    for change in found:
        yield f"  {_told(change)}"
    moved = sum(change.kind != "removed" for change in found)
    yield f"  không đổi: {len(sheet.lines) - moved} mã"


def called(sheet: PriceSheet) -> str:
    """Name a version of a sheet."""
    return f"{sheet.id} phiên bản {sheet.version}"


def news(target: Target, lines: Iterable[dict[str, str]]) -> str:
    """Say in one sentence what a version changes, for its page."""
    before = {line.product_code: line.price_vnd for line in target.before.lines}
    now = {line["product_code"]: int(line["price_vnd"]) for line in lines}
    kinds = {
        "tăng giá": [code for code in now if code in before and now[code] > before[code]],
        "giảm giá": [code for code in now if code in before and now[code] < before[code]],
        "thêm": [code for code in now if code not in before],
        "bỏ": [code for code in before if code not in now],
    }
    parts = [f"{what} {_codes(codes)}" for what, codes in kinds.items() if codes]
    what = "; ".join(parts) or "sửa thông tin của dòng giá"
    return f"So với phiên bản {target.before.version}, phiên bản {target.version} {what}."


def at_its_row(name: str, prices: Prices, own: tuple[str, ...], fault: Fault) -> str:
    """Say a fault of the CSV file that would be written at its row of the table that was given.

    ``own`` are the names of the files that would be written.
    """
    field = fault.field.rpartition(".")[2]
    if fault.file.endswith(own) and fault.file.endswith(".csv") and fault.line >= 2:
        return f"{name}:{prices.rows[fault.line - 2].row}: {field}: {fault.message} → {fault.fix}"
    return f"{fault.file}:{fault.line}: {field}: {fault.message} → {fault.fix}"


def _told(change: PriceChange) -> str:
    line = change.line
    if change.kind == "added":
        return f"+ {line.product_code}: {vnd(line.price_vnd)} (mã mới)"
    if change.kind == "removed":
        return f"- {line.product_code}: bỏ khỏi bảng (đang là {vnd(line.price_vnd)})"
    if change.percent is None or not change.difference_vnd:
        return f"~ {line.product_code}: giá giữ nguyên, đổi đơn vị, thuế hoặc thông tin khác"
    before = vnd(line.price_vnd - change.difference_vnd)
    sign = "+" if change.difference_vnd > 0 else "-"
    return (
        f"~ {line.product_code}: {before} → {vnd(line.price_vnd)}"
        f" ({sign}{_rounded(abs(change.percent))} %)"
    )


def _rounded(percent: Fraction) -> str:
    """Write a percentage with one decimal, rounded half up."""
    tenths = int(percent * 10 + Fraction(1, 2))
    return f"{tenths // 10},{tenths % 10}"


def _codes(codes: list[str]) -> str:
    """Name some codes, or say how many there are."""
    return ", ".join(codes) if len(codes) <= _LONGEST_LIST else f"{len(codes)} mã"
