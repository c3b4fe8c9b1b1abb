"""The judge names the phrasings that other entries claim."""

from pathlib import Path

from search_index.documents import Document
from search_index.judge import Missed, missed
from tests.search_index.conftest import DOCUMENTS, LANGUAGE
from tooling.check import _place
from tooling.paths import CONTENT

RIVALS = tuple(
    Document(f"hoi-dap:GH-1{n}", "Phí giao hàng tận nơi", "Phí giao hàng tận nơi tùy nơi.")
    for n in range(3)
)
CLAIMED = Document("hoi-dap:XX-01", "Tiền công thợ", "Bảng tiền công của thợ.", ("phí giao hàng",))


def test_every_phrasing_that_finds_its_entry_passes() -> None:
    assert list(missed(DOCUMENTS, LANGUAGE, "hoi-dap")) == []


def test_a_phrasing_that_other_entries_claim_is_named_with_what_it_finds() -> None:
    documents = [*DOCUMENTS, *RIVALS, CLAIMED]
    found = list(missed(documents, LANGUAGE, "hoi-dap"))
    assert [(miss.id, miss.phrase) for miss in found] == [("hoi-dap:XX-01", "phí giao hàng")]
    assert set(found[0].found) <= {rival.id for rival in (*RIVALS, DOCUMENTS[3])}


def test_a_miss_is_shown_at_its_line() -> None:
    content = CONTENT
    assert _place(content, Missed("hoi-dap:BH-01", "mat phieu bao hanh", ()))[0].endswith(".md")
    file, line = _place(content, Missed("hoi-dap:BH-01", "mất giấy bảo hành rồi", ()))
    assert "mất giấy bảo hành rồi" in (Path(content) / file).read_text().splitlines()[line - 1]
