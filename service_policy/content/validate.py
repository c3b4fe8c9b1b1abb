"""From a strict tree to a frozen model, with every fault explained to an editor."""

from collections import Counter
from typing import Any, TypeVar

from pydantic import ValidationError

from service_policy.content.tree import Fault, Path, Tree
from service_policy.values import Model

M = TypeVar("M", bound=Model)


def validate(model: type[M], tree: Tree) -> tuple[M | None, list[Fault]]:
    """Build ``model`` from ``tree``; returns None and all faults when anything is wrong."""
    try:
        return model.model_validate(tree.data), []
    except ValidationError as error:
        return None, _columns(tree, error.errors(include_url=False))


def _columns(tree: Tree, details: list[Any]) -> list[Fault]:
    """Explain each fault; the same in every row of a table is one, in its first row."""
    faults: dict[object, Fault] = {}
    others: Counter[object] = Counter()
    short = _lacking(tree, details)
    inside = {one["loc"][:-1] for one in details} | {one["loc"][:-2] for one in details}
    for number, detail in enumerate(details):
        path = detail["loc"]
        if detail["type"] == "too_short" and path in inside:
            continue  # The items are there, and each is told what is wrong with it.
        in_table = len(path) == 3 and path[:2] in tree.files
        if in_table and detail["type"] == "missing" and path[:2] in short:
            continue
        key: object = (path[2], detail["type"]) if in_table else number
        if key in faults:
            others[key] += 1
        else:
            faults[key] = _explain(tree, detail)
    return [
        *_short_rows(tree, short),
        *(one.and_more(others[key]) for key, one in faults.items()),
    ]


def _lacking(tree: Tree, details: list[Any]) -> dict[Path, list[str]]:
    """Return the columns that rows of a table lack, of each row that lacks more than one."""
    lacking: dict[Path, list[str]] = {}
    for detail in details:
        path = detail["loc"]
        if detail["type"] == "missing" and len(path) == 3 and path[:2] in tree.files:
            lacking.setdefault(path[:2], []).append(path[2])
    return {row: columns for row, columns in lacking.items() if len(columns) > 1}


def _short_rows(tree: Tree, short: dict[Path, list[str]]) -> list[Fault]:
    """Tell rows that are no line of the table (sums, remarks, other separators), the first."""
    if not short:
        return []
    row, columns = next(iter(short.items()))
    message = f"dòng này không đủ ô, thiếu {', '.join(columns)}"
    fix = "điền đủ ô, dùng cùng dấu phân cách với các dòng khác; dòng tổng và ghi chú thì xóa"
    return [tree.fault(row, "short_row", message, fix).and_more(len(short) - 1)]


def _explain(tree: Tree, detail: Any) -> Fault:
    path = _own_path(tree, detail["loc"], detail["type"])
    kind, context = str(detail["type"]), detail.get("ctx") or {}
    if "fix" in context:
        got = _got(detail.get("input"))
        return tree.fault(path, kind, f"{detail['msg']}{got}", str(context["fix"]))
    message, fix = _builtin(kind, context, path)
    return tree.fault(path, kind, message + _got(detail.get("input"), kind), fix)


def _own_path(tree: Tree, location: tuple[str | int, ...], kind: str) -> Path:
    """Drop what pydantic adds to a path (the name of a union's branch) and keep ours."""
    path: list[str | int] = []
    value: Any = tree.data
    for position, part in enumerate(location):
        last = position == len(location) - 1
        if isinstance(value, dict) and (part in value or (last and kind == "missing")):
            path.append(part)
            value = value.get(part)
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            path.append(part)
            value = value[part]
    return tuple(path)


def _got(value: Any, kind: str = "") -> str:
    if kind in ("missing", "extra_forbidden", "union_tag_not_found") or not isinstance(value, str):
        return ""
    shown = value if len(value) <= 40 else value[:40] + "…"
    return f" (đang là “{shown}”)"


def _builtin(kind: str, context: dict[str, Any], path: Path) -> tuple[str, str]:
    """Say a fault that pydantic finds by itself; its facts fill the words in braces."""
    message, fix = _BUILTIN.get(kind, (f"không hợp lệ ({kind})", "so với ví dụ trong HUONG-DAN.md"))
    facts = {
        "name": path[-1] if path else "",
        "choices": str(context.get("expected", "")).replace(" or ", " hoặc ").replace("'", ""),
        "kinds": context.get("expected_tags", ""),
        "pattern": context.get("pattern", ""),
        "least": context.get("min_length", 1),
        "most": context.get("max_length", 0),
        "limit": context.get("gt", 0),
    }
    return message.format(**facts), fix.format(**facts)


_BUILTIN = {
    "missing": ("thiếu trường này", "thêm dòng `{name}: …`"),
    "extra_forbidden": (
        "không có trường tên này",
        "xem lại chính tả hoặc xóa; tên đúng ở HUONG-DAN.md",
    ),
    "literal_error": ("không nằm trong các giá trị cho phép", "chọn {choices}"),
    "union_tag_invalid": ("không có kiểu bù này", "chọn kind {kinds}"),
    "union_tag_not_found": ("thiếu kind (kiểu bù)", "thêm kind, ví dụ kind: fixed"),
    "string_pattern_mismatch": ("viết không đúng mẫu", "theo mẫu {pattern}"),
    "too_short": ("cần ít nhất {least} mục", "thêm cho đủ"),
    "too_long": ("nhiều nhất {most} mục", "bớt đi"),
    "tuple_type": (
        "phải là danh sách",
        "viết [a, b] hoặc mỗi mục một dòng bắt đầu bằng gạch ngang",
    ),
    "model_type": ("phải gồm nhiều trường con", "viết các trường con thụt vào dưới dòng này"),
    "dict_type": ("phải gồm nhiều trường con", "viết các trường con thụt vào dưới dòng này"),
    "greater_than": ("phải lớn hơn {limit}", "sửa số"),
}
"""What pydantic finds by itself: what is wrong and how to fix it, by its error type."""
