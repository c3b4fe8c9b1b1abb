"""The lines of a price sheet: from a table beside it (CSV or Excel), and the tax rate of each."""

from datetime import date
from pathlib import Path

from service_policy.content.files import read_bytes, text_of
from service_policy.content.letters import broken_letters
from service_policy.content.tree import Fault, Tree
from service_policy.csv_tables import BadTable, Table, decoded, read_csv
from service_policy.data_files import VatTable
from service_policy.digits import plain
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


def attach_vat(tree: Tree, table: VatTable) -> list[Fault]:
    """Put ``vat_percent`` into every line of a price sheet's tree.

    A rate that changes while the sheet is valid is a fault: the sheet has to end on the last day
    of the old rate, and another one has to follow it.
    """
    begin, end = day_of(tree.data.get("valid_from")), day_of(tree.data.get("valid_to"))
    lines = tree.data.get("lines")
    if not isinstance(lines, list):
        return []  # The model reports this field itself.
    if begin is None or end is None:
        # The model reports the days; without them no line has a rate, which is not told as well.
        for line in lines:
            if isinstance(line, dict):
                line.setdefault("vat_percent", "0")
        return []
    faults: list[Fault] = []
    for index, line in enumerate(lines):
        if not isinstance(line, dict):
            continue
        if "vat_percent" in line:
            message = "mức thuế viết tay"
            fix = "xóa vat_percent, viết vat: nhóm thuế có trong thue.yaml"
            faults.append(tree.fault(("lines", index, "vat_percent"), "vat_by_hand", message, fix))
            continue
        faults += _attach(tree, index, line, table, begin, end)
    return faults


def _attach(
    tree: Tree, index: int, line: dict[str, object], table: VatTable, begin: date, end: date
) -> list[Fault]:
    named = line.get("vat")
    path = ("lines", index, "vat")
    if not isinstance(named, str):
        # The model says that the field is missing; a rate keeps it from saying so twice.
        line["vat_percent"] = "0"
        return []
    group = table.find(named)
    if group is None:
        known = ", ".join(one.id for one in table.classes)
        return [tree.fault(path, "unknown_vat", f"không có nhóm thuế “{named}”", f"chọn {known}")]
    rate = group.on(begin)
    if rate is None:
        day = begin.strftime("%d/%m/%Y")
        message = f"thue.yaml không có mức thuế nhóm {named} cho ngày {day}"
        return [tree.fault(path, "no_vat_rate", message, "thêm một dòng rates")]
    line["vat_percent"] = rate.percent
    if rate.valid_to is not None and rate.valid_to < end:
        day = rate.valid_to.strftime("%d/%m/%Y")
        return [
            tree.fault(
                path,
                "vat_changes",
                f"thuế suất nhóm {named} chỉ giữ đến {day}, bảng giá còn hiệu lực sau đó",
                f"đặt valid_to là {rate.valid_to.isoformat()} rồi làm bảng tiếp theo",
            )
        ]
    return []


def day_of(value: object) -> date | None:
    """Return a day as it was typed, or None: the model reports what is none."""
    try:
        return date.fromisoformat(plain(str(value)))
    except ValueError:
        return None
