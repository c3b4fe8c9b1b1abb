"""Facts that stand twice, prices with a zero too many, days on which nothing holds."""

from pathlib import Path

import pytest

from service_policy.content import check, read
from service_policy.weekly_check import gaps_to_close
from tests.service_policy.broken_content import Breaker, both, sub, swap
from tests.service_policy.conftest import TODAY

SHEET = "bang-gia/ban-le-2026-11"
PRODUCT = "san-pham/nc-10m.md"
TWICE: dict[str, tuple[Breaker, str, str]] = {
    # what differs: (how, the field that is told, where the other answer stands)
    "the unit": (
        sub(f"{SHEET}.csv", r"^NC-10M,cái", "NC-10M,bộ"),
        "lines.1.unit",
        f"content/{PRODUCT}:13",
    ),
    "the months of warranty": (
        sub(f"{SHEET}.csv", r"^(NC-10M.*),12,12$", r"\1,18,12"),
        "lines.1.warranty_months",
        f"content/{PRODUCT}:14",
    ),
    "the least a dealer orders": (
        sub(f"{SHEET}.csv", r"^(NC-10M.*),12,12$", r"\1,12,10"),
        "lines.1.dealer_minimum",
        f"content/{PRODUCT}:43",
    ),
    "the last day in the summary": (
        swap(f"{SHEET}.md", "đến hết 31/12/2026", "đến hết 30/11/2026"),
        "summary",
        f"content/{SHEET}.md:9",
    ),
    "how many products there are": (
        swap(f"{SHEET}.md", "của 12 sản", "của 13 sản"),
        "summary",
        f"content/{SHEET}.csv:2",
    ),
    "the power on the label": (
        swap(PRODUCT, 'power: "500 W', 'power: "700 W'),
        "details.1",
        f"content/{PRODUCT}:20",
    ),
    "what is in the box": (
        swap(PRODUCT, 'contents: "1 cái"', 'contents: "1 bộ"'),
        "label.contents",
        f"content/{PRODUCT}:13",
    ),
}


@pytest.mark.parametrize("what", TWICE)
def test_two_answers_to_one_question_are_told_with_both_places(content: Path, what: str) -> None:
    breaker, field, other = TWICE[what]
    breaker(content)
    (fault,) = check(content, TODAY)
    assert (fault.code, fault.field, fault.level) == ("two_answers", field, "error"), str(fault)
    assert f"mà {other} " in fault.message


def price(written: str) -> Breaker:
    return sub(f"{SHEET}.csv", r"^NC-10M,cái,590000", f"NC-10M,cái,{written}")


@pytest.mark.parametrize("written", ["5900000", "59000", "１９９９９９９９９", "6500000", "590"])
def test_a_price_ten_times_off_asks_for_confirmation(content: Path, written: str) -> None:
    price(written)(content)
    (fault,) = check(content, TODAY)
    assert (fault.code, fault.field) == ("price_jump", "lines.1.price_vnd")
    assert "price_checked: true" in fault.fix


def test_a_price_list_in_the_front_matter_asks_as_well(content: Path) -> None:
    file = "bang-gia/phi-dich-vu-v2.md"
    swap(file, "price_vnd: 40000,", "price_vnd: 400000,")(content)
    (fault,) = check(content, TODAY)
    assert fault.code == "price_jump"
    swap(file, "price_vnd: 400000,", "price_vnd: 400000, price_checked: true,")(content)
    assert check(content, TODAY) == []


def test_a_new_product_is_held_against_its_family(content: Path) -> None:
    both(
        *(sub(f"bang-gia/{one}.csv", r"^NC-10M.*\n", "") for one in
          ("ban-le-2026-05", "ban-le-2026-11-v1", "ban-le-2027-01")),
        price("59000000"),
    )(content)  # fmt: skip
    assert "price_jump" in {fault.code for fault in check(content, TODAY)}


@pytest.mark.parametrize("written", ["650000", "1100000", "300000"])
def test_a_raise_or_a_sale_asks_nothing(content: Path, written: str) -> None:
    price(written)(content)
    assert check(content, TODAY) == []


@pytest.mark.parametrize(
    ("written", "answer"),
    [("590.000", "590000"), ("1,200", "1200"), ("1 200 000", "1200000")],
)
def test_a_price_with_separators_is_asked_about(content: Path, written: str, answer: str) -> None:
    price(f'"{written}"')(content)
    (fault,) = check(content, TODAY)
    assert fault.fix.startswith(f"viết {answer} nếu là ")


@pytest.mark.parametrize("written", ["٥٩٠٠٠٠", "59000²", "五九"])
def test_digits_of_another_script_are_no_price(content: Path, written: str) -> None:
    price(written)(content)
    assert [fault.code for fault in check(content, TODAY)] == ["not_an_integer"]


GAPS: dict[str, tuple[Breaker, str, str]] = {
    "between two price lists": (
        both(
            sub("bang-gia/ban-le-2027-01.md", r"^valid_from: .*$", "valid_from: 2027-01-15"),
            swap("bang-gia/ban-le-2027-01.md", "từ 01/01/2027", "từ 15/01/2027"),
        ),
        "bang-gia/ban-le-2027-01.md",
        "14 ngày",
    ),
    "between two versions of the fees": (
        sub("bang-gia/phi-dich-vu-v2.md", r"^valid_from: .*$", "valid_from: 2027-01-02"),
        "bang-gia/phi-dich-vu-v2.md",
        "1 ngày",
    ),
    "between a law and its successor": (
        both(
            sub("can-cu.yaml", r"(id: nd-248-2026.*effective_from: [0-9-]+)\}",
                r"\1, effective_to: 2026-12-31, successor: sau}"),
            sub("can-cu.yaml", r"^references:\n", "references:\n  - {id: sau, title: Sau,"
                " short: Sau, number: 1/2027, effective_from: 2027-02-01}\n"),
        ),
        "can-cu.yaml",
        "31 ngày",
    ),
    "a year without days off": (
        both(
            swap("lich-nghi.yaml", "year: 2027", "year: 2028"),
        ),
        "lich-nghi.yaml",
        "năm 2027",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", GAPS)
def test_days_on_which_nothing_holds_are_a_warning(content: Path, what: str) -> None:
    breaker, file, words = GAPS[what]
    breaker(content)
    faults = [fault for fault in check(content, TODAY) if fault.code == "gap_in_time"]
    (fault,) = faults
    assert (fault.file, fault.level) == (f"content/{file}", "warning")
    assert words in fault.message
    assert not [one for one in check(content, TODAY) if one.level == "error"]
    library = read(content, TODAY)
    found = list(
        gaps_to_close(
            (*library.price_sheet_versions, *library.scheduled_sheets),
            library.policy.versions,
            library.legal.references,
            library.holidays,
            TODAY,
        )
    )
    assert [one.kind for one in found] == ["gap"]
    assert words in found[0].what


def test_a_gap_between_versions_of_a_promise_is_a_warning(content: Path) -> None:
    old = content / "cam-ket" / "ck-05.md"
    text = old.read_text(encoding="utf-8")
    later = text.replace("version: 1", "version: 2", 1)
    later = later.replace(
        "effective_from: 2026-07-01", "effective_from: 2027-01-01\nannounced_on: 2026-11-01"
    )
    later = later.replace("approved_on: 2026-06-22", "approved_on: 2026-10-30")
    (content / "cam-ket" / "ck-05-v2.md").write_text(later, encoding="utf-8")
    sub("cam-ket/ck-05.md", r"^effective_from: .*$", r"\g<0>\neffective_to: 2026-12-15")(content)
    (fault,) = check(content, TODAY)
    assert (fault.code, fault.level) == ("gap_in_time", "warning")
    assert "16 ngày" in fault.message


def test_a_successor_that_is_not_in_the_list_is_a_fault(content: Path) -> None:
    sub("can-cu.yaml", r"(id: nd-248-2026.*effective_from: [0-9-]+)\}",
        r"\1, effective_to: 2027-12-31, successor: khong-co}")(content)  # fmt: skip
    assert "unknown_law" in {fault.code for fault in check(content, TODAY)}
