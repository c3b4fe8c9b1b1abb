"""Segments are content: the checker says which is unknown or missing, and rules follow them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from service_policy.cases.holding.work import OpenSubCase
from service_policy.cases.money.owing import common_cap
from service_policy.cases.money.payments import RecordFact
from service_policy.content import check, read
from service_policy.content.tree import Fault
from service_policy.promises.policy import Policy
from tests.service_policy.broken_content import Breaker, both, sub, swap
from tests.service_policy.conftest import TODAY
from tests.service_policy.story import AGENT, PAPER, PHOTO, Story
from tests.support import segments

CK, FAQ, FILE = "cam-ket/ck-02.md", "hoi-dap/bh-01.md", "phan-khuc.yaml"
UNKNOWN = [
    # how, file, field, what is named there
    (sub(CK, r"^(scope: \{segments: \[)household", r"\1househod"), CK, "scope.segments.1"),
    (sub(CK, r"^(targets:\n.*segments: \[)household", r"\1househod"), CK, "targets.1.segments.1"),
    (
        sub(CK, r"^(compensation:\n.*segments: \[)household", r"\1househod"),
        CK,
        "compensation.1.segments.1",
    ),
    (sub(CK, r"^(examples:\n.*segment: )household", r"\1househod"), CK, "examples.1.segment"),
    (sub(FAQ, r"^segment: .*", "segment: househod"), FAQ, "segment"),
    (
        sub(FILE, r"segments: \[household\], target", "segments: [househod], target"),
        FILE,
        "matrix.1.cells.1.segments.1",
    ),
]


def errors(content: Path, breaker: Breaker) -> list[Fault]:
    """Break the content and return what the checker refuses."""
    breaker(content)
    return [one for one in check(content, TODAY) if one.level == "error"]


@pytest.mark.parametrize(("breaker", "file", "field"), UNKNOWN, ids=[one[2] for one in UNKNOWN])
def test_an_unknown_segment_is_one_fault_where_it_is_named(
    content: Path, breaker: Breaker, file: str, field: str
) -> None:
    (fault,) = errors(content, breaker)
    assert (fault.file, fault.field, fault.code) == (f"content/{file}", field, "unknown_segment")
    assert "househod" in (content / file).read_text("utf-8").splitlines()[fault.line - 1]
    assert fault.message == "không có phân khúc “househod”"
    assert fault.fix == "chọn household, hoặc khai thêm phân khúc trong phan-khuc.yaml"


def test_a_segment_without_target_or_compensation_is_named(content: Path) -> None:
    breaker = both(
        sub(CK, r"^(targets:\n.*segments: \[household), dealer\]", r"\1]"),
        sub(CK, r"^  - \{segments: \[dealer\], kind: .*\n", ""),
    )
    told = {(one.field, one.message) for one in errors(content, breaker)}
    assert ("targets", "thiếu mục tiêu cho dealer") in told
    assert ("compensation", "dealer có 0 dòng bù") in told


def test_a_segment_that_the_matrix_forgets_is_named(content: Path) -> None:
    new = "segments:\n  - {id: khach-san, name: Khách sạn, description: Nơi lưu trú}\n"
    found = errors(content, swap(FILE, "segments:\n", new))
    assert {one.code for one in found} == {"matrix_hole"}
    assert all("× khach-san trống" in one.message for one in found)


@pytest.mark.parametrize(
    ("breaker", "field", "code"),
    [
        (swap(FILE, "    usual: true\n", ""), "segments", "usual_segment"),
        (swap(FILE, "    partner: true\n", "    usual: true\n"), "segments", "usual_segment"),
        (swap(FILE, "- id: dealer", "- id: household"), "segments", "duplicate_id"),
        (swap(FILE, "- id: dealer", "- id: Đại lý"), "segments.2.id", "not_a_name"),
        (swap(FILE, "- id: dealer", f"- id: {'a' * 21}"), "segments.2.id", "long_id"),
        (
            swap(
                FILE,
                "segments:\n",
                "segments:\n"
                + "".join(f"  - {{id: k{n}, name: K{n}, description: K}}\n" for n in range(3)),
            ),
            "segments",
            "too_long",
        ),
    ],
)
def test_what_cannot_be_a_list_of_segments_is_refused_with_its_place(
    content: Path, breaker: Breaker, field: str, code: str
) -> None:
    found = [one for one in errors(content, breaker) if one.file == f"content/{FILE}"]
    assert [(one.field, one.code) for one in found] == [(field, code)]
    assert "(" not in found[0].fix


def test_the_partner_policy_belongs_to_a_segment(content: Path) -> None:
    found = errors(content, swap(FILE, "    partner: true\n", ""))
    parts = {f"content/doi-tac/{one.name}" for one in (content / "doi-tac").glob("*.md")}
    assert {one.file for one in found if one.code == "no_partner"} == parts


@pytest.mark.parametrize("text", ["Giá cửa hàng là 1.200.000 đồng.", "Giá đại lý 2.000.000 đồng."])
def test_a_price_of_partners_is_refused_under_the_name_they_have(tmp_path: Path, text: str) -> None:
    content = segments.five_segments(tmp_path)
    file = content / FAQ
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")
    assert [one.code for one in check(content, TODAY)] == ["dealer_price"]


def test_a_price_in_shops_is_no_price_of_partners_where_shops_are_none(content: Path) -> None:
    file = content / FAQ
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text}\nGiá cửa hàng là 1.200.000 đồng.\n", encoding="utf-8")
    assert check(content, TODAY) == []


@pytest.mark.parametrize(
    ("segment", "cap"), [("cong-trinh", 5_000_000), ("khach-san", None), ("ca-nhan", None)]
)
def test_the_cap_on_an_obligation_is_the_one_that_the_segment_declares(
    tmp_path_factory: pytest.TempPathFactory, segment: str, cap: int | None
) -> None:
    policy = read(
        segments.five_segments(tmp_path_factory.mktemp("five")), date(2026, 11, 21)
    ).policy
    story = Story(policy, segment=segment)
    value = RecordFact(
        AGENT, name="obligation_value_vnd", value=100_000_000, evidence=PHOTO, files=PAPER
    )
    assert common_cap(story.do(value).case, policy) == cap


def test_a_case_of_a_kind_that_nobody_declares_any_more_has_no_cap(policy: Policy) -> None:
    case = replace(Story(policy).case, segment="khach-cu")
    assert common_cap(case, policy) is None


def test_a_third_party_is_one_that_the_company_declares(policy: Policy) -> None:
    story = Story(policy).owned()
    story.refuses(OpenSubCase(AGENT, party="bank", text="Nhờ giữ tiền."), "party")
    parties = (*policy.company.third_parties,)
    bank = parties[0].model_copy(update={"id": "bank", "name": "ngân hàng"})
    company = policy.company.model_copy(update={"third_parties": (*parties, bank)})
    story = Story(replace(policy, company=company)).owned()
    story.do(OpenSubCase(AGENT, party="bank", text="Nhờ giữ tiền."))
    assert story.case.sub_cases[0].party == "bank"
    assert company.third_party("bank") == "ngân hàng"
    assert company.third_party("gone") == "gone"


def test_a_former_id_has_the_promises_of_the_segment_that_took_its_place(content: Path) -> None:
    swap(FILE, "- id: dealer\n", "- id: dealer\n    formerly: [dai-ly-cap-2]\n")(content)
    policy = read(content, TODAY).policy
    for commitment in policy.versions:
        assert commitment.rule("dai-ly-cap-2") == commitment.rule("dealer")
        for group in ("A", "B", "C"):
            deadlines = [
                commitment.deadline(policy.matrix, segment, group=group)
                for segment in ("dai-ly-cap-2", "dealer")
            ]
            assert deadlines[0] == deadlines[1]
    assert policy.matrix.who(("dai-ly-cap-2",)) == "Đại lý"


def test_a_former_id_is_no_segment_that_content_may_name(content: Path) -> None:
    swap(FILE, "- id: dealer\n", "- id: dealer\n    formerly: [dai-ly-cap-2]\n")(content)
    (fault,) = errors(content, sub(FAQ, r"^segment: .*", "segment: dai-ly-cap-2"))
    assert fault.code == "unknown_segment"


def test_a_name_in_capitals_stays_so_in_the_middle_of_a_sentence(policy: Policy) -> None:
    first, second, *rest = policy.matrix.segments
    named = second.model_copy(update={"name": "HTX và tổ hợp tác"})
    matrix = policy.matrix.model_copy(update={"segments": (first, named, *rest)})
    assert matrix.who((named.id, first.id)) == f"{first.name}, HTX và tổ hợp tác"
