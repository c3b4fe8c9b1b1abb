"""The commands build from any corpus and rank by protocol."""

import io
import json
from pathlib import Path

import pytest

from search_index.__main__ import main
from tests.search_index.conftest import DOCUMENTS, rank


@pytest.fixture
def built(tmp_path: Path) -> Path:
    corpus = tmp_path / "docs.jsonl"
    records = [
        {"id": one.id.split(":")[1], "title": one.title, "body": one.body} for one in DOCUMENTS
    ]
    records[0]["keywords"] = "giấy tờ thất lạc"
    corpus.write_text("\n".join(json.dumps(record) for record in records) + "\n")
    assert main(["build", "--corpus", str(corpus), "--out", str(tmp_path / "out")]) == 0
    return tmp_path / "out"


def test_both_engines_rank_a_foreign_corpus(
    built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rank(built, "giay to that lac", "hoa don")[0][0] == "BH-01"
    question = json.dumps({"qid": "1", "q": "giay to that lac", "k": 2})
    monkeypatch.setattr("sys.stdin", io.StringIO(question + "\n\n"))
    assert main(["rank", "--whoosh", str(built)]) == 0
    meta, answer = map(json.loads, capsys.readouterr().out.splitlines())
    assert meta["meta"]["load_ms"] > 0
    assert answer["qid"] == "1"
    assert answer["ids"][0] == "BH-01"
    assert len(answer["ids"]) <= 2


def test_a_broken_corpus_line_is_named(tmp_path: Path) -> None:
    corpus = tmp_path / "docs.jsonl"
    corpus.write_text('{"id": "1", "title": "a", "body": "b"}\n{"id": "2"}\n')
    with pytest.raises(ValueError, match=r"docs\.jsonl:2"):
        main(["build", "--corpus", str(corpus), "--out", str(tmp_path / "out")])
