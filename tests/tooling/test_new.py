"""`inv new`: a file of each kind that is right as soon as its words are written."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from service_policy.content import check
from service_policy.content.reading import DOCUMENTS
from tests.support.site import BUILD_EPOCH
from tooling.new import new
from tooling.paths import CONTENT
from tooling.words import Refused

TODAY = date(2026, 11, 23)
NAMES = {"san-pham": "nc-99x", "bang-gia": "dai-le-2026-11"}
MARK = re.compile(r"\[cần viết: ([^\]]*)\]")
PRICE = re.compile(r"^([A-Z0-9-]+)(,[^,\n]*,)\[cần viết: giá gồm VAT\]", re.MULTILINE)
LISTED = (CONTENT / "bang-gia" / "ban-le-2026-11.csv").read_text(encoding="utf-8")


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", BUILD_EPOCH)
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def listed_price(line: re.Match[str]) -> str:
    """Write into a line of a new sheet what the product costs today."""
    prices = dict(re.findall(r"^([A-Z0-9-]+),[^,]*,(\d+),", LISTED, re.MULTILINE))
    return f"{line[1]}{line[2]}{prices[line[1]]}"


def write_words(files: list[Path]) -> None:
    """Do what the editor does: write every marked place, then take the draft's line away."""
    for file in files:
        text = PRICE.sub(listed_price, file.read_text(encoding="utf-8"))
        text = MARK.sub(lambda mark: f"Lời của biên tập viên {len(mark.group(1))}", text)
        file.write_text(text.replace("draft: true\n", ""), encoding="utf-8")


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_new_file_passes_the_check_once_its_words_are_written(content: Path, kind: str) -> None:
    files = new(kind, NAMES.get(kind, "viec-moi"), content)
    assert check(content, TODAY) == []
    text = files[0].read_text(encoding="utf-8")
    assert "\ndraft: true\n" in text
    files[0].write_text(text.replace("draft: true\n", ""), encoding="utf-8")
    assert "unfinished_draft" in {fault.code for fault in check(content, TODAY)}
    write_words(files)
    assert [str(fault) for fault in check(content, TODAY)] == []


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_every_field_stands_in_the_file_with_its_meaning(content: Path, kind: str) -> None:
    text = new(kind, NAMES.get(kind, "viec-moi"), content)[0].read_text(encoding="utf-8")
    for name in DOCUMENTS[kind].model_fields.keys() - {"body", "path", "lines"}:
        assert re.search(rf"^# (?!{name}$).+\n(# )?{name}: ", text, re.MULTILINE), name


def test_numbered_kinds_get_the_next_number(content: Path) -> None:
    first, second = new("cam-ket", "mot", content)[0], new("cam-ket", "hai", content)[0]
    assert (first.name, second.name) == ("ck-19.md", "ck-20.md")


def test_a_new_price_sheet_lists_every_product_that_is_sold(content: Path) -> None:
    lines = new("bang-gia", "dai-le-2026-11", content)[1].read_text(encoding="utf-8").splitlines()
    assert lines[0] == "product_code,unit,price_vnd,vat,warranty_months,dealer_minimum"
    assert len(lines) == 1 + 12


@pytest.mark.parametrize(
    ("kind", "name", "why"),
    [
        ("tin-tuc", "x", "cam-ket"),
        ("trang", "Chữ Hoa", "a-z"),
        ("san-pham", "noi-com-dien", "không theo mẫu"),
        ("catalogue", "bep", "đã có"),
    ],
)
def test_what_cannot_be_begun_is_said(content: Path, kind: str, name: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        new(kind, name, content)
