"""What lies in a content folder: the documents, and whatever nobody reads, so that it is said.

What editors' programs drop while they work (locks, backups, thumbnails) is nobody's mistake and is
passed over in silence.
"""

import fnmatch
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from service_policy.content.tree import Fault, Level

DROPPINGS: Final = (
    ".*", "*~", "~$*", "#*#", "*.swp", "*.swo", "*.tmp", "*.part", "*.crdownload",
    "thumbs.db", "desktop.ini", "icon\\r", "__macosx",
)  # fmt: skip
"""Names, in small letters, of files that programs leave behind: none of them is content."""
TABLES: Final = (".csv", ".xlsx")
_ALMOST: Final = (
    ".txt", ".markdown", ".mdown", ".mdx", ".docx", ".doc", ".odt", ".rtf", ".pages", ".html",
    ".htm", ".xls", ".ods", ".yml", ".bak", ".orig", ".rej",
)  # fmt: skip
_RENAME: Final = "lưu thành chữ thường, tên kết thúc bằng .md, hoặc xóa"


def is_dropping(name: str) -> bool:
    """Say whether a name is one that programs leave behind."""
    small = name.lower()
    return any(fnmatch.fnmatchcase(small, pattern) for pattern in DROPPINGS)


def documents_in(folder: Path, kind: str) -> list[Path]:
    """Return the Markdown files of a kind, in order, without links that lead out of the content."""
    entries = _entries(folder / kind, folder)
    return sorted(file for file, fault in entries if fault is None and file.suffix == ".md")


def unread_in(folder: Path, kind: str, used: set[Path]) -> list[Fault]:
    """Report everything of a kind's folder that nobody reads; ``used`` are tables that are read.

    Pictures are reported by whoever reads them.
    """
    found = []
    for file, fault in _entries(folder / kind, folder):
        if fault is None and file.suffix != ".md" and file not in used and not _is_picture(file):
            fault = _unread(file, folder)
        if fault is not None:
            found.append(fault)
    return found


def shown(file: Path, folder: Path) -> str:
    """Return how faults call a file; a name in another encoding loses what cannot be shown."""
    name = f"{folder.name}/{file.relative_to(folder).as_posix()}"
    return os.fsencode(name).decode("utf-8", "replace")


def _is_picture(file: Path) -> bool:
    return file.parent.name == "hinh" and file.suffix.lower() not in (".md", *TABLES, *_ALMOST)


def _entries(start: Path, folder: Path) -> Iterator[tuple[Path, Fault | None]]:
    """Yield every file below ``start`` in order; what cannot be one comes with its fault.

    Folders that are links are not entered: they may lead out, or around in a circle.
    """
    for place, folders, files in os.walk(start):
        for name in sorted(folders):
            entry = Path(place) / name
            if is_dropping(name):
                continue
            if entry.is_symlink():
                yield entry, _linked(entry, folder)
            elif name.lower().endswith(".md"):
                message, fix = "là thư mục mà tên như tệp", "đổi tên thư mục, bỏ .md"
                yield entry, _fault(entry, folder, message, fix)
            elif not os.access(entry, os.R_OK | os.X_OK):
                yield (
                    entry,
                    _fault(entry, folder, "không có quyền mở thư mục", "sửa quyền", "error"),
                )
        folders[:] = [name for name in sorted(folders) if not is_dropping(name)]
        for name in sorted(files):
            if not is_dropping(name):
                yield Path(place) / name, _not_a_file(Path(place) / name, folder)


def _not_a_file(entry: Path, folder: Path) -> Fault | None:
    if os.fsencode(entry.name).decode("utf-8", "replace") != entry.name:
        return _fault(
            entry, folder, "tên tệp không phải chữ UTF-8", "đổi tên, chỉ a-z, 0-9, gạch nối"
        )
    if entry.is_symlink():
        return _linked(entry, folder)
    if not entry.is_file():
        return _fault(entry, folder, "không phải tệp thường", "xóa, đặt vào đó một tệp thường")
    return None


def _linked(entry: Path, folder: Path) -> Fault | None:
    """Return the fault of a link; one to a file inside the folder is as good as the file."""
    try:
        target = entry.resolve(strict=True)
    except (OSError, RuntimeError):
        return _fault(entry, folder, "liên kết không dẫn đến tệp nào", "xóa liên kết, chép tệp vào")
    if not target.is_relative_to(folder.resolve()):
        fix = "chép tệp vào: ngoài thư mục nội dung thì máy khác không có"
        return _fault(entry, folder, "liên kết ra ngoài thư mục nội dung", fix)
    if target.is_dir():
        return _fault(entry, folder, "liên kết đến một thư mục", "xóa liên kết, chép tệp vào")
    return None


def _unread(file: Path, folder: Path) -> Fault:
    suffix = file.suffix.lower()
    if suffix in TABLES:
        message, fix = (
            "không bảng giá nào dùng tệp này",
            "ghi vào lines_from của một bảng, hoặc xóa",
        )
        return _fault(file, folder, message, fix, "warning")
    level: Level = "error" if suffix in (".md", *_ALMOST) or not suffix else "warning"
    return _fault(file, folder, "không ai đọc tệp này, nên không lên trang", _RENAME, level)


def _fault(entry: Path, folder: Path, message: str, fix: str, level: Level = "error") -> Fault:
    return Fault(shown(entry, folder), 1, "tệp", message, fix, "stray_file", level)
