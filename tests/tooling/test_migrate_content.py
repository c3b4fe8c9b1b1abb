"""An upgrade as a company makes it: its folder of the last version, the software of this one."""

import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
import yaml

from plugins.build_date import build_date
from service_policy.content import read
from tests.support.checker import check, run
from tooling.build import build
from tooling.migration.migrate import migrate
from tooling.paths import CONTENT, ROOT

LAST = ROOT / "tests" / "fixtures" / "content-0.1.0.tar.xz"
"""The content of the sample as 0.1.0 read it without a fault, its products without pictures."""
FAULT = re.compile(r"noi-dung/[\w/.-]+:\d+: [\w.-]+: .+ → .+ \[[a-z_]+\]")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A company's folder as 0.1.0 left it."""
    with tarfile.open(LAST) as archive:
        archive.extractall(tmp_path, filter="data")
    return (tmp_path / "content").rename(tmp_path / "noi-dung")


def letters(folder: Path) -> dict[str, bytes]:
    """Return what every file of a folder holds."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and ".git" not in file.parts
    }


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_an_upgrade_is_a_list_of_faults_that_one_command_clears(
    content: Path, tmp_path: Path
) -> None:
    before = letters(content)
    faults = check(content)
    assert len(faults) > 30
    assert [line for line in faults if not FAULT.fullmatch(line)] == []

    shown = run("migrate-content", str(content))
    assert shown.returncode == 0, shown.stdout + shown.stderr
    assert "+routes:\n" in shown.stdout
    assert "thêm --write để ghi" in shown.stdout
    assert letters(content) == before

    written = run("migrate-content", str(content), "--write")
    assert written.returncode == 0, written.stdout + written.stderr
    assert f"{len(faults)} lỗi trước, 0 lỗi sau" in written.stdout
    assert check(content) == []
    built = build(tmp_path / "site", content)
    home = (built.output / "index.html").read_text("utf-8")
    assert "Theo dõi hồ sơ" in home

    after = letters(content)
    again = run("migrate-content", str(content), "--write")
    assert again.stdout.splitlines()[-1] == "Đã ghi 0 tệp"
    assert letters(content) == after


def test_what_editors_wrote_stays_letter_for_letter(content: Path) -> None:
    before = letters(content)
    migrate(content, write=True)
    after = letters(content)
    assert before.keys() <= after.keys()
    guide = {"HUONG-DAN.md"}
    for name in before.keys() - guide:
        old, new = (one[name].decode().splitlines() for one in (before, after))
        comments = [line for line in old if line.lstrip().startswith("#")]
        assert [line for line in comments if line not in new] == [], name
        gone = [line for line in old if line not in new]
        # Only lines with hours, categories, segments, rules and targets are other lines now.
        wanted = r"\d:\d\d|priority: |description: |value: |saturday_note"
        assert [line for line in gone if not re.search(wanted, line)] == [], name


def test_the_rules_have_what_the_program_knew(content: Path) -> None:
    migrate(content, write=True)
    library = read(content, build_date())
    policy = library.policy
    assert {one.id for one in policy.categories if one.danger} == {"AT"}
    assert {one.id for one in policy.categories if one.warranty} == {"BH", "TC"}
    assert policy.matrix.usual.id == "household"
    assert len(policy.matrix.families) == 8
    assert {one.id: one.law for one in policy.matrix.families if one.energy_label} == {
        "noi-com": "qd-04-2017",
        "bep": "qd-14-2023",
        "quat": "qd-04-2017",
    }
    assert library.company.hours.on("sat") == "8:00–12:00"


def test_texts_follow_the_hours_of_whoever_works_at_other_times(content: Path) -> None:
    times = {"8:00": "7:15", "08:00": "07:15", "12:00": "11:45", "17:00": "16:15"}
    for file in (*content.rglob("*.md"), *content.rglob("*.yaml")):
        text = re.sub(
            r"\b(0?8:00|12:00|17:00)\b",
            lambda match: times[match[0]],
            file.read_text("utf-8"),
        )
        file.write_text(text, "utf-8")
    migrate(content, write=True)
    assert check(content) == []
    channels = yaml.safe_load((content / "cong-ty.yaml").read_text("utf-8"))["channels"]
    assert {one["id"]: one["hours"] for one in channels if "{{" in one["hours"]} == {
        "phone": "{{ Hours.short_open }}",
        "zalo": "{{ Hours.short }}",
        "counter": "{{ Hours.short_open }}",
    }
    assert read(content, build_date()).company.hours.on("sat") == "7:15–11:45"


def test_hours_without_quotes_are_quoted_where_braces_need_it(content: Path) -> None:
    company = content / "cong-ty.yaml"
    change(company, 'hours: "Thứ Hai–thứ Sáu 8:00–17:00"}', "hours: thứ Hai–thứ Sáu 8:00–17:00}")
    migrate(content, write=True)
    assert 'hours: "{{ hours.short }}"' in company.read_text("utf-8")
    assert check(content) == []


def test_what_a_program_cannot_know_stays_a_list_with_line_and_field(content: Path) -> None:
    page = content / "trang" / "dat-hang" / "cach-dat.md"
    page.write_text(page.read_text("utf-8") + "\nXe ghé chợ 5:30–6:15 mỗi sáng.\n", "utf-8")
    change(content / "phan-khuc.yaml", "{id: household,", "{id: khach-le,")
    done = run("migrate-content", str(content), "--write")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    line = len(page.read_text("utf-8").splitlines())
    assert f"noi-dung/trang/dat-hang/cach-dat.md:{line}: body: giờ viết tay" in done.stdout
    assert "[usual_segment]" in done.stdout
    assert "+routes:" in done.stdout


def test_line_feeds_and_marks_of_other_editors_stay(content: Path) -> None:
    for name in ("cong-ty.yaml", "cam-ket/ck-03.md"):
        file = content / name
        raw = file.read_bytes().replace(b"\n", b"\r\n")
        file.write_bytes(b"\xef\xbb\xbf" + raw)
    migrate(content, write=True)
    for name in ("cong-ty.yaml", "cam-ket/ck-03.md"):
        raw = (content / name).read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        assert raw.count(b"\r\n") == raw.count(b"\n")
    assert check(content) == []


def written_anew(content: Path, *, braces: bool) -> None:
    """Write all YAML as another program would: no comments, all in blocks or all in braces."""
    for file in (*content.rglob("*.yaml"), *content.glob("*/**/*.md")):
        text = file.read_text("utf-8")
        fence = len("---\n") if file.suffix == ".md" else 0
        end = text.index("\n---\n", fence) + 1 if fence else len(text)
        anew = yaml.safe_dump(
            yaml.safe_load(text[fence:end]),
            allow_unicode=True,
            sort_keys=False,
            default_flow_style=braces,
            width=80,
        )
        file.write_text(text[:fence] + anew + text[end:], "utf-8")


def test_content_that_another_program_wrote_is_brought_up_too(content: Path) -> None:
    written_anew(content, braces=False)
    migrate(content, write=True)
    assert "priority" not in (content / "khieu-nai.yaml").read_text("utf-8")
    assert "  danger: true\n" in (content / "khieu-nai.yaml").read_text("utf-8")
    assert check(content) == []


def test_a_file_that_would_be_broken_is_left_as_it_is(content: Path) -> None:
    written_anew(content, braces=True)
    made = migrate(content, write=True)
    assert {one.code for one in made.faults}.isdisjoint({"yaml_syntax", "no_fence"})
    assert yaml.safe_load((content / "cong-ty.yaml").read_text("utf-8"))["departments"]


def test_files_that_cannot_be_read_are_left_to_the_checker(content: Path) -> None:
    (content / "khieu-nai.yaml").unlink()
    (content / "thuat-ngu.yaml").write_bytes(b"\xff\xfe\x00")
    (content / "cong-ty.yaml").write_text("hours: [", "utf-8")
    done = run("migrate-content", str(content), "--write")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not (content / "khieu-nai.yaml").exists()
    assert (content / "cong-ty.yaml").read_text("utf-8") == "hours: ["


def test_a_folder_of_this_version_stays_as_it_is() -> None:
    made = migrate(CONTENT)
    assert made.done == ()
    assert made.files == {}


def test_nobody_is_given_the_trade_of_another_for_a_file_that_was_lost(tmp_path: Path) -> None:
    ours = tmp_path / "cua-toi"
    shutil.copytree(CONTENT, ours)
    (ours / "chu-de.yaml").unlink()
    made = migrate(ours, write=True)
    assert made.files == {}
    assert "missing_file" in {fault.code for fault in made.faults}


def git(folder: Path, *arguments: str) -> str:
    """Run git as nobody in particular."""
    who = ("-c", "user.name=Ai", "-c", "user.email=ai@congty.example", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_new_software_comes_without_a_conflict_and_touches_no_file_of_the_company(
    content: Path, tmp_path: Path
) -> None:
    software = tmp_path / "phan-mem"
    shutil.copytree(content, software / "content")
    git(tmp_path, "init", "--quiet", "-b", "main", str(software))
    git(software, "add", "-A")
    git(software, "commit", "-qm", "0.1.0")
    ours = tmp_path / "cua-toi"
    git(tmp_path, "clone", "--quiet", str(software), str(ours))
    shutil.copytree(content, ours / "cong-ty")
    change(ours / "cong-ty" / "cong-ty.yaml", "Gia dụng Nhã Khê", "Gia dụng Bình Minh")
    git(ours, "add", "-A")
    git(ours, "commit", "-qm", "Our content")
    before = letters(ours / "cong-ty")

    shutil.rmtree(software / "content")
    shutil.copytree(CONTENT, software / "content")
    shutil.copytree(ROOT / "tooling", software / "tooling")
    git(software, "add", "-A")
    git(software, "commit", "-qm", "0.2.0")
    git(ours, "pull", "--quiet", "--no-rebase", "--no-edit")

    assert git(ours, "status", "--porcelain") == ""
    assert letters(ours / "cong-ty") == before
    assert git(ours, "diff", "--name-only", "HEAD^1", "HEAD", "--", "cong-ty") == ""
    migrate(ours / "cong-ty", write=True)
    assert check(ours / "cong-ty") == []
    assert read(ours / "cong-ty", build_date()).company.name.endswith("Bình Minh")
