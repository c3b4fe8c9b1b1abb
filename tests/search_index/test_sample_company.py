"""The sample company's own questions: what customers type finds the right answer."""

from datetime import date
from pathlib import Path

import pytest

from search_index import publish, server
from search_index.language import from_synonyms
from search_index.library import KINDS, documents
from search_index.published import INDEX_FOLDER, MODULE_FOLDER
from service_policy.content import Library, read
from tests.search_index.conftest import ROOT, rank

DAY = date(2026, 11, 23)
FOUND_FIRST = {
    "mat phieu bao hanh": "hoi-dap:BH-01",
    "mất giấy bh": "hoi-dap:BH-01",
    "baor hanhf mat phieu": "hoi-dap:BH-01",
    "hd sai mst": "hoi-dap:HD-03",
    "ship bao lau": "hoi-dap:GH-01",
}


@pytest.fixture(scope="module")
def library() -> Library:
    return read(ROOT / "content", DAY)


@pytest.fixture(scope="module")
def published(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("output")
    publish(library, output)
    return output


def test_the_known_questions_are_first(published: Path) -> None:
    found = rank(published / INDEX_FOLDER, *FOUND_FIRST)
    assert {query: ids[0] for query, ids in zip(FOUND_FIRST, found, strict=True)} == FOUND_FIRST
    assert rank(published / INDEX_FOLDER, "hoá đơn")[0][0].startswith("hoi-dap:HD")


def test_every_other_phrasing_finds_its_entry_in_the_first_three(
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


def test_every_kind_of_document_is_found_and_published_pages_are_linked(
    library: Library, tmp_path: Path
) -> None:
    server.build(documents(library), from_synonyms(library.synonyms).data(), tmp_path)
    search = server.SearchServer(tmp_path)
    assert search.kinds == set(KINDS)
    hit = search.search("mất phiếu vẫn được bảo hành", kind="cam-ket").hits[0]
    assert (hit.id, hit.url) == ("cam-ket:CK-06", "/cam-ket/ck-06/")


def test_the_modules_are_published_beside_the_vendored_lunr(published: Path) -> None:
    modules = published / MODULE_FOLDER
    assert (modules / "worker.mjs").is_file()
    assert "../../vendor/lunr.mjs" in (modules / "lunr.mjs").read_text()
