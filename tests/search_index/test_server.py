"""The server's search: the browser's ranking in Python over Whoosh, safe to show and to ask."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from search_index.marked import Marked, Run, mark, snippet
from search_index.server import SearchServer
from search_index.weights import CONFIDENCE, RERANK, SLOTS
from tests.search_index.conftest import ROOT, node, rank
from tests.search_index.test_engine import FOUND_FIRST, HOSTILE


@pytest.fixture(scope="module")
def server(folder: Path) -> SearchServer:
    return SearchServer(folder)


def test_both_engines_rank_alike(server: SearchServer, folder: Path) -> None:
    queries = [*FOUND_FIRST, *HOSTILE, "hang hoa bi hu", "so thue", "ma so", "phieu bh"]
    theirs = rank(folder, *queries, kind="*")
    ours = [[hit.id for hit in server.search(query).hits] for query in queries]
    assert ours == theirs


def test_both_engines_have_the_same_weights() -> None:
    module = (ROOT / "search_index" / "js" / "weights.mjs").as_uri()
    script = f"import * as w from '{module}'; process.stdout.write(JSON.stringify(w))"
    theirs = json.loads(node("--input-type=module", "-e", script))
    assert theirs == {"SLOTS": SLOTS, "RERANK": RERANK, "CONFIDENCE": CONFIDENCE}


def test_threads_share_the_server(server: SearchServer) -> None:
    queries = [*FOUND_FIRST] * 4
    alone = [server.search(query) for query in queries]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(server.search, queries)) == alone


def test_a_result_counts_kinds_and_pages(server: SearchServer) -> None:
    every = server.search("bảo hành")
    assert every.kinds["cam-ket"] == 1
    assert every.total == sum(every.kinds.values())
    assert server.search("bảo hành", offset=1).hits == every.hits[1:]
    only = server.search("bảo hành", kind="cam-ket")
    assert [hit.id for hit in only.hits] == ["cam-ket:CK-06"]


def test_a_hit_is_safe_to_show(server: SearchServer) -> None:
    hit = server.search("noi com", kind="san-pham").hits[0]
    assert hit.title.__html__().startswith("<mark>Nồi cơm</mark> &lt;img src=x onerror=&quot;")
    assert str(hit.title) == 'Nồi cơm <img src=x onerror="alert(1)"> NC-10M'


def test_a_snippet_starts_near_the_first_hit() -> None:
    items = [f"từ{n}" for n in range(60)]
    items[50] = "đây"
    found = snippet(items, {"day"})
    assert found.runs[0] == Run("… ", hit=False)
    assert Run("đây", hit=True) in found.runs
    assert str(found).startswith("… từ44")


def test_marks_join_words_that_stand_together() -> None:
    assert mark(["Bảo", "hành", ", ", "sửa"], {"bao", "hanh"}) == Marked(
        (Run("Bảo hành", hit=True), Run(", sửa", hit=False))
    )
