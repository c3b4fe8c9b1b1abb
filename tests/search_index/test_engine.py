"""What people type finds the right question, in the browser's engine run by Node."""

import unicodedata
from pathlib import Path

from tests.search_index.conftest import node, rank

LOST_CARD = "hoi-dap:BH-01"


FOUND_FIRST = {
    "mat phieu bao hanh": LOST_CARD,
    "mất phiếu bảo hành": LOST_CARD,
    unicodedata.normalize("NFD", "mất phiếu bảo hành"): LOST_CARD,
    "mất giấy bh": LOST_CARD,
    "MẤT PHIẾU": LOST_CARD,
    "baor hanhf": LOST_CARD,
    "bao3 hanh2": LOST_CARD,
    "mat phieu bao hnah": LOST_CARD,
    "mat phieu bao ha": LOST_CARD,
    "hoá đơn": "hoi-dap:HD-01",
    "hd sai mst": "hoi-dap:HD-03",
    "ship bao lau": "hoi-dap:GH-01",
}
HOSTILE = (
    "constructor",
    "__proto__:1",
    "toString hasOwnProperty",
    "*",
    "+ -",
    "",
    " ",
    "phí: 30k",
    "~~~^",
    "🙂\ue000𝔸",
    "a" * 10_000,
    "bảo hành " * 1_200,
    "\u0301" * 500,
    "\ud7ff\uffff",
)


def test_every_spelling_finds_the_answer_first(folder: Path) -> None:
    found = {
        query: ids[0] for query, ids in zip(FOUND_FIRST, rank(folder, *FOUND_FIRST), strict=True)
    }
    assert found == FOUND_FIRST


def test_no_query_raises_anything(folder: Path) -> None:
    assert len(rank(folder, *HOSTILE)) == len(HOSTILE)


def test_the_sites_own_index_answers_with_questions_unless_asked_otherwise(folder: Path) -> None:
    assert rank(folder, "bảo hành không cần phiếu")[0][0].startswith("hoi-dap:")
    every = rank(folder, "bảo hành không cần phiếu", kind="*")[0]
    assert every[0] == "cam-ket:CK-06"
    assert rank(folder, "nồi cơm nc10m", kind="san-pham") == [["san-pham:NC-10M"]]


def test_no_more_results_than_asked_for(folder: Path) -> None:
    assert len(rank(folder, "bảo hành hóa đơn", k=1)[0]) == 1


def test_the_javascript_tests_pass() -> None:
    for script in ("text.test.mjs", "results.test.mjs"):
        node(f"tests/js/{script}")
