"""The first sample's questions: the search is sure of what it publishes and of nothing else."""

from datetime import date
from pathlib import Path

import pytest

from search_index import site_files
from search_index.published import INDEX_FOLDER
from service_policy.content import Library, read
from tests.search_index.conftest import ROOT, answers, put, rank

SAMPLE = ROOT / "content"
DAY = date(2026, 11, 23)
OFF_TOPIC = ROOT / "tests" / "fixtures" / "off_topic.txt"


@pytest.fixture(scope="module")
def library() -> Library:
    return read(SAMPLE, DAY)


@pytest.fixture(scope="module")
def published(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("output")
    put(site_files(library), output)
    return output


def test_the_browser_finds_every_other_phrasing_in_the_first_three(
    library: Library, published: Path
) -> None:
    asked = [(entry.id, phrase) for entry in library.faq for phrase in entry.hoi_cach_khac]
    found = rank(published / INDEX_FOLDER, *(phrase for _, phrase in asked), k=3)
    missed = [
        (identity, phrase, ids)
        for (identity, phrase), ids in zip(asked, found, strict=True)
        if f"hoi-dap:{identity}" not in ids
    ]
    assert missed == []


def test_no_answer_is_shown_with_confidence_to_questions_of_other_trades(published: Path) -> None:
    asked = OFF_TOPIC.read_text(encoding="utf-8").splitlines()
    assert len(asked) >= 40
    found = answers(published / INDEX_FOLDER, *asked, kind="*")
    sure = [query for query, answer in zip(asked, found, strict=True) if answer["sure"]]
    assert sure == []


def test_almost_every_phrasing_of_the_editors_is_answered_with_confidence(
    library: Library, published: Path
) -> None:
    asked = [text for entry in library.faq for text in (entry.question, *entry.hoi_cach_khac)]
    found = answers(published / INDEX_FOLDER, *asked, kind="*")
    unsure = [query for query, answer in zip(asked, found, strict=True) if not answer["sure"]]
    assert len(unsure) <= len(asked) / 100, unsure
