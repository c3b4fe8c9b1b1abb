"""`inv gaps` as an editor runs it: a file is begun and refused until it is finished."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from forms_api import gaps
from forms_api.store import migrate, open_store
from search_index.judge import missed
from search_index.language import data
from search_index.library import documents
from service_policy.content import check, read
from tests.service_policy.conftest import CONTENT, TODAY
from tooling.gaps import draft
from tooling.words import Refused

PLACES = (
    ("[cần viết: câu hỏi đủ dấu, giọng khách]", "Nhà máy có tuyển dụng không?"),
    ("[cần viết: một cách hỏi khác, như khách gõ]", "co tuyen cong nhan k"),
    ("[cần viết: câu trả lời; câu đầu là kết luận, rồi từng bước]", "**Có.** Xem bảng tin ở cổng."),
)


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the content beside a store that knows what was asked in vain."""
    url = f"sqlite:///{tmp_path / 'portal.db'}"
    monkeypatch.setenv("PORTAL_DATABASE_URL", url)
    monkeypatch.setenv("PORTAL_VAR_DIR", str(tmp_path))
    store = open_store(url)
    migrate.upgrade(store)
    for words in ("nha may tuyen dung", "nha may tuyen dung k", "tuyen dung nha may", "zzxw"):
        store.write(gaps.count_words, words, date(2026, 11, 20))
    store.close()
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def test_a_draft_holds_the_typed_phrasings_and_is_refused_until_it_is_written(
    content: Path,
) -> None:
    file = draft("Nhà máy tuyển dụng", "dai-ly", content)
    assert file == content / "hoi-dap" / "dl-02.md"
    faults = [one for one in check(content, TODAY) if one.level == "error"]
    assert {one.code for one in faults} == {"unfinished_draft"}
    assert [(one.file, one.line) for one in faults] == [
        ("content/hoi-dap/dl-02.md", 6),
        ("content/hoi-dap/dl-02.md", 11),
        ("content/hoi-dap/dl-02.md", 15),
    ]
    text = file.read_text(encoding="utf-8")
    for place, written in PLACES:
        assert place in text
        text = text.replace(place, written)
    file.write_text(text, encoding="utf-8")
    library = read(content, TODAY)
    entry = next(one for one in library.faq if one.id == "DL-02")
    assert entry.slug == "nha-may-tuyen-dung"
    assert entry.hoi_cach_khac[:3] == (
        "nha may tuyen dung",
        "nha may tuyen dung k",
        "tuyen dung nha may",
    )
    language = data(library.synonyms)
    unfound = missed(list(documents(library, library.today)), language, "hoi-dap")
    assert [one for one in unfound if "DL-02" in one.id] == []


def test_a_second_draft_gets_a_code_and_an_address_of_its_own(content: Path) -> None:
    first = draft("nha may tuyen dung", "dai-ly", content)
    second = draft("nha may tuyen dung", "dai-ly", content)
    assert (first.name, second.name) == ("dl-02.md", "dl-03.md")
    assert "slug: nha-may-tuyen-dung-2" in second.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "topic", "why"),
    [
        ("chưa ai tìm", "dai-ly", "nha may tuyen dung"),
        ("nha may tuyen dung", "khac", "bao-hanh"),
        ("0912345678", "dai-ly", "chưa ai tìm"),
    ],
)
def test_there_is_no_draft_without_a_gap_and_a_topic(
    content: Path, words: str, topic: str, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        draft(words, topic, content)
