"""`inv adopt` as a company runs it: answers in, a folder out that is right as it is."""

import re
import subprocess
from datetime import datetime
from pathlib import Path

import httpx
import pytest

from forms_api.kinds import DECLARED
from plugins.build_date import build_date
from service_policy.addresses import SERVER_PAGES
from service_policy.content import read
from tests.support.checker import check, run
from tests.support.checkout import served
from tooling.build import build
from tooling.paths import ROOT

GUIDE = (ROOT / "docs" / "adopting.md").read_text("utf-8")
ANSWERS = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)[0]
"""The answers that the guide shows."""

HEAD = """\
name: 'Hộ kinh doanh "Thợ Ơi" & Con''s – sửa điện, nước'
short_name: Thợ "Ơi"
tax_code: 0300000000-001
registration: {number: 41A8-012345, issued_on: 2021-03-04, issued_by: "Phường Mẫu: phòng kinh tế"}
address: 5/7 hẻm Ô Môn, phường Ông Ích Khiêm
representative: Đặng Thị Ỷ
email: tho@thooi.example
hotline: 028 3800 0000
website: https://thooi.example
"""
ONE_OF_EACH = f"""{HEAD}\
hours:
  weekdays: [mon, tue, wed, thu, fri]
  intervals: [{{opens: "07:30", closes: "11:30"}}, {{opens: "13:00", closes: "16:45"}}]
  reception: [{{weekdays: [sat], intervals: [{{opens: "08:00", closes: "11:00"}}]}}]
departments: [{{id: tho, name: "Tổ thợ: điện & nước", role: Tổ trưởng, email: t@thooi.example}}]
segments: [{{id: khach, name: Khách}}]
"""
SIX_AND_FIVE = f"""{HEAD}\
hours:
  weekdays: [mon, tue, wed, thu, fri, sat, sun]
  intervals: [{{opens: "07:00", closes: "19:00"}}]
departments:
  - {{id: don, name: Nhận đơn, role: Trưởng phòng, email: a@thooi.example}}
  - {{id: giao, name: Giao hàng, role: Trưởng kho, email: b@thooi.example, takes: [hen]}}
  - {{id: xuong, name: Xưởng, role: Quản đốc, email: c@thooi.example, takes: [bao-hanh, an-toan]}}
  - {{id: tien, name: Kế toán, role: Kế toán trưởng, email: d@thooi.example, takes: [hoa-don]}}
  - {{id: luat, name: Pháp chế, role: Luật sư, email: e@thooi.example, takes: [du-lieu, tai-lieu]}}
  - {{id: sep, name: Ban giám đốc, role: Giám đốc, email: f@thooi.example}}
segments:
  - {{id: nha, name: Nhà ở, usual: true}}
  - {{id: khach-san, name: Khách sạn, quotes: true}}
  - {{id: van-phong, name: Văn phòng, tax_code: true}}
  - {{id: dai-ly, name: Đại lý, partner: true, credit: true, prices: Giá theo hợp đồng.}}
  - {{id: cong-trinh, name: Công trình, obligation_cap_percent: 8}}
families: [{{id: ban, name: "Bàn, ghế"}}]
"""


def adopt(folder: Path, answers: str) -> subprocess.CompletedProcess[str]:
    """Run the task with a file of answers."""
    file = folder.with_name("tra-loi.yaml")
    file.write_text(answers, "utf-8")
    return run("adopt", str(folder), "--answers", str(file))


def refused(folder: Path, answers: str) -> list[str]:
    """Return the lines with which the task refuses answers; it leaves nothing behind."""
    done = adopt(folder, answers)
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    assert [one.name for one in folder.parent.iterdir()] == ["tra-loi.yaml"]
    return done.stderr.splitlines()


def test_the_answers_of_the_guide_make_a_company_that_keeps_its_own_hours(
    checkout: Path, tmp_path: Path
) -> None:
    assert len(ANSWERS.splitlines()) <= 25
    content = tmp_path / "cong-ty"
    done = adopt(content, ANSWERS)
    assert done.returncode == 0, done.stderr
    assert check(content) == []
    with (
        served(checkout, PORTAL_CONTENT_DIR=str(content)) as (address, _),
        httpx.Client(base_url=address, timeout=180) as client,
    ):
        assert "An Bình" in client.get("/").text
        assert "thứ Hai đến thứ Bảy" in client.get("/lich-nghi/").text
        pages = ("/cam-ket/ck-03/", "/bang-gia/phi-dich-vu/", "/tai-lieu/bg-pdv/", "/ket-qua/")
        for page in (*pages, *DECLARED.forms, *SERVER_PAGES):
            assert client.get(page).status_code == 200, page
        # What to do in danger is not the same in every trade, so that each company says it.
        form = client.get("/gui/khieu-nai/").text
        assert "Gọi ngay 1900 0000 (số mẫu)." in form
        complaint = {
            "category": "HE",
            "segment": "doanh-nghiep",
            "description": "Hẹn giao hôm qua mà đến giờ vẫn chưa thấy ai tới.",
            "name": "Nguyễn Thị Mẫu",
            "phone": "0912 345 678",
        }
        filed = client.post("/api/v1/complaints", json=complaint)
        assert filed.status_code == 201, filed.text
        assert "Kỹ thuật" in filed.text
        due = {
            one["id"]: datetime.fromisoformat(one["due_at"])
            for one in filed.json()["promises"]
            if one["due_at"]
        }
        received = datetime.fromisoformat(filed.json()["received_at"])
        calendar = read(content, received.date()).policy.calendar
        # Four hours are the category's own; the seven days are those of a week of six.
        assert calendar.working_minutes_between(received, due["CK-01"]) == 4 * 60
        day = calendar.day_received(received)
        for _ in range(7):
            day = calendar.next_working_day(day)
        assert due["CK-02"].date() == day


@pytest.mark.parametrize(
    ("answers", "departments", "promise"),
    [(ONE_OF_EACH, {"tho"}, "đến đúng giờ hẹn"), (SIX_AND_FIVE, {"don", "giao", "xuong", "tien",
     "luat", "sep"}, "Giao hàng đúng hẹn")],
    ids=["one of each, no goods", "six departments, five segments"],
)  # fmt: skip
def test_an_unusual_company_is_right_at_once_and_builds(
    tmp_path: Path, answers: str, departments: set[str], promise: str
) -> None:
    content = tmp_path / "cong-ty"
    assert adopt(content, answers).returncode == 0
    assert check(content) == []
    library = read(content, build_date())
    assert len(library.commitments) == 5
    assert len(library.faq) == 10
    assert all(len(one.examples) >= 1 for one in library.commitments)
    # There is one group of products, so that nobody has to name one to have the date of its repair.
    matrix, repair = library.policy.matrix, library.commitments[3]
    assert str(repair.deadline(matrix, matrix.usual.id)) == "7 ngày làm việc"
    answering = {one.department for one in library.policy.categories}
    routed = {one.department for one in library.company.routes}
    review = library.company.decisions.review.department
    assert answering | routed | {review} == departments
    built = build(tmp_path / "site", content)
    home = (built.output / "index.html").read_text("utf-8")
    assert "Hộ kinh doanh" in home
    assert "Nhã Khê" not in home
    assert promise in home
    # Nobody has to be told that the only group of products is A.
    groups = {f"nhóm {one.id}" for one in matrix.product_groups} | {'class="matrix__groups"'}
    for page in ("cam-ket", "cam-ket/ck-04"):
        text = (built.output / page / "index.html").read_text("utf-8").casefold()
        assert [one for one in groups if one.casefold() in text] == [], page


def test_what_is_to_be_decided_is_listed_with_file_and_line(tmp_path: Path) -> None:
    content = tmp_path / "cong-ty"
    done = adopt(content, ONE_OF_EACH)
    listed = re.findall(r"^(\S+\.(?:md|yaml)):(\d+): \S", done.stdout, re.MULTILINE)
    for file, line in listed:
        marked = (content / file).read_text("utf-8").splitlines()[int(line) - 1]
        assert "# QUYẾT ĐỊNH: " in marked, (file, line)
    files = {file for file, _ in listed}
    assert {f"cam-ket/ck-0{number}.md" for number in range(1, 6)} <= files
    assert {"cong-ty.yaml", "khieu-nai.yaml", "bang-gia/phi-dich-vu.md"} <= files


def test_every_wrong_answer_is_named_at_once_with_its_line(tmp_path: Path) -> None:
    wrong = ANSWERS
    for old, new in (
        ("tax_code: 03", "taxcode: 03"),
        ("takes: [hen, bao-hanh]", "takes: [hen, sua]"),
        ('closes: "17:30"', 'closes: "13:00"'),
        ("id: ke-toan, name: Kế toán", "name: Kế toán"),
    ):
        assert old in wrong
        wrong = wrong.replace(old, new)
    lines = refused(tmp_path / "cong-ty", wrong)
    places = {tuple(line.split("tra-loi.yaml:")[1].split(": ")[:2]) for line in lines}
    assert {
        ("4", "taxcode"),
        ("1", "tax_code"),
        ("13", "hours.intervals.2"),
        ("16", "departments.2.takes.2"),
        ("17", "departments.3.id"),
    } == places


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("id: ke-toan", "id: cskh", "mã phòng “cskh” có hai lần"),
        ("takes: [hoa-don]", "takes: [hen]", "việc “hen” có hai lần"),
        (", usual: true", "", "usual: true vào đúng một phân khúc"),
        ("address: 12 đường Mẫu", "address: <script>12 đường Mẫu", "tra-loi.yaml:6: address: "),
        ("short_name:", "name:", "name"),
    ],
)
def test_answers_that_do_not_fit_together_are_refused(
    tmp_path: Path, old: str, new: str, why: str
) -> None:
    assert old in ANSWERS
    assert why in "\n".join(refused(tmp_path / "cong-ty", ANSWERS.replace(old, new, 1)))


def test_a_folder_that_holds_something_is_left_as_it_is(tmp_path: Path) -> None:
    content = tmp_path / "cong-ty"
    content.mkdir()
    (content / "cua-toi.txt").write_text("giữ nguyên", "utf-8")
    done = adopt(content, ANSWERS)
    assert done.returncode == 1
    assert done.stderr == f"{content} không trống: chọn thư mục mới hoặc trống\n"
    assert [one.name for one in content.iterdir()] == ["cua-toi.txt"]


def test_a_fresh_repository_is_an_empty_folder(tmp_path: Path) -> None:
    content = tmp_path / "cong-ty"
    (content / ".git").mkdir(parents=True)
    assert adopt(content, ONE_OF_EACH).returncode == 0
    assert (content / "cong-ty.yaml").is_file()
    assert (content / ".git").is_dir()


def test_whoever_has_no_file_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tooling.adoption.adopt import adopt as move_in
    from tooling.words import Refused

    said = iter(
        [
            'Công ty "A" & B', "A & B", "0312", "Số 1, phố Mẫu", "Lê A", "a@b.example", "19001",
            "b.example", "0312", "2020-01-02", "Sở TC", "", "6", "07:00-11:00, 12:00-16:00",
            "cskh", "Khách hàng", "Trưởng phòng", "a@b.example", "",
            "ca-nhan", "Cá nhân", "to-chuc", "Tổ chức", "", "",
        ]
    )  # fmt: skip
    monkeypatch.setattr("builtins.input", lambda _: next(said))
    content = tmp_path / "cong-ty"
    move_in(content)
    library = read(content, build_date())
    assert library.company.name == 'Công ty "A" & B'
    assert library.company.hours.days == "thứ Hai đến thứ Bảy"
    assert [one.id for one in library.policy.matrix.segments] == ["ca-nhan", "to-chuc"]
    assert library.policy.matrix.usual.id == "ca-nhan"

    def left(_: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", left)
    with pytest.raises(Refused, match="Chưa trả lời hết"):
        move_in(tmp_path / "khac")
    assert not (tmp_path / "khac").exists()
