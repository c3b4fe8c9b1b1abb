"""The guides lead to what is there: every file, every heading, every name of the code."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tooling.migration.migrate import STEPS
from tooling.paths import ROOT

GUIDES = (
    *sorted((ROOT / "docs").rglob("*.md")),
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted(ROOT.glob("*/README.md")),
)
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\]]*\])+)\]\(([^)\s]+)\)")
_NAME = re.compile(r"`([A-Za-z_]\w*(?:\.(?!py|mjs|js|html|yaml|md)[A-Za-z_]\w*)?)`")
_DEFINES = r"^(?:export (?:default )?)?(?:async )?(?:def|class|function|const) {0}\b|^{0}\b *[:=]"
_CODE = (".py", ".mjs", ".js")


def links(guide: Path) -> Iterator[tuple[str, str]]:
    """Yield the words and the target of each link that leads to a file of ours."""
    for words, target in _LINK.findall(_FENCED.sub("", guide.read_text("utf-8"))):
        if not re.match(r"[a-z]+:|/", target):
            yield words, target


def anchors(guide: Path) -> set[str]:
    """Return the anchors of a guide's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", _FENCED.sub("", guide.read_text("utf-8")), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", head.lower()) for head in heads)
    return {head.replace(" ", "-") for head in plain}


def holds(file: Path, name: str) -> bool:
    """Say whether a module defines a name: a function, a class, a value; a method of a class."""
    text = file.read_text("utf-8")
    outer, _, inner = name.partition(".")
    if not re.search(_DEFINES.format(outer), text, re.MULTILINE):
        return False
    return (
        not inner or re.search(rf"^    (?:def {inner}\b|{inner}\b *[:=])", text, re.M) is not None
    )


@cache
def sources() -> tuple[Path, ...]:
    rooms = ("service_policy", "forms_api", "plugins", "search_index", "theme", "tooling", "tests")
    return tuple(one for room in rooms for one in (ROOT / room).rglob("*") if one.suffix in _CODE)


def where(name: str) -> str:
    """Say where a name stands now, for whoever moved it."""
    found = [str(one.relative_to(ROOT)) for one in sources() if holds(one, name)]
    return f"{name} is in {', '.join(found) or 'no module any more'}"


@pytest.mark.parametrize("guide", GUIDES, ids=lambda one: str(one.relative_to(ROOT)))
def test_every_link_of_a_guide_leads_to_what_it_says(guide: Path) -> None:
    wrong = []
    for words, target in links(guide):
        path, _, anchor = target.partition("#")
        file = (guide.parent / path).resolve() if path else guide
        name = _NAME.fullmatch(words)
        if not file.exists():
            wrong.append(f"{target}: no such file; {where(name[1]) if name else words}")
        elif anchor and anchor not in anchors(file):
            wrong.append(f"{target}: no such heading")
        elif name and file.suffix in _CODE and not holds(file, name[1]):
            wrong.append(f"{target}: {where(name[1])}")
    assert wrong == []


def test_the_four_ways_of_the_tour_lead_through_every_room() -> None:
    tour = ROOT / "docs" / "tour.md"
    assert {"a-promise", "a-complaint", "a-click-at-the-desk", "a-search-word"} <= anchors(tour)
    rooms = {target.split("/")[1] for _, target in links(tour) if target.startswith("../")}
    assert {"content", "service_policy", "forms_api", "plugins", "search_index", "theme"} <= rooms


def test_the_upgrade_notes_name_every_version_that_wants_something() -> None:
    notes = (ROOT / "docs" / "adopting.md").read_text("utf-8")
    told = set(re.findall(r"^\| (\d+\.\d+\.\d+) \|", notes, re.MULTILINE))
    assert {one.version for one in STEPS if one.version[0].isdigit()} == told
