"""The sample company's own questions: what customers type finds the right answer."""

from datetime import date
from pathlib import Path

import pytest

from search_index import server, site_files
from search_index.language import data
from search_index.library import KINDS, documents
from search_index.published import INDEX_FOLDER, MODULE_FOLDER
from search_index.server import SearchServer
from service_policy.content import Library, read
from tests.search_index.conftest import ROOT, answers, put, rank
from tooling.paths import CONTENT

DAY = date(2026, 11, 23)
OFF_TOPIC = ROOT / "tests" / "fixtures" / "off_topic.txt"
FOUND_FIRST = {
    "mat phieu bao hanh": "hoi-dap:BH-01",
    "mất giấy bh": "hoi-dap:BH-01",
    "mat phieu bh co dc bao hanh k": "hoi-dap:BH-01",
    "baor hanhf mat phieu": "hoi-dap:BH-01",
    "hd sai mst": "hoi-dap:HD-03",
    "ship bao lau": "hoi-dap:GH-01",
}


@pytest.fixture(scope="module")
def library() -> Library:
    return read(CONTENT, DAY)


@pytest.fixture(scope="module")
def published(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("output")
    put(site_files(library), output)
    return output


@pytest.fixture(scope="module")
def search(library: Library, tmp_path_factory: pytest.TempPathFactory) -> SearchServer:
    folder = tmp_path_factory.mktemp("server")
    server.build(documents(library, library.today), data(library.synonyms), folder)
    return SearchServer(folder)


def test_the_known_questions_are_first(published: Path) -> None:
    found = rank(published / INDEX_FOLDER, *FOUND_FIRST)
    assert {query: ids[0] for query, ids in zip(FOUND_FIRST, found, strict=True)} == FOUND_FIRST
    for query, topic in (("hoá đơn", "HD"), ("baor hanhf", "BH")):
        assert rank(published / INDEX_FOLDER, query)[0][0].startswith(f"hoi-dap:{topic}")


def test_every_kind_of_document_is_found_and_published_pages_are_linked(
    search: SearchServer,
) -> None:
    assert search.kinds == set(KINDS)
    hit = search.search("mất phiếu vẫn được bảo hành", kind="cam-ket").hits[0]
    assert (hit.id, hit.url) == ("cam-ket:CK-06", "/cam-ket/ck-06/")


def test_the_modules_are_published_beside_the_vendored_lunr(published: Path) -> None:
    modules = published / MODULE_FOLDER
    assert (modules / "worker.mjs").is_file()
    assert "../../vendor/lunr.mjs" in (modules / "lunr.mjs").read_text()


def test_both_engines_are_sure_of_the_same(library: Library, search: SearchServer) -> None:
    asked = [*FOUND_FIRST, *OFF_TOPIC.read_text(encoding="utf-8").splitlines()]
    asked += [phrase for entry in library.faq for phrase in entry.hoi_cach_khac[:2]]
    theirs = [answer["sure"] for answer in answers(search.folder, *asked, kind="*")]
    assert [search.search(query).sure for query in asked] == theirs


def test_slips_are_mended_with_accents_and_nothing_else_is(search: SearchServer) -> None:
    assert search.search("mat phieu bao hnah").meant == "mất phiếu bảo hành"
    assert search.search("baor hanhf").meant == "bảo hành"
    assert search.search("mat phieu bao hanh").meant is None
    assert search.search("qqqqzzzz").meant is None
