"""What the search bench asks, counts and writes; the engines themselves are not run here."""

import gzip
import json
import random
import unicodedata
from pathlib import Path

import pytest

from bench import questions, results
from bench.peers import Run
from bench.questions import Question, read_tier, write
from bench.results import Goal
from bench.search_report import Scores
from bench.ways import CORE, WAYS

PHRASE = "Hóa đơn giao hàng có được gửi không"
CHANCE = random.Random(1)  # noqa: S311 - typing mistakes are no secret


@pytest.fixture(scope="module")
def parts() -> list[questions.Part]:
    return list(questions.own_parts())


def test_a_phrase_is_typed_in_thirteen_ways() -> None:
    typed = {name: way(PHRASE, CHANCE) for name, way in WAYS.items()}
    assert len(typed) == 13
    assert set(CORE) <= set(typed)
    assert typed["no accents"] == "Hoa don giao hang co duoc gui khong"
    assert typed["Telex"].startswith("hosa ddown giao hafng")
    assert typed["VNI"].startswith("ho1a d9o7n giao ha2ng")
    assert typed["teencode"] == "hd giao hàng có dc gửi k"
    assert typed["mixed with English"] == "invoice ship có được gửi không"
    assert typed["other tone place"].startswith("Hoá đơn")
    assert unicodedata.normalize("NFC", typed["NFD"]) == PHRASE
    assert typed["beginning"] == PHRASE[:21].rstrip()
    assert typed["typo"] not in (PHRASE, "")


def test_no_engine_has_seen_the_phrasings_it_is_asked_for(parts: list[questions.Part]) -> None:
    for part in parts:
        texts = {one["id"]: one["keywords"].split("\n") for one in part.documents}
        asked = [one for one in part.questions if one.way == "as is"]
        assert len(asked) > 10
        for one in asked:
            (answer,) = one.answers
            assert one.text not in texts[answer]


def test_the_same_questions_are_made_every_time(parts: list[questions.Part]) -> None:
    assert next(questions.own_parts()).questions == parts[0].questions


def test_a_development_set_is_read_by_tier_and_sampled_by_question(tmp_path: Path) -> None:
    corpus = [{"id": f"d{n}", "title": "t", "body": "b", "tier": 200 + 1800 * n} for n in (0, 1)]
    asked = [
        {"qid": f"q{n}.{way}", "variant": way, "family": "faq", "q": "q", "rel": ["d0"]}
        for n in range(100)
        for way in ("asis", "telex")
    ]
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, corpus)))
    with gzip.open(tmp_path / "queries.jsonl.gz", "wt") as file:
        file.write("\n".join(map(json.dumps, asked)))
    part = read_tier(tmp_path, 200, sample=160)
    assert [one["id"] for one in part.documents] == ["d0"]
    assert 100 < len(part.questions) < 200
    ways = {way: {q.id.split(".")[0] for q in part.questions if q.way == way} for way in WAYS}
    assert ways["as is"] == ways["Telex"]
    assert json.loads(write(part, tmp_path / "x" / "d.jsonl").read_text())["keywords"] == ""


def test_every_way_counts_the_same_in_the_average() -> None:
    scores = Scores()
    for way, count, rank in (("as is", 30, 1), ("Telex", 10, 2)):
        asked = [Question(f"{way}{n}", "", way, "faq", frozenset("a")) for n in range(count)]
        scores.add(asked, {one.id: ["x", "a"][2 - rank :] for one in asked})
    assert scores.by_way("faq") == {"as is": 1.0, "Telex": 0.5}
    assert scores.macro("faq") == 0.75
    assert scores.core("faq") == 1.0


def test_a_percentile_is_a_time_that_was_measured() -> None:
    assert Run({}, [float(n) for n in range(100)], 0.0).percentile(0.95) == 95.0
    assert Run({}, [], 0.0).percentile(0.95) == 0.0


def test_results_name_figures_goals_machine_and_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "RESULTS", tmp_path)
    goals = {"a": Goal("<=", 2), "b": Goal(">=", 2), "never measured": Goal("==", 1)}
    content = json.loads(results.write("x", {"a": 1.23456, "b": 1.0}, goals).read_text())
    assert content["figures"] == {"a": 1.2346, "b": 1.0}
    assert content["goals"] == {"a": {"op": "<=", "value": 2}, "b": {"op": ">=", "value": 2}}
    assert set(content) == {"figures", "goals", "machine", "at"}
    assert results.missed({"a": 1.0, "b": 1.0}, goals) == ["b: 1, goal >= 2"]
