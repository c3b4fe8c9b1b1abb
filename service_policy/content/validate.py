"""From a strict tree to a frozen model, with every fault explained to an editor."""

from typing import Any, TypeVar

from pydantic import ValidationError

from service_policy.content.faults import Fault
from service_policy.content.tree import Path, Tree
from service_policy.values import Model

M = TypeVar("M", bound=Model)


def validate(model: type[M], tree: Tree) -> tuple[M | None, list[Fault]]:
    """Build ``model`` from ``tree``; returns None and all faults when anything is wrong."""
    try:
        return model.model_validate(tree.data), []
    except ValidationError as error:
        return None, [_explain(tree, detail) for detail in error.errors(include_url=False)]


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
    match kind:
        case "missing":
            return "thiếu trường này", f"thêm dòng `{path[-1] if path else ''}: …`"
        case "extra_forbidden":
            return "không có trường tên này", "xem lại chính tả hoặc xóa; tên đúng ở HUONG-DAN.md"
        case "literal_error":
            return "không nằm trong các giá trị cho phép", f"chọn {_choices(context)}"
        case "union_tag_invalid":
            return "không có kiểu bù này", f"chọn kind {context.get('expected_tags', '')}"
        case "union_tag_not_found":
            return "thiếu kind (kiểu bù)", "thêm kind, ví dụ kind: fixed"
        case "string_pattern_mismatch":
            return "viết không đúng mẫu", f"theo mẫu {context.get('pattern', '')}"
        case "too_short":
            return f"cần ít nhất {context.get('min_length', 1)} mục", "thêm cho đủ"
        case "tuple_type":
            return "phải là danh sách", "viết [a, b] hoặc mỗi mục một dòng bắt đầu bằng gạch ngang"
        case "model_type" | "model_attributes_type" | "dict_type":
            return "phải gồm nhiều trường con", "viết các trường con thụt vào dưới dòng này"
        case "greater_than":
            return f"phải lớn hơn {context.get('gt')}", "sửa số"
        case _:
            return f"không hợp lệ ({kind})", "so với ví dụ trong HUONG-DAN.md"


def _choices(context: dict[str, Any]) -> str:
    return str(context.get("expected", "")).replace(" or ", " hoặc ").replace("'", "")
