"""A company that repairs and sells nothing is not made to speak as a shop."""

from dataclasses import replace

import pytest
from pydantic import TypeAdapter

from forms_api import kinds
from forms_api.kinds.field import Setting
from forms_api.kinds.questions import Questions
from service_policy.content import Library, read
from service_policy.promises.compensation import Facts, amount
from service_policy.promises.compensation_kinds import Rule
from service_policy.promises.policy import fingerprint_of
from tests.plugins.test_other_segments import html, pages_of
from tests.samples.test_second_company import COMPANY, MONDAY

RULES: TypeAdapter[Rule] = TypeAdapter(Rule)
CALLED = "tiền lần sửa"
OF_A_VALUE = [
    {"kind": "percent_once", "percent": "1", "of": "price", "minimum_vnd": 50_000},
    {"kind": "percent_daily", "percent": "2", "of": "price", "cap_percent": "30"},
    {"kind": "residual_value", "life_months": 84, "floor_percent": "20"},
    {"kind": "refund_plus_daily", "daily_vnd": 50_000, "daily_cap_percent": "10"},
]
FACTS = Facts(price_vnd=1_000_000, late_working_days=40, months_used=80, warranty_months=24)


@pytest.fixture(scope="module")
def repairs() -> Library:
    """Return the company that repairs air conditioners."""
    return read(COMPANY, MONDAY)


@pytest.mark.parametrize("values", OF_A_VALUE, ids=lambda one: str(one["kind"]))
def test_a_rule_calls_its_value_as_the_company_does(values: dict[str, object]) -> None:
    plain = RULES.validate_python(values | {"segments": ["nha-o"]})
    named = RULES.validate_python(values | {"segments": ["nha-o"], "value_name": CALLED})
    for rule, name in ((plain, "giá mua"), (named, CALLED)):
        told = f"{rule.describe()} {rule.cap_words()} {amount(rule, FACTS).formula}"
        assert name in told
    assert "giá mua" not in told
    assert amount(plain, FACTS).vnd == amount(named, FACTS).vnd


def test_a_name_of_a_value_is_part_of_the_promise_where_there_is_one(repairs: Library) -> None:
    rules = [RULES.validate_python(one | {"segments": ["nha-o"]}) for one in OF_A_VALUE]
    for rule in rules:
        named = rule.model_copy(update={"value_name": CALLED})
        assert fingerprint_of([rule]) != fingerprint_of([named])
        assert "value_name" not in rule.model_dump()  # as in fingerprints of cases filed before


@pytest.mark.parametrize(
    ("advice", "said"),
    [
        ("Ngắt cầu dao, ra khỏi phòng", "Ngắt cầu dao, ra khỏi phòng, gọi ngay 0251"),
        ("Khóa van gas", "Khóa van gas, gọi ngay 0251"),
        (None, "Gọi ngay 0251"),
    ],
)
def test_what_to_do_in_danger_is_what_the_company_says(
    repairs: Library, advice: str | None, said: str
) -> None:
    chrome = repairs.chrome.model_copy(update={"danger_lead": advice})
    library = replace(repairs, chrome=chrome)
    text = html(library, pages_of(library)["/khieu-nai/"])
    assert f"<p>{said}" in text


def test_the_score_counts_the_indicators_that_the_promises_feed(repairs: Library) -> None:
    fed = {one for commitment in repairs.commitments for one in commitment.indicators}
    assert len(fed) == 7
    page = pages_of(repairs)["/ket-qua/"]
    assert "Tám chỉ số, lấy từ sự kiện máy" in html(repairs, page)  # payments are measured, too
    assert page.page.description.startswith("Tám chỉ số")


def test_forms_and_the_desk_speak_of_what_is_done_and_not_of_orders(repairs: Library) -> None:
    setting = Setting(repairs.policy)
    inquiry, complaint = kinds.of("invoice_inquiry"), kinds.of("complaint")
    assert inquiry.entered(repairs.policy.matrix) == "Hóa đơn"
    labels = {
        one.name: one.label
        for kind in (inquiry, complaint)
        for one in Questions(kind.sections).asked(setting)
    }
    assert labels["order_no"] == "Mã đơn hoặc số phiếu việc"
    assert labels["marketing_consent"] == "Tôi muốn nhận tin về dịch vụ mới"
