"""Reading the files of a content folder: size, encoding, front matter, CSV price lines."""

import csv
import io
from pathlib import Path

from service_policy.content.faults import Fault
from service_policy.content.tree import MAX_BYTES, Tree, parse
from service_policy.text import nfc

FENCE = "---"


def read_text(file: Path, name: str) -> tuple[str, list[Fault]]:
    """Read a file as NFC text; ``name`` is how faults call it."""
    raw = file.read_bytes()
    if len(raw) > MAX_BYTES:
        return "", [
            Fault(
                name, 1, "tệp", f"lớn hơn {MAX_BYTES // 1024} KB", "tách thành nhiều tệp", "too_big"
            )
        ]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return "", [
            Fault(name, line, "tệp", "không phải chữ UTF-8", "lưu lại tệp với mã UTF-8", "not_utf8")
        ]
    text = nfc(text.replace("\r\n", "\n"))
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        return "", [Fault(name, line, "tệp", "có ký tự NUL", "xóa ký tự đó", "nul_character")]
    return text, []


def read_document(file: Path, name: str) -> tuple[Tree, list[Fault]]:
    """Read a Markdown file: front matter between ``---`` lines, then the body.

    The tree gets two more values: ``body`` with its first line, and ``path``.
    """
    text, faults = read_text(file, name)
    if faults:
        return Tree(name), faults
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        return Tree(name), [
            Fault(
                name, 1, "tệp", "không bắt đầu bằng dòng ---", "thêm dòng --- ở đầu tệp", "no_fence"
            )
        ]
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if end is None:
        return Tree(name), [
            Fault(
                name,
                len(lines),
                "tệp",
                "phần khai báo không có dòng --- kết thúc",
                "thêm một dòng --- sau trường cuối",
                "no_closing_fence",
            )
        ]
    tree, faults = parse("\n".join(lines[1:end]) + "\n", name, first_line=2)
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
    return (Tree(name), faults) if faults else parse(text, name)


def attach_csv(tree: Tree, folder: Path, file: Path) -> list[Fault]:
    """Replace ``lines_from`` of a price sheet by the ``lines`` of the CSV file beside it."""
    named = tree.data.pop("lines_from", None)
    if named is None:
        return []
    target = file.parent / str(named)
    if "lines" in tree.data:
        fix = "giữ lines hoặc lines_from"
        return [tree.fault(("lines_from",), "two_sources", "có cả hai nguồn dòng giá", fix)]
    if Path(str(named)).name != named or not target.is_file():
        fix = "đặt tệp CSV cạnh tệp này và viết đúng tên"
        return [tree.fault(("lines_from",), "no_such_file", f"không có tệp {named}", fix)]
    name = str(target.relative_to(folder.parent))
    text, faults = read_text(target, name)
    if faults:
        return faults
    rows = csv.DictReader(io.StringIO(text))
    lines: list[dict[str, str]] = []
    for row in rows:
        index = len(lines)
        tree.files[("lines", index)] = name
        tree.lines[("lines", index)] = rows.line_num
        if None in row or None in row.values():
            fix = "đủ số cột như dòng đầu"
            faults.append(tree.fault(("lines", index), "csv_columns", "thừa hoặc thiếu cột", fix))
        lines.append({str(key): value for key, value in row.items() if key and value})
    tree.data["lines"] = lines
    tree.lines[("lines",)] = tree.lines.get(("lines_from",), 1)
    return faults
