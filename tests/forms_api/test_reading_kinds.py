"""A submission is read whole, or refused with every fault named at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_api import kinds
from forms_api.errors import ValidationFailed
from forms_api.kinds.questions import Questions
from tests.support.submissions import COMPLAINT, INQUIRY

ASKED = [field.name for field in Questions(kinds.of("complaint").sections)]


def faults_of(read, raw, policy, now, **options):
    with pytest.raises(ValidationFailed) as failure:
        read(raw, policy, now, **options)
    return {error.field: error.message for error in failure.value.errors}


def test_a_complete_complaint_becomes_a_command_in_normal_form(policy, now) -> None:
    command = kinds.of("complaint").read(
        COMPLAINT | {"occurred_on": "20/11/2026", "remedy_wanted": "refund", "priority": "on"},
        policy,
        now,
    )
    said = command.private
    assert (said["name"], said["phone"]) == ("Nguyễn Thị Mẫu", "+84912345678")
    assert said["email"] == "mau@khach.example"
    assert said["occurred_on"] == "2026-11-20"
    assert command.remedy_wanted == "refund"
    assert command.priority is True
    assert said["marketing_consent"] is False


def test_an_empty_complaint_names_every_required_field(policy, now) -> None:
    assert faults_of(kinds.of("complaint").read, {}, policy, now).keys() == {
        "category",
        "description",
        "segment",
        "name",
        "phone",
    }


def test_a_complaint_without_contact_is_refused(policy, now) -> None:
    raw = COMPLAINT | {"phone": " ", "email": None}
    assert faults_of(kinds.of("complaint").read, raw, policy, now) == {
        "phone": "Nhập số điện thoại hoặc email để chúng tôi trả lời."
    }


@pytest.mark.parametrize("left_out", ["phone", "email"])
def test_one_way_to_answer_is_enough(left_out, policy, now) -> None:
    raw = {name: value for name, value in COMPLAINT.items() if name != left_out}
    assert left_out not in kinds.of("complaint").read(raw, policy, now).private


def test_every_fault_is_named_at_once(policy, now) -> None:
    raw = {
        "category": "XX",
        "description": "ngắn quá",
        "segment": "school",
        "name": "123",
        "phone": "0123",
        "email": "a@b, c@d",
        "occurred_on": "24/11/2026",
        "remedy_wanted": "money",
        "serial": "x" * 61,
        "secret": "x",
    }
    assert faults_of(kinds.of("complaint").read, raw, policy, now).keys() == raw.keys()


@pytest.mark.parametrize(("length", "fine"), [(19, False), (20, True), (4000, True), (4001, False)])
def test_a_description_has_20_to_4000_characters(length, fine, policy, now) -> None:
    raw = COMPLAINT | {"description": "ế" * length}
    if fine:
        assert len(kinds.of("complaint").read(raw, policy, now).private["description"]) == length
    else:
        assert faults_of(kinds.of("complaint").read, raw, policy, now).keys() == {"description"}


@pytest.mark.parametrize(
    ("field", "value"),
    [("priority", "on"), ("priority", 1), ("name", 5), ("description", ["x"]), ("phone", {})],
)
def test_json_values_must_have_their_own_types(field, value, policy, now) -> None:
    raw = COMPLAINT | {field: value}
    assert faults_of(kinds.of("complaint").read, raw, policy, now, json=True).keys() == {field}


def test_an_unclear_tick_is_refused_in_a_form_too(policy, now) -> None:
    raw = COMPLAINT | {"priority": "perhaps"}
    assert faults_of(kinds.of("complaint").read, raw, policy, now).keys() == {"priority"}
    assert kinds.of("complaint").read(COMPLAINT | {"priority": "0"}, policy, now).priority is False


def test_a_complete_inquiry_becomes_a_command_in_normal_form(policy, now) -> None:
    command = kinds.of("invoice_inquiry").read(INQUIRY, policy, now, json=True)
    said = command.private
    assert (said["invoice_series"], said["invoice_no"]) == ("1C26TNK", "1234")
    assert said["invoice_date"] == "2026-11-20"
    assert said["total_vnd"] == 12_345_678
    assert said["tax_code"] == "9900000016"


def test_an_amount_may_be_typed_in_a_form(policy, now) -> None:
    command = kinds.of("invoice_inquiry").read(INQUIRY | {"total_vnd": "1tr2"}, policy, now)
    assert command.private["total_vnd"] == 1_200_000


@pytest.mark.parametrize("amount", [True, -1, 1.5, "1,5", 10**13])
def test_a_wrong_amount_is_refused(amount, policy, now) -> None:
    raw = INQUIRY | {"total_vnd": amount}
    assert faults_of(kinds.of("invoice_inquiry").read, raw, policy, now, json=True).keys() == {
        "total_vnd"
    }


def test_an_empty_inquiry_names_every_required_field(policy, now) -> None:
    assert faults_of(kinds.of("invoice_inquiry").read, {}, policy, now).keys() == {
        "segment",
        "topic",
        "name",
        "phone",
    }


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=5,
)


@given(changes=st.dictionaries(st.sampled_from(ASKED), JSON, max_size=4))
def test_any_json_is_a_command_or_a_list_of_faults(changes, policy, now) -> None:
    try:
        kinds.of("complaint").read(COMPLAINT | changes, policy, now, json=True)
    except ValidationFailed as refused:
        assert {error.field for error in refused.errors} <= {*changes, "phone"}  # noqa: PT017
