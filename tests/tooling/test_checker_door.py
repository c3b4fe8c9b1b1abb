"""`inv check` and `inv quote` at the command line, on content as people really leave it."""

import os
import shutil
from pathlib import Path

import pytest

from tests.support.checker import check, run
from tooling.paths import CONTENT, ROOT

QUOTE = ROOT / "tests" / "company" / "bao-gia" / "BG-DA-2026-0001.yaml"
SHEET = "bang-gia/ban-le-2026-11.csv"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def change(content: Path, name: str, old: str, new: str) -> None:
    file = content / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def append(content: Path, name: str, text: str) -> None:
    with (content / name).open("a", encoding="utf-8") as out:
        out.write(text)


def test_each_unreadable_file_is_one_line_and_nothing_follows(content: Path) -> None:
    change(content, "cam-ket/ck-02.md", "\nmeasure: ", "\nmeasure: đo: ")
    change(content, "san-pham/nc-10m.md", "\nmanual_note: ", "\nmanual_note: x: ")
    change(content, "ket-qua/2026-10.json", ",", ";")
    append(content, "hoi-dap/bh-01.md", "\n<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> nhanh\n")
    append(content, SHEET, ">>>>>>> nhanh\n")
    change(content, "bao-hanh/mat-phieu.md", "\ntitle: ", "\ntitle: Báº£o hÃ nh ")
    lines = check(content)
    assert [line.split(":")[0].removeprefix("content/") for line in lines] == [
        SHEET,
        "bao-hanh/mat-phieu.md",
        "cam-ket/ck-02.md",
        "hoi-dap/bh-01.md",
        "ket-qua/2026-10.json",
        "san-pham/nc-10m.md",
    ]


def test_files_that_nobody_reads_are_named_and_droppings_are_not(content: Path) -> None:
    entry = content / "hoi-dap" / "bh-01.md"
    for name in ("bh-97.MD", "bh-98.md.txt", "bh-99.markdown"):
        shutil.copy(entry, entry.with_name(name))
    (content / "san-pham" / "bang.docx").touch()
    shutil.copy(content / SHEET, content / "bang-gia" / "cu.csv")
    (content / "trang" / "thu-muc.md").mkdir()
    (content / "trang" / "vong").symlink_to(".")
    (content / "trang" / "ra-ngoai.md").symlink_to("/etc/hostname")
    (content / "trang" / "mat.md").symlink_to("khong-co.md")
    os.mkfifo(content / "trang" / "ong.md")
    Path(os.fsdecode(os.fsencode(content / "trang") + b"/b\xe9.md")).touch()
    for name in (".#bh-01.md", "._bh-01.md", "~$x.docx", "bh-01.md~", "#bh-01.md#", ".bh.swp"):
        if name.startswith(".#"):
            (content / "hoi-dap" / name).symlink_to("editor@machine.123:1")
        else:
            (content / "hoi-dap" / name).touch()
    (content / "san-pham" / "hinh" / "Thumbs.db").touch()
    lines = check(content)
    assert all(line.endswith("[stray_file]") for line in lines), lines
    named = {line.split(":")[0].rpartition("/")[2] for line in lines}
    assert named == {
        "bh-97.MD", "bh-98.md.txt", "bh-99.markdown", "bang.docx", "cu.csv", "thu-muc.md", "vong",
        "ra-ngoai.md", "mat.md", "ong.md", "b\ufffd.md",
    }  # fmt: skip


def test_facts_prices_and_phrases_are_told_together(content: Path) -> None:
    change(content, SHEET, "NC-10M,cái,590000", "NC-10M,bộ,１９９９９９９９９")
    change(content, SHEET, "NC-18C,cái,890000", 'NC-18C,cái,"890.000"')
    append(content, "hoi-dap/bh-02.md", "\n\nCông ty miễn trách\u200b&nbsp;nhiệm. CK 15%\n")
    lines = check(content)
    # The sheet is told about its unreadable price first; what it says otherwise waits for that.
    codes = sorted(line.rpartition("[")[2].rstrip("]") for line in lines)
    assert codes == ["dealer_price", "not_an_integer", "unlawful_phrase"]
    change(content, SHEET, '"890.000"', "890000")
    codes = sorted(line.rpartition("[")[2].rstrip("]") for line in check(content))
    assert codes == ["dealer_price", "price_jump", "two_answers", "unlawful_phrase"]


def test_a_gap_is_a_warning_and_the_check_still_passes(content: Path) -> None:
    change(
        content, "bang-gia/phi-dich-vu-v2.md", "valid_from: 2027-01-01", "valid_from: 2027-01-15"
    )
    (line,) = check(content)
    assert "cảnh báo: " in line
    assert "trống 14 ngày" in line


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("quantity: 4,", "quantity: 1.200,", "một nghìn hai trăm hay một phẩy hai?"),
        ("quantity: 7.5,", 'quantity: "7,125",', "bảy phẩy một hai năm?"),
        ("quantity: 2,", "quantity: ٢,", "not_a_quantity"),
        ("net_vnd: 17000000", "net_vnd: 1700000", "price_jump"),
        ("net_vnd: 17000000", "net_vnd: １９９９９９９９９", "dearer_than_listed"),
        ("\ntitle: ", "\n<<<<<<< HEAD\ntitle: ", "merge_conflict"),
    ],
)
def test_a_doubtful_quote_is_not_made(tmp_path: Path, old: str, new: str, words: str) -> None:
    text = QUOTE.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "quote.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = run("quote", str(file))
    assert done.returncode == 1
    told = [line for line in (done.stdout + done.stderr).splitlines() if " → " in line]
    assert len(told) == 1
    assert words in told[0]
    assert list(tmp_path.glob("*.pdf")) == []
