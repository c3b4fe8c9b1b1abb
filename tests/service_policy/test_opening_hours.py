"""Hours are told from one place: change them there, and every text says the new ones."""

import re
from pathlib import Path

import pytest

from service_policy.content import Fault, Library, check, read
from service_policy.content.placeholders import company_names
from service_policy.opening_hours import Hours
from tests.service_policy.broken_content import FAQ, append, sub, swap
from tests.service_policy.conftest import TODAY

SPAN = re.compile(r"[0-9]{1,2}:[0-9]{2}[–-][0-9]{1,2}:[0-9]{2}")


def hours(**fields: object) -> Hours:
    given = {
        "weekdays": ("mon", "tue", "wed", "thu", "fri"),
        "intervals": ({"opens": "08:00", "closes": "12:00"}, {"opens": "13:00", "closes": "17:00"}),
        **fields,
    }
    return Hours.model_validate(given)


def faults_of(content: Path, code: str) -> list[Fault]:
    return [fault for fault in check(content, TODAY) if fault.code == code]


def six_days(content: Path) -> Library:
    """Move in a company that works Monday to Saturday, 7:30 to 17:30, without a break."""
    swap(
        "cong-ty.yaml",
        "weekdays: [mon, tue, wed, thu, fri]",
        "weekdays: [mon, tue, wed, thu, fri, sat]",
    )(content)
    swap("cong-ty.yaml", '    - {opens: "08:00", closes: "12:00"}\n', "")(content)
    swap("cong-ty.yaml", '{opens: "13:00", closes: "17:00"}', '{opens: "07:30", closes: "17:30"}')(
        content
    )
    return read(content, TODAY)


def texts_of(library: Library) -> str:
    """Return every text of the library, as readers are shown it."""
    parts = (library.company, library.terms, *library.pages, *library.faq, *library.warranty)
    return "\n".join(str(one.model_dump()) for one in (*parts, *library.partners))


def test_the_words_of_a_usual_week() -> None:
    names = hours(
        reception=({"weekdays": ("sat",), "intervals": ({"opens": "08:00", "closes": "12:00"},)},)
    ).names()
    assert names["hours"] == "thứ Hai đến thứ Sáu 8:00–12:00 và 13:00–17:00"
    assert names["hours.short_open"] == "thứ Hai–thứ Sáu 8:00–17:00, thứ Bảy 8:00–12:00"
    assert (names["hours.mon-fri"], names["hours.sat"]) == (names["hours.times"], "8:00–12:00")
    assert names["hours.sun"] == "nghỉ"
    assert names["hours.sat-sun"] == "thứ Bảy 8:00–12:00; Chủ nhật nghỉ"
    assert names["hours.reception"].startswith("thứ Bảy 8:00–12:00 có người")


@pytest.mark.parametrize(
    ("weekdays", "words"),
    [
        (("mon", "tue", "wed", "thu", "fri", "sat"), "thứ Hai đến thứ Bảy"),
        (("mon", "wed", "fri"), "thứ Hai, thứ Tư, thứ Sáu"),
        (("tue", "wed"), "thứ Ba, thứ Tư"),
        (("mon", "tue", "wed", "sun"), "thứ Hai đến thứ Tư, Chủ nhật"),
        (("sun",), "Chủ nhật"),
    ],
)
def test_days_are_named_as_people_name_them(weekdays: tuple[str, ...], words: str) -> None:
    assert hours(weekdays=weekdays).days == words


def test_three_intervals_and_none_for_reception() -> None:
    intervals = ({"opens": "07:30", "closes": "11:00"}, {"opens": "12:30", "closes": "16:00"})
    names = hours(intervals=(*intervals, {"opens": "18:00", "closes": "20:15"})).names()
    assert names["hours.times"] == "7:30–11:00, 12:30–16:00 và 18:00–20:15"
    assert (names["hours.opens"], names["hours.closes"]) == ("7:30", "20:15")
    assert names["hours.reception"] == "ngoài giờ làm việc không có người trực"
    assert names["hours.open"] == names["hours"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('closes: "12:00"}', 'closes: "08:00"}', "no_time_between"),
        ('opens: "13:00"', 'opens: "11:30"', "intervals_overlap"),
        ("weekdays: [mon, ", "weekdays: [monday, ", "literal_error"),
        (
            "  reception:",
            (
                '  others: {sat: {weekdays: [sat], intervals: [{opens: "18:00", closes: "21:00"}]}}'
                "\n"
                "  reception:"
            ),
            "name_taken",
        ),
    ],
)
def test_hours_that_cannot_be_are_refused(content: Path, old: str, new: str, code: str) -> None:
    swap("cong-ty.yaml", old, new)(content)
    assert [fault.file for fault in faults_of(content, code)] == ["content/cong-ty.yaml"]


def test_other_hours_are_told_everywhere_once_they_change(content: Path) -> None:
    library = six_days(content)
    told = texts_of(library)
    assert set(SPAN.findall(told)) == {"7:30–17:30"}
    assert "thứ Hai đến thứ Sáu 8" not in told
    channels = {one.id: one.hours for one in library.company.channels}
    assert channels["phone"] == channels["zalo"] == "Thứ Hai–thứ Bảy 7:30–17:30"
    page = next(one for one in library.pages if one.url == "/lich-nghi/").body
    assert "**Ngày làm việc**: thứ Hai đến thứ Bảy, trừ" in page
    assert "Ngoài giờ làm việc không có người trực" in page
    assert "kết thúc lúc 17:30 của ngày cuối" in page


def test_examples_of_deadlines_follow_the_hours(content: Path, library: Library) -> None:
    def rows(one: Library) -> list[list[str]]:
        body = next(page for page in one.pages if page.url == "/lich-nghi/").body
        table = body.partition("|---|")[2].partition("\n\n")[0].splitlines()[1:]
        return [[cell.strip() for cell in row.strip("|").split("|")] for row in table]

    assert [row[2] for row in rows(library)] == [
        "thứ Năm 26/11/2026, 17:00",
        "thứ Sáu 27/11/2026, 17:00",
        "thứ Tư 25/11/2026, 17:00",
        "thứ Năm 03/12/2026, 17:00",
        "thứ Hai 04/01/2027, 17:00",
        "thứ Tư 25/11/2026, 10:00",
    ]
    assert rows(library)[1][3].startswith("coi như nhận thứ Hai 23/11")
    assert rows(library)[4][3] == "bỏ cuối tuần, bỏ thứ Sáu 01/01 (Tết Dương lịch)"
    longer = rows(six_days(content))
    assert [row[2] for row in longer][:2] == ["thứ Tư 25/11/2026, 17:30"] * 2
    assert longer[1][3] == "bỏ Chủ nhật, bỏ thứ Ba 24/11 (Ngày Văn hóa Việt Nam)"
    assert longer[5][2] == "thứ Tư 25/11/2026, 9:00"


def test_reception_on_a_working_day_is_passed_over(content: Path) -> None:
    names = company_names(six_days(content).company)
    assert names["hours.sat"] == "7:30–17:30"
    assert "thứ Bảy 8:00" not in names["hours.open"]


@pytest.mark.parametrize(
    "typed",
    [
        *("Mở cửa 8:00–12:00.", "từ 8:00 đến 12:00", "7h30-17h30", "**7h** đến **17h**", "8-17h"),
        *("8 giờ sáng đến 5 giờ chiều", "7 giờ 30 tới 17 giờ 30", "8:00 – 17:00", "8h–12h"),
    ],
)
@pytest.mark.parametrize("place", [FAQ, "cong-ty.yaml"])
def test_typed_hours_are_a_fault_with_their_line(content: Path, typed: str, place: str) -> None:
    if place == FAQ:
        append(FAQ, f"\n\nXin xem.\n{typed}\n")(content)
        line = (content / FAQ).read_text(encoding="utf-8").count("\n")
    else:
        sub(place, r'hours: "\{\{ Hours.short \}\}"', f'hours: "{typed}"')(content)
        lines = (content / place).read_text(encoding="utf-8").splitlines()
        line = next(number for number, text in enumerate(lines, 1) if typed in text)
    (fault,) = faults_of(content, "typed_hours")
    assert (fault.file, fault.line) == (f"content/{place}", line)
    assert "hours.others" in fault.fix


@pytest.mark.parametrize(
    "other",
    [
        *("xong trong 2–4 giờ", "sửa 2-4h", "24h đến 48h", "chốt trước 15:00", "điều 30.2:8–9"),
        *("từ 2 giờ đến 4 giờ", "ngày 1/7–31/12", "1900 0000", "trước 17:00 cùng ngày", "1:2–1:4"),
    ],
)
def test_what_is_no_span_of_hours_may_be_typed(content: Path, other: str) -> None:
    append(FAQ, f"\n\n{other}\n")(content)
    assert faults_of(content, "typed_hours") == []


def test_hours_of_something_else_have_a_name(content: Path) -> None:
    evening = '{weekdays: [sat, sun], intervals: [{opens: "18:00", closes: "21:00"}]}'
    others = f"  others: {{giao-toi: {evening}}}\n"
    sub("cong-ty.yaml", r"^(  reception:.*\n)", rf"{others}\1")(content)
    append(FAQ, "\n\n{{ Hours.giao-toi }}.\n")(content)
    found = next(one for one in read(content, TODAY).faq if one.path.endswith(FAQ))
    assert found.body.endswith("Thứ Bảy, Chủ nhật 18:00–21:00.")


def test_a_name_that_nobody_declared_is_named_in_a_data_file_too(content: Path) -> None:
    swap("cong-ty.yaml", "{{ Hours.short }}", "{{ hours.shrt }}")(content)
    (fault,) = faults_of(content, "unknown_placeholder")
    assert fault.file == "content/cong-ty.yaml"
    assert "hours.short" in fault.fix
