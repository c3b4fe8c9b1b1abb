"""`inv check` and `inv quote` on marks that no page shows and letters that no paper has."""

import shutil
from html import unescape
from pathlib import Path

import pytest

from tests.support.checker import check, run
from tooling.paths import CONTENT, ROOT

QUOTE = ROOT / "tests" / "company" / "bao-gia" / "BG-DA-2026-0001.yaml"
MARKS = {
    "hoi-dap/bh-02.md": ("# Đầu đề lớn", "heading_level"),
    "hoi-dap/bh-03.md": ("Đầu đề gạch dưới\n===", "heading_level"),
    "hoi-dap/bh-04.md": ("##Dính liền", "heading_mark"),
    "hoi-dap/dl-01.md": ("Chữ có chú thích[^1].", "footnote"),
    "hoi-dap/hd-01.md": ("[^ghi-chu]: Nội dung.", "footnote"),
    "hoi-dap/hd-03.md": ("```\nkhối không đóng", "open_fence"),
    "hoi-dap/gh-01.md": ("~~~\nkhối không đóng", "open_fence"),
    "hoi-dap/kt-01.md": ("~~bỏ ~~ dính sai", "emphasis_mark"),
    "hoi-dap/bh-10.md": ("1. một\n  - con lệch", "list_beside"),
    "trang/dat-hang/cach-dat.md": ("###### Quá nhỏ", "heading_level"),
    "catalogue/bep.md": ("- [ ] việc", "task_list"),
}
"""By file: what is written at its end, and what it is told."""
LETTERS = {
    "san-pham/nc-10m.md": ("\nparts_note: ", "\nparts_note: Gọi ☎, ", "☎"),
    "san-pham/bt-40d.md": ("- Mép lỗ cách", "- Mép lỗ 한 cách", "한"),
    "bao-hanh/mat-phieu.md": ("## Tem mờ", "Hỏi 😀.\n\n## Tem mờ", "😀"),
    "bao-hanh/quy-trinh.md": ("\n---\n", "\n---\nGọi &#9742; ngay.\n\n", "☎"),
    "catalogue/noi-com.md": ("\nsummary: ", "\nsummary: ☂ ", "☂"),
    "bang-gia/ban-le-2026-05.csv": ("CN-CR18,bộ,", "CN-CR18,bộ ☆,", "☆"),
    "bang-gia/ban-le-2026-11.md": ("\ntitle: ", "\ntitle: 漢 ", "漢"),
}
"""By file: what is there, what is written in its place, and the letter without a shape."""


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A content folder with every one of these."""
    copy = Path(shutil.copytree(CONTENT, tmp_path_factory.mktemp("texts") / "content"))
    for name, (text, _) in MARKS.items():
        with (copy / name).open("a", encoding="utf-8") as out:
            out.write(f"\n\n{text}\n")
    for name, (old, new, _) in LETTERS.items():
        text = (copy / name).read_text(encoding="utf-8")
        assert old in text, name
        (copy / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def told(content: Path) -> dict[str, list[str]]:
    """What one run says of it, by file."""
    found: dict[str, list[str]] = {}
    for line in check(content):
        found.setdefault(line.split(":")[0].removeprefix("content/"), []).append(line)
    return found


@pytest.mark.parametrize("name", list(MARKS))
def test_a_mark_that_would_stand_on_the_page_is_told_with_its_line(
    content: Path, told: dict[str, list[str]], name: str
) -> None:
    text, code = MARKS[name]
    (line,) = told[name]
    assert line.endswith(f"[{code}]")
    written = (content / name).read_text(encoding="utf-8").split("\n")
    assert written[int(line.split(":")[1]) - 1] in text.split("\n")


@pytest.mark.parametrize("name", list(LETTERS))
def test_a_letter_that_no_paper_has_is_told_with_file_line_and_letter(
    content: Path, told: dict[str, list[str]], name: str
) -> None:
    letter = LETTERS[name][2]
    (line,) = [one for one in told[name] if one.endswith("[unprintable]")]
    assert f"“{letter}”" in line
    written = (content / name).read_text(encoding="utf-8").split("\n")
    assert letter in unescape(written[int(line.split(":")[1]) - 1])


def test_nothing_else_is_told(told: dict[str, list[str]]) -> None:
    assert set(told) == {*MARKS, *LETTERS}


@pytest.mark.parametrize(
    ("old", "letter"),
    [("\ntitle: ", "한"), ("\ncustomer:\n  name: ", "☎"), ("\nwarranty:\n  - ", "№漢")],
)
def test_a_quote_with_a_letter_that_no_paper_has_is_told_and_not_made(
    tmp_path: Path, old: str, letter: str
) -> None:
    text = QUOTE.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "quote.yaml"
    file.write_text(text.replace(old, f"{old}{letter} ", 1), encoding="utf-8")
    done = run("quote", str(file))
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    told = [line for line in (done.stdout + done.stderr).splitlines() if " → " in line]
    assert len(told) == 1
    assert f"“{letter[-1]}”" in told[0]
    number = int(told[0].split("quote.yaml:")[1].split(":")[0])
    assert letter in file.read_text(encoding="utf-8").split("\n")[number - 1]
    assert list(tmp_path.glob("*.pdf")) == []
