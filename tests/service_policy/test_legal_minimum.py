"""What the law demands beside what is promised, and who signed it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from service_policy.approval import Approver
from service_policy.content import Library, check
from service_policy.promises.beside_the_law import beside
from service_policy.promises.calendar import BusinessCalendar
from service_policy.promises.clock import CLOCK_UNITS, Quantity, due_at
from service_policy.promises.legal_minimum import LegalMinimum, keeps
from service_policy.promises.policy import Policy, fingerprint_of
from tests.service_policy.broken_content import append, sub
from tests.service_policy.conftest import TODAY

TIMES = st.builds(
    lambda unit, value: Quantity(value=value, unit=unit),
    st.sampled_from(sorted(CLOCK_UNITS)),
    st.integers(0, 60),
)
STARTS = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def quantity(text: str) -> Quantity:
    value, unit = text.split()
    return Quantity(value=int(value), unit=unit)


@given(ours=TIMES, law=TIMES, start=STARTS)
@example(
    quantity("8 working_hours"),
    quantity("1 working_days"),
    datetime(2026, 11, 20, 9, 59, tzinfo=UTC),
)
def test_what_keeps_the_law_never_falls_due_after_it(
    policy: Policy, ours: Quantity, law: Quantity, start: datetime
) -> None:
    if keeps(ours, law, policy.calendar):
        assert due_at(ours, start, policy.calendar) <= due_at(law, start, policy.calendar)


def latest(ours: Quantity, law: Quantity, calendar: BusinessCalendar) -> timedelta:
    """Return by how much ours is later at the worst of many moments of an ordinary week."""
    week = datetime(2026, 6, 1, tzinfo=UTC)
    starts = (week + timedelta(minutes=15 * number) for number in range(7 * 24 * 4))
    return max(due_at(ours, one, calendar) - due_at(law, one, calendar) for one in starts)


@pytest.mark.parametrize(
    ("ours", "law"),
    [
        ("4 working_days", "3 working_days"),
        ("25 working_hours", "3 working_days"),
        ("1 working_days", "8 working_hours"),
        ("73 clock_hours", "3 working_days"),
        ("2 calendar_days", "24 clock_hours"),
        ("31 working_days", "30 calendar_days"),
    ],
)
def test_what_is_refused_can_fall_due_after_the_law(
    calendar: BusinessCalendar, ours: str, law: str
) -> None:
    assert keeps(quantity(ours), quantity(law), calendar) is False
    assert latest(quantity(ours), quantity(law), calendar) > timedelta()


@pytest.mark.parametrize(
    ("ours", "law", "at_least", "kept"),
    [
        ("24 clock_hours", "24 clock_hours", False, True),
        ("1440 clock_minutes", "24 clock_hours", False, True),
        ("3 calendar_days", "3 working_days", False, True),
        ("5 working_days", "30 calendar_days", False, None),
        ("100 percent_at_least", "100 percent_at_least", False, True),
        ("99 percent_at_least", "100 percent_at_least", False, False),
        ("0 count_at_most", "0 count_at_most", False, True),
        ("1 count_at_most", "0 count_at_most", False, False),
        ("5 years", "60 calendar_months", True, True),
        ("4 years", "60 calendar_months", True, False),
        ("30 calendar_days", "1 years", True, None),
        ("8 clock_hours", "8 working_hours", False, True),
        ("9 clock_hours", "8 working_hours", False, None),
        ("3 working_days", "99 percent_at_least", False, None),
    ],
)
def test_each_pair_of_units_is_judged_or_left_alone(
    calendar: BusinessCalendar, ours: str, law: str, at_least: bool, kept: bool | None
) -> None:
    assert keeps(quantity(ours), quantity(law), calendar, at_least=at_least) is kept


def test_each_commitment_of_the_company_says_what_the_law_demands(library: Library) -> None:
    for one in library.commitments:
        assert one.legal_minimum, one.id
    safety = library.policy.commitment("CK-18", 1)
    found = [
        list(map(str, beside(safety, row, library.policy.matrix)))
        for row in safety.legal_minimum[:3]
    ]
    assert found == [["24 giờ"], ["3 ngày làm việc"], ["5 ngày làm việc"]]
    assert [row.words for row in safety.legal_minimum] == [
        "chậm nhất 24 giờ",
        "chậm nhất 3 ngày làm việc",
        "chậm nhất 5 ngày làm việc",
        "",
    ]


def test_a_target_by_place_is_compared_in_both_places(library: Library) -> None:
    exchange = library.policy.commitment("CK-08", 1)
    level = LegalMinimum(text="Đổi hàng.", law="luat-19-2023:30", value=30, unit="working_days")
    assert len(set(beside(exchange, level, library.policy.matrix))) > 1


def test_a_promise_below_the_law_is_refused_with_both_numbers(content: Path) -> None:
    sub("cam-ket/ck-01.md", r"value: 4, unit: working_hours", "value: 4, unit: working_days")(
        content
    )
    told = [str(one) for one in check(content, TODAY) if one.code == "below_the_law"]
    assert len(told) == 1
    assert "hứa 4 ngày làm việc, thấp hơn luật định: chậm nhất 3 ngày làm việc" in told[0]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"law": "luat-19-2023:30", "value": 3}, "half_a_level"),
        ({"value": 3, "unit": "working_days"}, "level_without_law"),
        ({"law": "luat-19-2023:30", "term": "x"}, "nothing_to_compare"),
        (
            {
                "law": "luat-19-2023:30",
                "value": 3,
                "unit": "working_days",
                "term": "x",
                "condition": "y",
            },
            "two_besides",
        ),
    ],
)
def test_a_level_that_means_nothing_is_refused(fields: dict[str, object], code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        LegalMinimum.model_validate({"text": "Luật đòi.", **fields})
    assert caught.value.errors()[0]["type"] == code


def signed(content: Path, number: int, approved_on: str | None) -> None:
    """Copy CK-02 as its next version, with an approval of this day or with none."""
    text = (content / "cam-ket" / "ck-02.md").read_text(encoding="utf-8")
    text = text.replace("version: 1", f"version: {number}\nannounced_on: 2026-11-01", 1)
    text = text.replace("effective_from: 2026-07-01", "effective_from: 2026-12-01", 1)
    lines = [one for one in text.splitlines(keepends=True) if not one.startswith("approved_")]
    if approved_on is not None:
        approval = f"approved_by: {{role: Tổng giám đốc}}\napproved_on: {approved_on}\n"
        lines.insert(1, approval)
    (content / "cam-ket" / f"ck-02-v{number}.md").write_text("".join(lines), encoding="utf-8")


@pytest.mark.parametrize(
    ("approved_on", "code"),
    [
        (None, "not_approved"),
        ("2026-06-22", "old_approval"),
        ("2026-11-02", "approved_too_late"),
        ("2026-10-30", None),
    ],
)
def test_a_new_version_needs_a_signature_of_its_own(
    content: Path, approved_on: str | None, code: str | None
) -> None:
    signed(content, 2, approved_on)
    found = [one.code for one in check(content, TODAY) if one.file.endswith("ck-02-v2.md")]
    assert found == ([code] if code else [])


def test_nobody_is_said_to_have_signed_on_a_day_to_come(content: Path) -> None:
    sub("cam-ket/ck-02.md", r"^effective_from: .*$", "effective_from: 2026-12-20")(content)
    sub("cam-ket/ck-02.md", r"^approved_on: .*$", "approved_on: 2026-11-22")(content)
    found = [one for one in check(content, TODAY) if one.field == "approved_on"]
    assert [one.code for one in found] == ["approved_tomorrow"]
    later = check(content, date(2026, 11, 22))
    assert "approved_tomorrow" not in {one.code for one in later}


@pytest.mark.parametrize("words", ["Quý khách không phải đòi.", "Hệ thống tự động bù tiền."])
def test_a_promise_that_no_machine_watches_does_not_say_that_nobody_claims(
    content: Path, words: str
) -> None:
    append("cam-ket/ck-06.md", f"\n\n{words}\n")(content)
    append("cam-ket/ck-02.md", f"\n\n{words}\n")(content)
    found = [one for one in check(content, TODAY) if one.code == "claims_a_machine"]
    assert [(one.file, one.field) for one in found] == [("content/cam-ket/ck-06.md", "body")]


def test_an_approver_is_a_role_with_or_without_a_name() -> None:
    assert str(Approver.model_validate("Giám đốc kinh doanh")) == "Giám đốc kinh doanh"
    both = Approver.model_validate({"name": "Nguyễn Văn Mẫu", "role": "Tổng giám đốc"})
    assert str(both) == "Nguyễn Văn Mẫu, Tổng giám đốc"


def test_content_that_says_neither_keeps_its_fingerprint(policy: Policy) -> None:
    first = policy.versions[0]
    silent = first.model_copy(
        update={"approved_by": None, "approved_on": None, "legal_minimum": ()}
    )
    assert not {"approved_by", "approved_on", "legal_minimum"} & silent.model_dump().keys()
    assert fingerprint_of([silent]) != fingerprint_of([first])
    assert first.approved_on == date(2026, 6, 22)
