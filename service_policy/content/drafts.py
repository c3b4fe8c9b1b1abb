"""Drafts: a file that a task began and an editor has to finish is never published."""

from service_policy.content.faults import Fault
from service_policy.content.tree import Tree

MARK = "[cần viết:"
"""Begins every place of a draft that an editor still has to write: ``[cần viết: câu trả lời]``."""


def to_write(what: str) -> str:
    """Return a place that is still to be written; the checker refuses it until it is."""
    return f"{MARK} {what}]"


def check_drafts(tree: Tree) -> list[Fault]:
    """Report every place that is still to be written, with its line."""
    return [
        tree.fault(
            path,
            "unfinished_draft",
            f"bản nháp chưa viết xong: “{line.strip()[:60]}”",
            "viết vào đó rồi bỏ cả ngoặc vuông",
            lines_down=number,
        )
        for path, text in tree.strings()
        for number, line in enumerate(text.split("\n"))
        if MARK in line
    ]
