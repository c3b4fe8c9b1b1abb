"""The index that the browser hydrates is the index that PyPI lunr builds, to the last weight."""

import json
from pathlib import Path
from typing import Any

import pytest
from lunr.index import Index
from lunr.query import Query

from tests.search_index import oracle
from tests.search_index.conftest import DOCUMENTS, node

TERMS = ("bao", "bảo", "hanh", "hoa", "hóa", "don", "k")


@pytest.fixture(scope="module")
def expected() -> Index:
    return oracle.build(DOCUMENTS)


@pytest.fixture(scope="module")
def hydrated(folder: Path) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(node("tests/js/lunr-dump.mjs", str(folder), *TERMS))
    return answer


def _postings(index: dict[str, Any]) -> dict[str, dict[str, list[str]]]:
    return {
        term: {name: sorted(refs) for name, refs in posting.items() if name != "_index"}
        for term, posting in index["invertedIndex"]
    }


def _weights(index: dict[str, Any]) -> dict[tuple[str, str], float]:
    names = {posting["_index"]: term for term, posting in index["invertedIndex"]}
    return {
        (ref, names[number]): weight
        for ref, vector in index["fieldVectors"]
        for number, weight in zip(vector[::2], vector[1::2], strict=True)
    }


def test_the_browser_has_the_terms_and_postings_of_pypi_lunr(
    expected: Index, hydrated: dict[str, Any]
) -> None:
    serialised = expected.serialize()
    assert _postings(hydrated["index"]) == _postings(serialised)
    assert hydrated["index"]["fields"] == serialised["fields"]


def test_the_browser_has_the_weights_of_pypi_lunr(
    expected: Index, hydrated: dict[str, Any]
) -> None:
    weights = _weights(expected.serialize())
    assert _weights(hydrated["index"]) == pytest.approx(weights, abs=0.0011)


def test_lunr_js_and_the_typed_arrays_score_like_pypi_lunr(
    expected: Index, hydrated: dict[str, Any]
) -> None:
    query = Query(expected.fields)
    for number, term in enumerate(TERMS):
        query.clause(term, boost=1 + number / 4, use_pipeline=False)
    scores = {result["ref"]: result["score"] for result in expected.query(query)}
    assert len(scores) == 5
    assert dict(hydrated["own"]) == pytest.approx(scores, abs=0.002)
    assert dict(hydrated["fast"]) == pytest.approx(dict(hydrated["own"]), abs=1e-9)
    assert [ref for ref, _ in hydrated["fast"]] == sorted(scores, key=lambda ref: -scores[ref])


def test_wildcards_and_edit_distance_still_work_on_the_hydrated_index(
    hydrated: dict[str, Any],
) -> None:
    assert {"hoi-dap:BH-01", "cam-ket:CK-06"} <= set(hydrated["wild"])
