"""A strict JSON reader that remembers lines: no duplicate names, whole numbers only.

Python's own reader keeps the last of two equal names and forgets where a value stood; an editor
needs the line. Numbers with a point or an exponent are refused: figures are counts and đồng.
"""

import re
from json import JSONDecodeError, JSONDecoder
from typing import Any

from service_policy.content.tree import Fault, Path, Tree
from service_policy.content.yaml_tree import MAX_DEPTH
from service_policy.text import nfc

_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,14}")
_STRINGS = JSONDecoder()
_WORDS = {"true": True, "false": False, "null": None}
_SHAPE = "xem lại dấu phẩy, dấu nháy và ngoặc quanh dòng này"


class _Refused(Exception):
    def __init__(self, at: int, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.at, self.code, self.message, self.fix = at, code, message, fix


def parse_json(text: str, file: str) -> tuple[Tree, list[Fault]]:
    """Parse an object; returns the tree and the fault that stopped the reading, if any."""
    reader = _Reader(text, Tree(file))
    try:
        reader.document()
    except _Refused as refused:
        line = reader.line(refused.at)
        fault = Fault(file, line, "tệp", refused.message, refused.fix, refused.code)
        return Tree(file), [fault]
    return reader.tree, []


class _Reader:
    """Reads one text from left to right; ``at`` is the next character."""

    def __init__(self, text: str, tree: Tree) -> None:
        self.text, self.tree, self.at = text, tree, 0

    def line(self, at: int) -> int:
        return self.text.count("\n", 0, at) + 1

    def document(self) -> None:
        self.space()
        value = self.value(())
        if not isinstance(value, dict):
            fix = "viết các trường trong cặp ngoặc nhọn"
            raise _Refused(0, "json_root", "không phải danh sách trường", fix)
        self.space()
        if self.at < len(self.text):
            raise _Refused(self.at, "json_syntax", "còn chữ sau ngoặc cuối", "xóa phần thừa")
        self.tree.data = value

    def space(self) -> None:
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def value(self, path: Path) -> Any:
        self.tree.lines.setdefault(path, self.line(self.at))
        start = self.text[self.at : self.at + 1]
        if start in ("{", "["):
            if len(path) >= MAX_DEPTH:
                raise _Refused(self.at, "json_depth", "lồng nhau quá sâu", "viết phẳng hơn")
            return self.object(path) if start == "{" else self.array(path)
        if start == '"':
            return self.string()
        for word, value in _WORDS.items():
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return value
        return self.number()

    def number(self) -> int:
        found = _NUMBER.match(self.text, self.at)
        if found is None:
            raise _Refused(self.at, "json_syntax", "sai cú pháp JSON", _SHAPE)
        if not _WHOLE.fullmatch(found.group()):
            raise _Refused(
                self.at,
                "not_an_integer",
                f"phải là số nguyên (đang là “{found.group()[:40]}”)",
                "ghi tử số và mẫu số, không ghi phần trăm hay số lẻ",
            )
        self.at = found.end()
        return int(found.group())

    def string(self) -> str:
        try:
            text, self.at = _STRINGS.raw_decode(self.text, self.at)
        except JSONDecodeError as error:
            raise _Refused(
                error.pos, "json_syntax", "chuỗi thiếu dấu nháy hoặc có ký tự lạ", _SHAPE
            ) from None
        try:
            text.encode()
        except UnicodeEncodeError:
            fix = "gõ lại chữ đó"
            raise _Refused(self.at, "json_syntax", "có nửa ký tự Unicode", fix) from None
        if "\x00" in text:
            raise _Refused(self.at, "nul_character", "có ký tự NUL", "xóa ký tự đó")
        return nfc(text)

    def object(self, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        self.at += 1
        while self.more("}", bool(found)):
            if not self.text.startswith('"', self.at):
                raise _Refused(self.at, "json_syntax", "tên trường không trong dấu nháy", _SHAPE)
            where = self.at
            name = self.string()
            if name in found:
                message = f"trường “{name}” bị viết hai lần"
                raise _Refused(where, "duplicate_key", message, "giữ lại một dòng")
            self.tree.lines[(*path, name)] = self.line(where)
            self.space()
            self.expect(":")
            self.space()
            found[name] = self.value((*path, name))
        return found

    def array(self, path: Path) -> list[Any]:
        found: list[Any] = []
        self.at += 1
        while self.more("]", bool(found)):
            found.append(self.value((*path, len(found))))
        return found

    def more(self, closing: str, begun: bool) -> bool:
        """Step over a comma; say whether another item follows or the bracket is closed."""
        self.space()
        if self.text.startswith(closing, self.at):
            self.at += 1
            return False
        if begun:
            self.expect(",")
            self.space()
            if self.text.startswith(closing, self.at):
                raise _Refused(self.at, "json_syntax", "có dấu phẩy sau mục cuối", _SHAPE)
        return True

    def expect(self, mark: str) -> None:
        if not self.text.startswith(mark, self.at):
            raise _Refused(self.at, "json_syntax", f"thiếu dấu “{mark}”", _SHAPE)
        self.at += 1
