"""The tasks: their names are a promise, and `inv check` answers as editors need it."""

import shutil
import subprocess
import sys
from pathlib import Path

from service_policy.content import Fault
from tooling.check import annotation
from tooling.paths import CONTENT, ROOT

PELICAN_NAMES = "clean build rebuild regenerate serve reserve preview livereload publish".split()
OUR_NAMES = (
    "check cms vendor lock sbom gaps new test lint patterns screenshots scorecard quote bench"
    " weekly-check import-prices map adopt migrate-content mutate"
).split()


def inv(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a task and return what it printed."""
    return subprocess.run(
        [sys.executable, "-m", "invoke", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_task_has_the_name_that_people_know() -> None:
    lines = inv("--list").stdout.splitlines()
    names = {line.split()[0] for line in lines if line.startswith("  ") and line[2] != " "}
    assert names == {*PELICAN_NAMES, *OUR_NAMES}


def test_good_content_passes_the_check() -> None:
    done = inv("check")
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("Không có lỗi") or "cảnh báo" in done.stdout


def test_the_check_names_every_fault_of_another_folder_at_once(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    for name, old, new in (
        ("cam-ket/ck-01.md", "\nowner:", "\nownr:"),
        ("hoi-dap/bh-01.md", "\ntopic: bao-hanh", "\ntopic: khac"),
    ):
        file = folder / name
        file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), "utf-8")
    done = inv("check", str(folder))
    assert done.returncode == 1
    assert "content/cam-ket/ck-01.md:" in done.stdout
    assert "content/hoi-dap/bh-01.md:" in done.stdout
    assert "lỗi" in done.stderr


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = inv("check", str(tmp_path / "none"))
    assert done.returncode == 1
    assert "no_folder" in done.stderr


def test_faults_are_shown_at_their_lines_of_a_change_on_github(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    file = folder / "hoi-dap/bh-01.md"
    file.write_text(file.read_text("utf-8").replace("\nsource:", "\nsuorce:", 1), "utf-8")
    done = inv("check", str(folder), "--annotations")
    assert done.returncode == 1
    lines = [line for line in done.stdout.splitlines() if line.startswith("::error ")]
    number = file.read_text("utf-8").split("\n").index("suorce: gọi") + 1
    assert (
        f"::error file=content/hoi-dap/bh-01.md,line={number},title=suorce::"
        "không có trường tên này → xem lại chính tả hoặc xóa; tên đúng ở HUONG-DAN.md"
        " [extra_forbidden]"
    ) in lines
    assert len(lines) == 2


def test_an_annotation_cannot_end_early_nor_begin_another() -> None:
    fault = Fault("content/a,b:c.md", 3, "title", "100%\n::error::x", "sửa", "code", "warning")
    assert annotation(fault) == (
        "::warning file=content/a%2Cb%3Ac.md,line=3,title=title::100%25%0A::error::x → sửa [code]"
    )
