"""Drafts: a file that a task began and an editor has to finish is never published.

A file with ``draft: true`` is read only when drafts are asked for: without it the site is as though
the file were not there.
"""

from service_policy.content.tree import Fault, Tree

MARK = "[cần viết:"
"""Begins every place of a draft that an editor still has to write: ``[cần viết: câu trả lời]``."""


def to_write(what: str) -> str:
    """Return a place that is still to be written; the checker refuses it until it is."""
    return f"{MARK} {what}]"


def take_draft(tree: Tree) -> tuple[bool, list[Fault]]:
    """Take ``draft`` out of a document's fields; says whether it is one."""
    said = tree.data.pop("draft", "false")
    if said in ("true", "false"):
        return said == "true", []
    message, fix = "phải là true hoặc false", "viết draft: true, hoặc xóa dòng này để đăng"
    return False, [tree.fault(("draft",), "not_a_boolean", message, fix)]


def check_drafts(tree: Tree, *, draft: bool) -> list[Fault]:
    """Report every place that is still to be written, with its line; a draft may have them."""
    return [
        tree.fault(
            path,
            "unfinished_draft",
            f"bản nháp chưa viết xong: “{line.strip()[:60]}”",
            "viết vào đó rồi bỏ cả ngoặc vuông",
            lines_down=number,
            level="warning" if draft else "error",
        )
        for path, text in tree.strings()
        for number, line in enumerate(text.split("\n"))
        if MARK in line
    ]
