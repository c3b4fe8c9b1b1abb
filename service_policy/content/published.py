"""``dia-chi.txt``: every address that was ever published, one a line, kept by ``inv publish``.

Letters, prints and other sites carry these addresses. The checker compares: one that is gone
without leading on is a warning.
"""

from collections.abc import Iterable
from pathlib import Path

from service_policy.content.files import merge_conflict
from service_policy.content.tree import Fault

FILE = "dia-chi.txt"
_HEAD = "# Mọi địa chỉ đã công bố; inv publish ghi tệp này. Xóa một dòng là bỏ hẳn địa chỉ ấy."


def read_published(folder: Path) -> tuple[tuple[int, str], ...]:
    """Return (line, address) pairs; none before the first publication."""
    lines = enumerate((line.strip() for line in _text(folder).splitlines()), 1)
    return tuple((number, line) for number, line in lines if line.startswith("/"))


def left_of_a_merge(folder: Path) -> list[Fault]:
    """Return one fault when the file still holds marks of a merge."""
    return merge_conflict(_text(folder), f"{folder.name}/{FILE}")


def _text(folder: Path) -> str:
    try:
        return (folder / FILE).read_text(encoding="utf-8-sig", errors="replace")
    except FileNotFoundError:
        return ""


def keep_published(folder: Path, urls: Iterable[str]) -> int:
    """Add addresses to the file; returns how many of them are new."""
    before = {url for _, url in read_published(folder)}
    fresh = set(urls) - before
    if fresh:
        text = "\n".join((_HEAD, *sorted(before | fresh), ""))
        new = folder / f".{FILE}.new"
        new.write_text(text, encoding="utf-8")
        new.replace(folder / FILE)
    return len(fresh)
