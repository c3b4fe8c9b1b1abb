"""The compact file: nothing lost, equal bytes for equal documents."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index import browser
from search_index.compact import pack, unpack
from search_index.documents import Document
from search_index.language import relevant
from search_index.marked import mark
from search_index.written import SHIFT, items, shown
from tests.search_index.conftest import DOCUMENTS, LANGUAGE


@given(st.text() | st.text("aBđĐÉ.? İıßǅσς1\u0301"), st.booleans())
def test_items_shown_are_the_text_again(text: str, opens: bool) -> None:
    expected = " ".join(unicodedata.normalize("NFC", text).split())
    assert str(mark(shown(items(text, opens=opens), opens=opens), ())) == expected


def test_only_a_capital_that_surprises_costs_an_item() -> None:
    assert list(items("Có. Mất Phiếu")) == ["có", ". ", "mất", SHIFT, "phiếu"]
    assert list(items("có Vé", opens=False)) == ["có", SHIFT, "vé"]


def test_a_packed_corpus_is_read_back_whole() -> None:
    compact = unpack(pack(DOCUMENTS, LANGUAGE))
    assert compact.ids == tuple(document.id for document in DOCUMENTS)
    assert compact.urls == tuple(document.url for document in DOCUMENTS)
    assert compact.language == LANGUAGE
    for number, document in enumerate(DOCUMENTS):
        fields = range(len(document.texts))
        assert (
            tuple(str(mark(compact.shown(number, field), ())) for field in fields) == document.texts
        )


def test_language_that_can_find_nothing_does_not_travel() -> None:
    words = {
        "light": ["không", "vâng"],
        "abbreviations": {"bh": ["bảo hành", "bảo hiểm"], "k": ["không"], "đh": ["đại học"]},
        "groups": [["phiếu bảo hành", "giấy bảo hành"], ["xoong", "nồi"]],
    }
    assert relevant(words, ["Mất phiếu bảo hành có sao không?"]) == {
        "light": ["không"],
        "abbreviations": {"bh": ["bảo hành"], "k": ["không"]},
        "groups": [["phiếu bảo hành", "giấy bảo hành"]],
    }


def test_a_table_of_more_words_than_two_bytes_hold_is_read_back() -> None:
    body = " ".join(f"w{number}" for number in range(70_000))
    compact = unpack(pack([Document("a:1", "t", body)], {}))
    assert str(mark(compact.fields[0][1], ())) == body


def test_the_same_documents_give_the_same_bytes_and_name(tmp_path: Path) -> None:
    first = browser.build(DOCUMENTS, LANGUAGE, tmp_path / "a")
    second = browser.build(DOCUMENTS, LANGUAGE, tmp_path / "b")
    assert first.name == second.name
    assert first.read_bytes() == second.read_bytes()


def test_a_new_index_replaces_the_old_one(tmp_path: Path) -> None:
    browser.build(DOCUMENTS[:2], LANGUAGE, tmp_path)
    path = browser.build(DOCUMENTS, LANGUAGE, tmp_path)
    assert [file.name for file in tmp_path.glob("index-*")] == [path.name]
    assert json.loads((tmp_path / "manifest.json").read_text())["index"] == path.name


def test_an_index_of_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="format"):
        unpack('{"format": 0}\n\n')
