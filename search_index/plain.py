"""Markdown as plain text: what a reader sees of it, for searching and for snippets."""

import re
from typing import Final

_RULES: Final = (
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),  # links and images keep their words
    (re.compile(r"<(https?://[^>]*)>"), r"\1"),
    (re.compile(r"^\s*(?:#{1,6}|>|[-*+]|\d+[.)])\s+", re.MULTILINE), ""),
    (re.compile(r"^\s*\|?[\s:|-]+\|[\s:|-]*$", re.MULTILINE), ""),  # the rule under a table's head
    (re.compile(r"\s*\|\s*"), " · "),
    (re.compile(r"(\*\*|__|`)"), ""),
    (re.compile(r"(?<!\w)[*_]([^*_]+)[*_](?!\w)"), r"\1"),
    (re.compile(r"\\([^\w\s])"), r"\1"),
)


def plain(markdown: str) -> str:
    """Return the text of Markdown without its marks, on one line."""
    for pattern, replacement in _RULES:
        markdown = pattern.sub(replacement, markdown)
    return " ".join(markdown.split()).strip(" ·")
