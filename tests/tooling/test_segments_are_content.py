"""What the sample company calls its customers stands in its content, and nowhere in the code."""

import re

from service_policy.content import read
from tests.support.segments import TODAY
from tooling.paths import CONTENT, ROOT

ROOMS = ("service_policy", "forms_api", "plugins", "theme", "search_index", "tooling", "bench")
KINDS = {".py", ".html", ".js", ".mjs", ".typ", ".json"}
FOREIGN = {"vendor", "cms"}
"""Folders of programs that others wrote."""
OTHER_WORDS = {("tooling/lock.py", '"project"')}
"""The table ``[project]`` of ``pyproject.toml``, which has nothing to do with customers."""


def test_no_id_of_a_segment_stands_in_the_code() -> None:
    ids = "|".join(one.id for one in read(CONTENT, TODAY).policy.matrix.segments)
    named = re.compile(rf"([\"'`])(?:{ids})\1|\bsegments?\W+(?:{ids})\b|\.(?:{ids})\b")
    found = {
        (file.relative_to(ROOT).as_posix(), match.group())
        for room in ROOMS
        for file in (ROOT / room).rglob("*")
        if file.suffix in KINDS and FOREIGN.isdisjoint(file.parts)
        for match in named.finditer(file.read_text(encoding="utf-8"))
    }
    assert found - OTHER_WORDS == set()


def test_the_search_for_ids_finds_them_where_they_are() -> None:
    text = (CONTENT / "hoi-dap" / "bh-01.md").read_text(encoding="utf-8")
    usual = read(CONTENT, TODAY).policy.matrix.usual.id
    assert re.search(rf"\bsegments?\W+(?:{usual})\b", text)
