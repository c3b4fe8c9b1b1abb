"""Figures of invoices and debts go to nobody of whom staff have not made sure."""

import time
from datetime import timedelta
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms_api.kinds.invoice_inquiry import TOPICS
from service_policy.cases import CommandRefused, act, due_work
from service_policy.cases.core.facts import FileFact
from service_policy.cases.core.identification import sums_of_invoices, told
from service_policy.cases.filing.received import FileCase
from service_policy.cases.holding.work import Recategorise
from service_policy.cases.messages.answers import SendAnswer, SendUpdate
from service_policy.cases.messages.contact import IDENTITY_WORDS, IdentifyAsker, IdentityWay
from service_policy.cases.messages.delivery import RecordDelivery
from service_policy.cases.messages.pauses import AskCustomer
from service_policy.cases.money.payments import RecordFact
from service_policy.cases.resolution.proposing import ProposeResolution
from service_policy.cases.split_merge import MergeCases, SplitCase, merge, split
from service_policy.promises.policy import Policy
from tests.service_policy.anybody import STAFF_COMMANDS
from tests.service_policy.story import (
    AGENT,
    CHECKED,
    IDENTIFIED,
    LEAD,
    LONG,
    MONDAY,
    PHOTO,
    SYSTEM,
    Story,
    refusal,
)

FILE = FileFact(sha256="0" * 64, size=10, media_type="application/pdf")
PLAIN = "Kế toán đã đối chiếu xong; xin mời đến quầy với giấy giới thiệu để nghe kết quả."

AMOUNTS = [
    "Công ty còn phải trả 12.500.000 đ cho kỳ này.",
    "Tổng là 12 500 000, xin kiểm tra lại giúp.",
    "Kỳ này phát sinh 12,500,000 trong tháng mười.",
    "Số tiền là 500k cho lần giao thứ hai.",
    "Số tiền là 1tr250 cho lần giao thứ hai.",
    "Kỳ trước là 12 triệu, kỳ này như cũ nhé.",
    "Kỳ trước là hai mươi triệu, kỳ này như cũ.",
    "Kỳ trước là hơn triệu rưỡi, kỳ này như cũ.",
    "Tổng trong sổ là 12500000 như đã ghi ở kia.",
    "Tổng trong sổ là １２．５００．０００ như đã ghi.",
    "Tổng là 12\u200b.500\u200b.000 như đã ghi ở kia.",
    "Tổng là 12\n.500.000 hoặc 12.500\n đồng nhé anh.",
    "Tổng là 12\u00a0500\u00a0000\u00a0₫ như đã ghi ở kia.",
    "Tổng là ١٢٥٠٠ như đã ghi ở trong sổ bên kia.",
    "Tong la 12 trieu nhu da ghi o trong so ben kia.",
]
STATUSES = [
    "Hóa đơn này đã thanh toán từ tuần trước rồi ạ.",
    "Hoá đơn ấy CHƯA  THANH TOÁN, xin kiểm tra lại.",
    "Theo sổ thì công ty còn nợ kỳ tháng mười ạ.",
    "Chúng tôi đã nhận được tiền của công ty rồi ạ.",
    "Chung toi da nhan duoc tien cua cong ty roi a.",
    "Hóa đơn tháng mười đã bị hủy hôm thứ hai ạ.",
    "Hóa đơn tháng mười đã được điều chỉnh rồi ạ.",
    "Đơn này đã giao hàng xong từ chiều hôm qua.",
]
HARMLESS = [
    LONG,
    "Chúng tôi đang kiểm tra, 16:30 ngày 30/11/2026 gọi lại từ số 0912 345 678.",
    "Xin gọi tổng đài 19001234 hoặc 1900 1234, (028) 3825 1234, +84 912 345 678, máy lẻ 12.",
    "Xin cho biết ngày chuyển và gửi ảnh lệnh chuyển tiền, hóa đơn số 00001234.",
    "Nồi NC-18C đồng hồ kêu 5 đồng hồ, 3 đồng nghiệp của tôi đều nghe, 15% không nghe.",
    "Đơn DH-2026-001234 đang được kho xếp chuyến, chúng tôi báo lại trong ngày.",
]


def inquiry(policy: Policy, topic: Any = "balance") -> Story:
    story = Story(policy)
    filed = FileCase("invoice_inquiry", "dealer", topic=topic)
    story.events = list(filed.decide(policy, MONDAY))
    return story.owned()


@pytest.mark.parametrize("text", [*AMOUNTS, *STATUSES])
def test_an_amount_or_a_status_is_seen_however_it_is_written(text: str) -> None:
    assert told(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_phones_dates_and_numbers_of_papers_are_no_amounts(text: str) -> None:
    assert told(text) == ""


@given(st.integers(1000, 10**12), st.sampled_from([".", ",", " ", "\u00a0", "'"]))
def test_every_grouped_sum_is_seen(vnd: int, mark: str) -> None:
    written = f"{vnd:,}".replace(",", mark)
    assert told(f"Tổng cộng là {written}, xin xem lại.")


@pytest.mark.parametrize(
    "one", [*" \u00a0\u0301\u200b1@-.,đk₫năm", "1.", "1 ", "hoa don ", "1.000"]
)
def test_looking_for_sums_takes_time_in_proportion_to_the_text(one: str) -> None:
    text = one * (128_000 // len(one))
    start = time.process_time()
    told(text + "x")
    sums_of_invoices(text + " hóa đơn x")
    assert time.process_time() - start < 2


@pytest.mark.parametrize("topic", tuple(TOPICS))
def test_no_answer_to_an_inquiry_before_the_asker_is_identified(policy: Policy, topic: str) -> None:
    story = inquiry(policy, topic)
    story.refuses(SendAnswer(AGENT, text=LONG), "identified_by")
    story.refuses(ProposeResolution(AGENT, outcome="explained", text=LONG), "identified_by")
    story.refuses(refusal(), "identified_by")
    story.refuses(RecordFact(AGENT, name="price_vnd", value=1, evidence=PHOTO), "identified_by")
    story.do(IDENTIFIED).answer()
    assert story.types().count("asker_identified") == 1


@pytest.mark.parametrize("text", [*AMOUNTS, *STATUSES])
def test_neither_update_nor_question_nor_plain_answer_may_carry_figures(
    policy: Policy, text: str
) -> None:
    story = inquiry(policy)
    for command in (
        SendUpdate(AGENT, text=text),
        AskCustomer(AGENT, thing="choice", text=text),
        SendAnswer(AGENT, text=text, without_figures=True),
        ProposeResolution(AGENT, outcome="explained", text=text, without_figures=True),
    ):
        story.refuses(command, "text")
    story.do(IDENTIFIED).do(SendUpdate(AGENT, text=text))


def test_an_answer_without_figures_goes_out_and_is_read_aloud(policy: Policy) -> None:
    story = inquiry(policy)
    plain = SendAnswer(AGENT, text=PLAIN, without_figures=True)
    story.refuses(SendAnswer(AGENT, text=PLAIN, without_figures=True, files=(FILE,)))
    story.do(plain)
    number = story.case.messages[-1].number
    story.do(RecordDelivery(AGENT, message=number, means="told_by_phone"))
    assert "answered" in story.types()


@pytest.mark.parametrize("way", get_args(IdentityWay))
def test_each_way_needs_a_note_and_counts_once(policy: Policy, way: Any) -> None:
    assert set(IDENTITY_WORDS) == set(get_args(IdentityWay))
    story = inquiry(policy)
    for text in ("", "ok", "     " * 10, "x" * 19):
        story.refuses(IdentifyAsker(AGENT, way=way, text=text), "identified_note")
    story.do(IdentifyAsker(AGENT, way=way, text=CHECKED))
    story.refuses(IDENTIFIED, "identified_by")


@pytest.mark.parametrize("category", ["HD", "CN"])
def test_a_complaint_about_invoices_stays_one_wherever_it_goes(
    policy: Policy, category: str
) -> None:
    story = Story(policy, category=category).owned()
    answer = SendAnswer(AGENT, text=LONG)
    story.refuses(answer, "identified_by")
    story.do(Recategorise(LEAD, category="KH", text="Không phải chuyện hóa đơn."))
    story.refuses(answer, "identified_by")
    command = SplitCase(LEAD, category="KH", text="Phần này đi tiếp ở một phiếu riêng.")
    _, part = split(story.case, command, policy, story.now, reference="KN-1", new_reference="KN-2")
    other = Story(policy)
    other.events = list(part)
    other.refuses(answer, "identified_by")
    third = Story(policy, category="KH")
    both = MergeCases(LEAD, other="KN-1", text="Cùng một khách, cùng một việc.")
    mine, _ = merge(third.case, story.case, both, policy, third.now, kept_reference="KN-3")
    third.events += mine
    third.refuses(answer, "identified_by")


def test_whoever_comes_in_by_a_merge_has_to_be_identified_too(policy: Policy) -> None:
    sure, unsure, also_sure = (inquiry(policy).do(IDENTIFIED) for _ in range(3))
    unsure = inquiry(policy)
    both = MergeCases(LEAD, other="HD-2", text="Cùng một khách, cùng một việc.")
    mine, _ = merge(sure.case, also_sure.case, both, policy, sure.now, kept_reference="HD-1")
    sure.events += mine
    sure.do(SendAnswer(AGENT, text=LONG))
    mine, _ = merge(sure.case, unsure.case, both, policy, sure.now, kept_reference="HD-1")
    sure.events += mine
    assert sure.case.identity_lapsed
    sure.refuses(SendAnswer(AGENT, text=LONG), "identified_by")
    number = sure.case.messages[-1].number
    aloud = RecordDelivery(AGENT, message=number, means="told_by_phone")
    sure.refuses(aloud, "identified_by")
    sure.do(IDENTIFIED).do(aloud)
    mine, _ = merge(unsure.case, sure.case, both, policy, sure.now, kept_reference="HD-3")
    unsure.events += mine
    assert unsure.case.identified_by is None


@pytest.mark.parametrize("text", ["Hóa đơn 00001234: 12.500.000 đ.", "Công nợ tháng này 5 triệu."])
def test_no_other_case_names_sums_of_invoices_either(policy: Policy, text: str) -> None:
    story = Story(policy, category="CL").owned()
    long = f"{text} Xin Quý khách xem lại giúp chúng tôi."
    story.refuses(SendAnswer(AGENT, text=long), "text")
    story.refuses(SendUpdate(AGENT, text=long), "text")
    story.do(SendAnswer(AGENT, text="Bảng giá tháng này là 590.000 đ một cái."))
    ours = "Chúng tôi còn nợ và sẽ thanh toán 100.000 đ tiền bù trễ cho Quý khách."
    story.do(SendUpdate(AGENT, text=ours))
    story.do(IDENTIFIED).do(SendAnswer(AGENT, text=long))


@settings(max_examples=40)
@given(data=st.data())
def test_whatever_staff_try_no_figure_leaves_before_an_identification(
    policy: Policy, data: st.DataObject
) -> None:
    story = inquiry(policy)
    figures = st.sampled_from([*AMOUNTS, *STATUSES])
    texts = st.one_of(figures, st.just(PLAIN), st.just(LONG))
    outgoing = st.one_of(
        st.builds(SendAnswer, st.just(AGENT), text=texts, without_figures=st.booleans()),
        st.builds(SendUpdate, st.just(AGENT), text=texts),
        st.builds(
            ProposeResolution,
            st.just(AGENT),
            outcome=st.just("explained"),
            text=texts,
            without_figures=st.booleans(),
        ),
        st.builds(AskCustomer, st.just(AGENT), thing=st.just("photo"), text=texts),
        st.just(IDENTIFIED),
    )
    for command in data.draw(st.lists(st.one_of(outgoing, STAFF_COMMANDS), max_size=8)):
        sure = story.case.identified_by is not None
        story.now += timedelta(hours=3)
        story.events += due_work(story.case, policy, story.now)
        try:
            due, new = act(story.case, command, policy, story.now)
        except CommandRefused:
            continue
        story.events += [*due, *new]
        sends = {"answer_sent", "update_sent", "question_asked", "resolution_proposed"}
        if not sure and sends & {one.type for one in new}:
            assert told(command.private["text"]) == ""


def test_a_machine_still_records_what_arrived(policy: Policy) -> None:
    story = inquiry(policy).do(IDENTIFIED).do(SendAnswer(AGENT, text=LONG))
    number = story.case.messages[-1].number
    story.do(RecordDelivery(SYSTEM, message=number, means="mail_accepted"))
    assert "answered" in story.types()
