"""A strict YAML reader: every scalar stays text, duplicates and aliases are refused.

It builds plain data from libyaml's events without recursion, so neither deep nesting nor an alias
bomb can hurt, and it remembers the line of every value for readable faults.
"""

from dataclasses import dataclass
from typing import Any

import yaml

from service_policy.content.tree import Fault, Path, Tree, dotted
from service_policy.text import nfc

MAX_DEPTH = 12
MAX_BYTES = 512 * 1024

_PLAIN_TAGS = (None, "!")


class _Refused(Exception):
    def __init__(self, line: int, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.line, self.code, self.message, self.fix = line, code, message, fix


def parse(text: str, file: str, first_line: int = 1) -> tuple[Tree, list[Fault]]:
    """Parse YAML ``text`` that starts at ``first_line`` of ``file``.

    Returns the tree and the faults; with a fault of syntax the tree holds what came before it.
    """
    tree = Tree(file)
    faults: list[Fault] = []
    try:
        _build(text, tree, faults, first_line)
    except _Refused as refused:
        faults.append(Fault(file, refused.line, "tệp", refused.message, refused.fix, refused.code))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        faults.append(Fault(file, line, "tệp", *_syntax(error), "yaml_syntax"))
    except yaml.YAMLError as error:
        faults.append(
            Fault(
                file,
                first_line,
                "tệp",
                f"có ký tự không đọc được ({str(error).splitlines()[0]})",
                "xóa ký tự lạ, gõ lại dòng đó",
                "yaml_character",
            )
        )
    return tree, faults


def _syntax(error: yaml.MarkedYAMLError) -> tuple[str, str]:
    problem = error.problem or ""
    if "mapping values are not allowed" in problem:
        return (
            "có dấu hai chấm giữa câu nên máy tưởng là một trường nữa",
            'đặt cả câu trong dấu nháy kép: tên: "câu: có dấu hai chấm"',
        )
    if "tab" in problem or "'\\t'" in problem:
        return "có phím Tab ở đầu dòng", "thay Tab bằng dấu cách"
    if "expected <block end>" in problem or "could not find expected ':'" in problem:
        return (
            "thụt lề hoặc dấu hai chấm không đúng",
            "xem lại dấu cách đầu dòng và `khóa: giá trị`",
        )
    if "did not find expected ',' or" in problem:
        return (
            "trong ngoặc có dấu hai chấm, dấu phẩy hoặc nháy không đúng chỗ",
            "đặt câu có dấu hai chấm, dấu phẩy trong dấu nháy kép; đóng đủ ngoặc",
        )
    if "found unexpected end of stream" in problem:
        return "thiếu dấu nháy hoặc ngoặc đóng", "đóng dấu nháy, ngoặc vuông, ngoặc nhọn"
    return f"sai cú pháp YAML ({problem})", "so với ví dụ trong HUONG-DAN.md"


@dataclass
class _Open:
    """A mapping or sequence being filled."""

    value: dict[str, Any] | list[Any]
    path: Path
    key: str | None = None


def _build(text: str, tree: Tree, faults: list[Fault], first_line: int) -> None:
    stack: list[_Open] = []
    # libyaml when PyYAML was built with it: ten times faster, the same events.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    for event in yaml.parse(text, Loader=loader):
        line = first_line + (event.start_mark.line if event.start_mark else 0)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(line, "yaml_alias", "dùng & hoặc * để lặp lại", "viết giá trị ra đầy đủ")
        if isinstance(event, yaml.DocumentStartEvent) and tree.lines:
            raise _Refused(line, "yaml_documents", "có hai phần YAML", "chỉ giữ một phần")
        if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)):
            if event.tag not in _PLAIN_TAGS:
                raise _Refused(line, "yaml_tag", f"dùng nhãn {event.tag}", "bỏ nhãn bắt đầu bằng !")
            _take(event, line, stack, tree, faults)
        elif isinstance(event, yaml.CollectionEndEvent):
            stack.pop()


def _take(event: Any, line: int, stack: list[_Open], tree: Tree, faults: list[Fault]) -> None:
    top = stack[-1] if stack else None
    scalar = isinstance(event, yaml.ScalarEvent)
    if top is not None and isinstance(top.value, dict) and top.key is None:
        if not scalar:
            raise _Refused(line, "yaml_key", "tên trường không phải chữ", "viết `tên: giá trị`")
        key = nfc(event.value)
        if key in top.value:
            faults.append(
                Fault(
                    tree.file,
                    line,
                    dotted((*top.path, key)),
                    "trường bị viết hai lần",
                    "giữ lại một dòng",
                    "duplicate_key",
                )
            )
        top.key = key
        tree.lines[(*top.path, key)] = line
        return
    value: Any
    if scalar:
        value = nfc(event.value)
    elif isinstance(event, yaml.MappingStartEvent):
        value = {}
    else:
        value = []
    path = _attach(top, value, tree, line)
    if not scalar:
        if len(stack) >= MAX_DEPTH:
            raise _Refused(line, "yaml_depth", "lồng nhau quá sâu", "viết phẳng hơn")
        stack.append(_Open(value, path))


def _attach(top: _Open | None, value: Any, tree: Tree, line: int) -> Path:
    if top is None:
        if not isinstance(value, dict):
            raise _Refused(
                line, "yaml_root", "không phải danh sách trường", "viết từng dòng `tên: giá trị`"
            )
        tree.data = value
        tree.lines[()] = line
        return ()
    if isinstance(top.value, dict):
        key, top.key = str(top.key), None
        top.value[key] = value
        return (*top.path, key)
    top.value.append(value)
    path = (*top.path, len(top.value) - 1)
    tree.lines[path] = line
    return path
