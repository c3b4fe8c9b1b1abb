"""Entering cases, finding them, exporting them, and the chain between departments."""

import csv
import io
import zipfile

import pytest

from forms_api import fsck, kinds, service
from forms_api.audit import Wanted, trail
from forms_api.loading import load
from service_policy.csv_tables import harmless
from tests.support.submissions import COMPLAINT, INQUIRY
from tests.support.visitor import Visitor

ENTERED = {key: str(value) for key, value in COMPLAINT.items()}


def file_one(portal, now, **changes) -> str:
    complaint = kinds.of("complaint").read({**COMPLAINT, **changes}, portal.policy, now)
    return service.file_case(portal, complaint, None, now).reference


def enter(visitor: Visitor, kind: str = "khieu-nai", **values: str):
    page = visitor.get(f"/noi-bo/nhap/{kind}/")
    return visitor.press(page, "Ghi phiếu, in biên nhận", values)


def test_a_case_told_by_phone_starts_its_clock_when_it_was_told(log_in, portal, clock) -> None:
    clock.move(hours=3)
    lan = log_in()
    seen = enter(lan, channel="phone", taken_on="23/11/2026", taken_time="9h15", **ENTERED)
    assert seen.status == 201
    reference = seen.document.one("h1") and seen.html.split("/noi-bo/ho-so/")[1].split("/")[0]
    loaded = portal.store.read(lambda c: load(c, reference))
    assert loaded.case.received_at.isoformat() == "2026-11-23T02:15:00+00:00"
    assert (loaded.events[0].channel, loaded.events[0].entered_by.id) == ("phone", "NV-lan")
    assert "Mã bí mật của khách" in seen.html
    assert fsck.faults(portal.store) == []


def test_an_inquiry_may_be_entered_too(log_in) -> None:
    typed = {key: str(value) for key, value in INQUIRY.items()}
    assert enter(log_in(), "hoa-don", channel="counter", **typed).status == 201


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"channel": "web"}, "channel"),
        ({"channel": ""}, "channel"),
        ({"taken_time": "25:00"}, "taken_time"),
        ({"taken_time": "9" * 11}, "taken_time"),
        ({"taken_time": "9" * 5_000 + ":00"}, "taken_time"),
        ({"taken_time": "8:" + "9" * 30}, "taken_time"),
        ({"taken_on": "1/1/" + "9" * 11, "taken_time": "8:00"}, "taken_on"),
        ({"taken_time": "9:01"}, "taken_time"),
        ({"taken_on": "24/11/2026"}, "taken_on"),
        ({"taken_on": "20/11/2026"}, "taken_time"),
        ({"description": "ngắn"}, "description"),
    ],
)
def test_no_clock_starts_in_the_future_or_by_guess(log_in, wrong, field) -> None:
    page = enter(log_in(), **{**ENTERED, "channel": "phone", **wrong})
    assert page.status == 422
    assert field in page.errors
    assert "Nguyễn Thị Mẫu" in page.html


def test_entering_twice_from_one_page_makes_one_case(log_in) -> None:
    lan = log_in()
    page = lan.get("/noi-bo/nhap/khieu-nai/")
    values = {**ENTERED, "channel": "zalo"}
    first, again = (lan.press(page, "Ghi phiếu, in biên nhận", values) for _ in range(2))
    assert (first.status, again.status) == (201, 201)
    assert first.document.one("h1").text == again.document.one("h1").text
    other = lan.press(page, "Ghi phiếu, in biên nhận", {**values, "name": "Người khác"})
    assert other.status == 409


def search(visitor: Visitor, question: str) -> str:
    return visitor.press(visitor.get("/noi-bo/tim/"), "Tìm", {"q": question}).html


def test_a_case_is_found_by_phone_name_and_reference(log_in, portal, clock) -> None:
    reference = file_one(portal, clock())
    lan = log_in("lan", "agent", "cskh")
    for question in ("0912345678", "nguyen thi mau", reference.replace("-", " ").lower()):
        assert reference in search(lan, question), question
    assert reference not in search(lan, "0912345679")


def test_who_has_no_part_in_a_case_does_not_find_it(log_in, portal, clock) -> None:
    reference = file_one(portal, clock())
    assert reference not in search(log_in("minh", "agent", "marketing"), "0912345678")
    assert log_in("ed", "editor", "marketing").get("/noi-bo/tim/").status == 403


NASTY = (
    "=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", " =1+1", "＝1+1", "＋1", "－1", "＠x",
    "\u200b=1+1", "\ufeff=1+1", "\u00a0=cmd|' /C calc'!A0", "|x", "%0A=1", "−1", "+84912345678=1",
    "=HYPERLINK(\"http://evil.example\",\"x\")",
)  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_what_begins_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["+84912345678", "Nguyễn Văn A", "0912 345 678", "a=b", "", "DH-2026", "1.000.000 đ"]
)
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_exports_hold_no_formula_and_whole_phone_numbers(log_in, portal, clock) -> None:
    for text in NASTY:
        clean = text.strip().lstrip("\u200b\ufeff\t\r")
        file_one(portal, clock(), description=f"{clean} và thêm cho đủ hai mươi ký tự")
    lead = log_in("lan", "lead", "cskh")
    page = lan_page = lead.get("/noi-bo/xuat/")
    assert lan_page.status == 200
    answer = lead.press(page, "Tệp CSV").response
    assert answer.headers["Content-Disposition"] == "attachment; filename=phieu.csv"
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert len(rows) == len(NASTY) + 1
    for row in rows[1:]:
        assert "0912 345 678" in row
        for cell in row:
            assert cell.strip()[:1] not in set("=+-@|%＝＋－＠"), cell
    book = lead.press(page, "Tệp Excel (.xlsx)").response.data
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "<hyperlink" not in sheet
        assert "+84912345678" in sheet


def test_an_auditor_exports_without_personal_data_and_it_is_written_down(
    log_in, portal, clock
) -> None:
    file_one(portal, clock())
    auditor = log_in("an", "auditor", "qa")
    text = auditor.press(auditor.get("/noi-bo/xuat/"), "Tệp CSV").response.text
    assert "KN-26-" in text
    for personal in ("Mẫu", "912345678", "khach.example", "trễ ba ngày"):
        assert personal not in text
    found = trail(portal, Wanted(staff_id="NV-an"))
    assert [(one.action, one.detail) for one in found.entries] == [("xuất tệp", "1 phiếu, csv")]


def test_the_chain_counts_departments_and_never_names_persons(log_in, portal, clock) -> None:
    reference = file_one(portal, clock())
    lan = log_in("lan", "agent", "kho-van")
    page = lan.get(f"/noi-bo/ho-so/{reference}/chuyen/")
    lan.press(
        page, "Chuyển phòng khác",
        {"to": "qa", "reason": "expertise", "text": "Cần giám định tại xưởng."},
    )  # fmt: skip
    chain = log_in("an", "auditor", "qa").get("/noi-bo/day-chuyen/")
    assert chain.status == 200
    takers, table = chain.html.split("Hạn nội bộ đã hẹn")[0].split("Từ phòng nào sang phòng nào")
    assert "Kho vận" in table
    assert "chưa đo" not in table
    assert "Bảo đảm chất lượng" in table
    assert "Lan" not in takers + table


def test_the_chain_says_in_minutes_how_long_a_department_was_late(log_in, portal, clock) -> None:
    reference = file_one(portal, clock())
    lan = log_in("lan", "agent", "kho-van")
    page = lan.get(f"/noi-bo/ho-so/{reference}/chuyen/")
    assert "Cả phiếu, không nêu việc riêng (hạn của phòng: 2 ngày làm việc)" in page.html
    lan.press(
        page, "Chuyển phòng khác",
        {"to": "ky-thuat", "reason": "expertise", "text": "Cần giám định tại xưởng."},
    )  # fmt: skip
    # Taken on Monday before a day off, it was due on Thursday at five; it is Friday at nine.
    clock.move(days=4)
    chain = log_in("an", "auditor", "qa").get("/noi-bo/day-chuyen/").html
    for words in ("3 ngày làm việc", "(1.440 phút)", "1 giờ làm việc", "(60 phút, 1 lần)"):
        assert words in chain, words
