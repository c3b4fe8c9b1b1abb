"""The lines of a price sheet that stand in a table beside it: CSV or Excel."""

from pathlib import Path

from service_policy.content.faults import Fault
from service_policy.content.files import read_bytes, text_of
from service_policy.content.letters import broken_letters
from service_policy.content.tree import Tree
from service_policy.csv_tables import BadTable, Table, decoded, read_csv
from service_policy.price_sheets import PriceLine
from service_policy.text import nfc

COLUMNS = tuple(name for name in PriceLine.model_fields if name != "vat_percent")
"""What a column may be called."""
NEEDED = ("product_code", "unit", "price_vnd", "vat")
"""The columns without which no line is a price."""
_PACKED = b"PK\x03\x04"
_FIX_COLUMNS = f"đặt tên cột đúng như sau: {', '.join(COLUMNS)}; bắt buộc {', '.join(NEEDED)}"


def attach_table(tree: Tree, folder: Path, file: Path) -> list[Fault]:
    """Replace ``lines_from`` of a price sheet by the ``lines`` of the table beside it."""
    named = tree.data.pop("lines_from", None)
    if named is None:
        return []
    target = file.parent / str(named)
    if "lines" in tree.data:
        fix = "giữ lines hoặc lines_from"
        return [tree.fault(("lines_from",), "two_sources", "có cả hai nguồn dòng giá", fix)]
    if Path(str(named)).name != named or not target.is_file():
        fix = "đặt tệp .csv hoặc .xlsx cạnh tệp này và viết đúng tên"
        return [tree.fault(("lines_from",), "no_such_file", f"không có tệp {named}", fix)]
    name = str(target.relative_to(folder.parent))
    table, faults = read_table(target, name)
    if table is None:
        return faults
    tree.lines[("lines",)] = tree.lines.get(("lines_from",), 1)
    tree.data["lines"] = lines = []
    faults = _check_columns(table, tree, name)
    for index, row in enumerate(table.rows):
        tree.files[("lines", index)] = name
        tree.lines[("lines", index)] = row.line
        cells = zip(table.columns, row.cells, strict=False)
        lines.append({column: value for column, value in cells if value})
    return faults


def read_table(file: Path, name: str) -> tuple[Table | None, list[Fault]]:
    """Read a CSV or Excel file; ``name`` is how faults call it."""
    raw, faults = read_bytes(file, name)
    if raw is None:
        return None, faults
    try:
        if file.suffix.lower() == ".xlsx":
            return _workbook(raw, name)
        if file.suffix.lower() != ".csv":
            raise BadTable(1, f"không đọc được bảng {file.suffix}", "lưu thành .csv hoặc .xlsx")
        if raw.startswith(_PACKED):
            raise BadTable(1, "là sổ Excel mang tên .csv", "đổi đuôi tệp thành .xlsx")
        text, faults = text_of(decoded(raw), name)
        if any(fault.code == "not_utf8" for fault in faults):
            fix = "trong Excel chọn Lưu thành → CSV UTF-8, hoặc lưu thành .xlsx"
            raise BadTable(faults[0].line, "lưu bằng bảng mã cũ của Windows, không phải UTF-8", fix)
        return (None, faults) if faults else (read_csv(text), [])
    except BadTable as bad:
        return None, [Fault(name, bad.line, "tệp", bad.message, bad.fix, "bad_table")]


def _workbook(raw: bytes, name: str) -> tuple[Table | None, list[Fault]]:
    # Only who has a workbook waits for the library that reads it.
    from service_policy.content.workbooks import read_xlsx

    table = read_xlsx(raw)
    for row in table.rows:
        faults = broken_letters(nfc("\n".join(row.cells)), name)
        if faults:
            first = faults[0]
            return None, [Fault(name, row.line, "tệp", first.message, first.fix, first.code)]
    return table, []


def _check_columns(table: Table, tree: Tree, name: str) -> list[Fault]:
    """Return one fault when the columns are not those of a price, or a row does not fill them."""

    def wrong(line: int, message: str, fix: str = _FIX_COLUMNS) -> list[Fault]:
        return [Fault(name, line, "lines.1", message, fix, "csv_columns")]

    twice = {one for one in table.columns if table.columns.count(one) > 1}
    if twice:
        shown = ", ".join(sorted(one or "(không tên)" for one in twice))
        return wrong(table.line, f"cột {shown} có hai lần", "xóa hoặc đổi tên cột thừa")
    unknown = [one or "(không tên)" for one in table.columns if one not in COLUMNS]
    missing = [one for one in NEEDED if one not in table.columns]
    if unknown or missing:
        parts = (("có cột lạ", unknown), ("thiếu cột", missing))
        message = "; ".join(f"{what} {', '.join(which)[:120]}" for what, which in parts if which)
        return wrong(table.line, message)
    long = [row for row in table.rows if len(row.cells) > len(table.columns)]
    if long:
        more = f", còn {len(long) - 1} dòng nữa như vậy" if len(long) > 1 else ""
        message = f"dòng có {len(long[0].cells)} ô mà bảng có {len(table.columns)} cột{more}"
        fix = "đặt ô có dấu phân cách trong dấu nháy kép, hoặc xóa ô thừa"
        return wrong(long[0].line, message, fix)
    if not table.rows:
        return wrong(table.line, "bảng không có dòng giá nào", "viết mỗi mã một dòng")
    return []
