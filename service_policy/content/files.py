"""Reading the files of a content folder: size, encoding, letters, leftover merges, front matter."""

import re
from pathlib import Path

from service_policy.content.letters import broken_letters, escaped_letters
from service_policy.content.tree import Fault, Tree
from service_policy.content.unread import claims_in
from service_policy.content.yaml_tree import MAX_BYTES, parse
from service_policy.text import nfc

_MARKER = re.compile(r"^(?:<{7,}|>{7,}|\|{7,})(?: .*)?$", re.MULTILINE)
"""The begin, the end and, in one style of git, the common origin of a conflict."""
_MIDDLE = re.compile(r"^={7}$", re.MULTILINE)
_UNDERLINE = re.compile(r"(?<=\S)\n={7}$", re.MULTILINE)


def merge_conflict(text: str, name: str) -> list[Fault]:
    """Return one fault when a file still holds marks of a merge, at the first of them.

    A line of seven ``=`` alone is the underline of a heading in Markdown, and a leftover anywhere
    else.
    """
    marks = list(_MARKER.finditer(text))
    if not marks and _MIDDLE.search(text):
        body = text if not name.endswith(".md") else _UNDERLINE.sub("\n", text)
        marks = list(_MIDDLE.finditer(body))
    if not marks:
        return []
    line = text.count("\n", 0, marks[0].start()) + 1
    shown = marks[0].group()[:40]
    return [
        Fault(
            name,
            line,
            "tệp",
            f"còn dấu của lần hợp nhất git chưa xong: “{shown}”",
            "chọn phần đúng giữa hai bên, rồi xóa mọi dòng <<<<<<<, |||||||, =======, >>>>>>>",
            "merge_conflict",
        )
    ]


FENCE = "---"


def read_text(file: Path, name: str) -> tuple[str, list[Fault]]:
    """Read a file as NFC text whose lines end in a line feed; ``name`` is how faults call it."""
    raw, faults = read_bytes(file, name)
    return text_of(raw, name) if raw is not None else ("", faults)


def read_bytes(file: Path, name: str) -> tuple[bytes | None, list[Fault]]:
    """Read a file of a bounded size; returns None and the fault when it cannot be read."""
    try:
        size = file.stat().st_size
        raw = file.read_bytes() if size <= MAX_BYTES else None
    except OSError as error:
        why = "không có quyền đọc" if isinstance(error, PermissionError) else "không mở được"
        fix = "xem lại quyền và ổ đĩa của tệp"
        return None, [Fault(name, 1, "tệp", why, fix, "unreadable_file")]
    if raw is None:
        message = f"lớn hơn {MAX_BYTES // 1024} KB"
        return None, [Fault(name, 1, "tệp", message, "tách thành nhiều tệp", "too_big")]
    return raw, []


def text_of(raw: bytes, name: str) -> tuple[str, list[Fault]]:
    """Return the bytes of a file as text, or what keeps anybody from reading it."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return "", [
            Fault(name, line, "tệp", "không phải chữ UTF-8", "lưu lại tệp với mã UTF-8", "not_utf8")
        ]
    text = nfc(text.replace("\r\n", "\n").replace("\r", "\n"))
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        return "", [Fault(name, line, "tệp", "có ký tự NUL", "xóa ký tự đó", "nul_character")]
    faults = merge_conflict(text, name) or broken_letters(text, name)
    return ("", faults) if faults else (text, [])


def read_document(file: Path, name: str) -> tuple[Tree, list[Fault]]:
    """Read a Markdown file: front matter between ``---`` lines, then the body.

    The tree gets two more values: ``body`` with its first line, and ``path``.
    """
    raw, faults = read_bytes(file, name)
    if raw is None:
        return Tree(name), faults
    text, faults = text_of(raw, name)
    tree, faults = (Tree(name), faults) if faults else _parts(text, name)
    if faults:
        tree.claims = claims_in(raw)
    return tree, faults


def _parts(text: str, name: str) -> tuple[Tree, list[Fault]]:
    """Parse the front matter and keep the body."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        fix = "thêm dòng --- ở đầu tệp"
        return Tree(name), [Fault(name, 1, "tệp", "không bắt đầu bằng dòng ---", fix, "no_fence")]
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if end is None:
        message = "phần khai báo không có dòng --- kết thúc"
        fix = "thêm một dòng --- sau trường cuối"
        return Tree(name), [Fault(name, len(lines), "tệp", message, fix, "no_closing_fence")]
    tree, faults = parsed("\n".join(lines[1:end]) + "\n", name, first_line=2)
    for reserved in ("body", "path"):
        if reserved in tree.data:
            message = "tên trường dành riêng"
            faults.append(tree.fault((reserved,), "reserved_field", message, "đổi tên trường"))
    body = "\n".join(lines[end + 1 :])
    stripped = body.lstrip("\n")
    tree.data["body"] = stripped.rstrip()
    tree.data["path"] = name
    tree.lines[("body",)] = end + 2 + len(body) - len(stripped)
    return tree, faults


def read_data(file: Path, name: str) -> tuple[Tree, list[Fault]]:
    """Read a YAML data file."""
    text, faults = read_text(file, name)
    return (Tree(name), faults) if faults else parsed(text, name)


def parsed(text: str, name: str, first_line: int = 1) -> tuple[Tree, list[Fault]]:
    """Parse YAML, and look for letters that its escapes can make."""
    tree, faults = parse(text, name, first_line)
    if "\\" in text and not faults:
        faults = escaped_letters(tree)
    return tree, faults
