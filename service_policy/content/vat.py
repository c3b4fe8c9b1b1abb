"""The tax rate of every price line, looked up by the class it names and the days of its sheet."""

from datetime import date

from service_policy.content.faults import Fault
from service_policy.content.tree import Tree
from service_policy.digits import plain
from service_policy.vat import VatTable


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
            faults.append(
                tree.fault(
                    ("lines", index, "vat_percent"),
                    "vat_by_hand",
                    "mức thuế viết tay",
                    "xóa vat_percent, viết vat: nhóm thuế có trong thue.yaml",
                )
            )
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
