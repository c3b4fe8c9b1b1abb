"""The program knows nobody's trade: no word of the sample company stands outside its content."""

import re
from pathlib import Path

import pytest

from service_policy.content import Library, read
from tests.service_policy.conftest import CONTENT, TODAY

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("service_policy", "forms_api", "plugins", "theme", "search_index", "tooling")
SOURCES = (".py", ".html", ".css", ".js", ".mjs", ".typ", ".svg")


@pytest.fixture(scope="module")
def library() -> Library:
    return read(CONTENT, TODAY)


def lines_with(pattern: str) -> list[str]:
    """Return where a pattern stands in the program, vendored and generated files left out."""
    found = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*"))
        if path.suffix in SOURCES and not {"vendor", "css"} & set(path.parts)
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
        if found.search(line)
    ]


def test_no_product_family_is_named(library: Library) -> None:
    families = library.policy.matrix.families
    ids = "|".join(re.escape(one.id) for one in families)
    names = "|".join(re.escape(one.name) for one in families)
    assert lines_with(rf"[\"'/#]({ids})[\"'/#]|[\"“>]({names})[\"”<]") == []


def test_no_product_group_is_named(library: Library) -> None:
    names = "|".join(re.escape(one.name.lower()) for one in library.policy.matrix.product_groups)
    assert lines_with(rf"(?i:nhóm [A-C]\b)|\b({names})\b") == []


def test_no_topic_of_questions_is_listed(library: Library) -> None:
    # Folders and addresses have names of their own, such as "bao-hanh".
    names = "|".join(re.escape(one.name) for one in library.policy.topics if " và " in one.name)
    assert lines_with(rf"\b({names})\b") == []


def test_the_company_is_not_named(library: Library) -> None:
    company = library.company
    host = company.website.partition(".")[0]
    assert lines_with(rf"(?i:{re.escape(company.short_name)}|{host})") == []


def test_no_product_and_no_question_is_named(library: Library) -> None:
    questions = "|".join(one.id for one in library.faq)
    addresses = "|".join(one.slug for one in library.products)
    assert lines_with(rf"[\"'/]({questions}|{addresses})[\"'/]") == []
