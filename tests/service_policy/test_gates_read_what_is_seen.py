"""The gates read what a reader sees: nothing that leaves no trace on the page hides a phrase."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_policy.content import check
from service_policy.content.visible import visible_text
from tests.service_policy.broken_content import FAQ, append
from tests.service_policy.conftest import TODAY

UNLAWFUL = (
    "miễn trách\u200b nhiệm",
    "miễn trách&nbsp;nhiệm",
    "mi\u00adễn trách nhiệm",
    "miễn **trách** nhiệm",
    "miễn [trách](/khieu-nai/) nhiệm",
    "miễn tr&aacute;ch nhi&#7879;m",
    "ｍiễn trách nhiệm",
    "mі\u0065̂̃n trách nhiệm",
    "miễn\u00a0trách\u202fnhiệm",
    "miễn \\trách nhiệm".replace("\\t", "\\_t").replace("\\_", "_"),
    "miễn\ntrách nhiệm",
    "> miễn\n> trách nhiệm",
    "miễn <b>trách</b> nhiệm",
    "miễn t\u0332r\u0332ách nhiệm",
)
DEALER = (
    "Giá sỉ 450k",
    "Giá sỉ\n450k",
    "CK 15%",
    "ck15 %",
    "Chiết khấu **35**&#37;",
    "G\u200biá đại\u00adlý: 412.000".replace("\u00adlý", " lý"),
    "Giá cho đại lý là 1,2tr",
    "Giá sỉ: bốn trăm năm mươi nghìn",
    "Giá đl 450k",
    "Giá bán cho đại lí: 412.000",
    "Đại lý lấy giá 412.000",
    "Chiết khấu mười lăm phần trăm",
    "## Giá đại lý\n\n| Mã | Giá |\n|---|---|\n| NC-10M | 450.000 |",
    "| Mã | Giá sỉ |\n|---|---|\n| NC-10M | 450k |",
    "Giá đại lý:\n\n- NC-10M: 412.000\n",
)
LAWFUL = (
    "Theo cam kết CK-15, mỗi ngày trễ trả 2 % giá máy.",
    "Giá đại lý không đăng ở đây; gửi riêng theo hợp đồng.",
    "Công ty chịu trách nhiệm trong 24 giờ.",
    "## Giá niêm yết\n\n| Mã | Giá |\n|---|---|\n| NC-10M | 590.000 |",
)


def codes(content: Path, text: str) -> set[str]:
    append(FAQ, f"\n\n{text}\n")(content)
    return {fault.code for fault in check(content, TODAY)}


@pytest.mark.parametrize("text", UNLAWFUL)
def test_an_unlawful_phrase_is_found_however_it_is_written(content: Path, text: str) -> None:
    assert "unlawful_phrase" in codes(content, text)


@pytest.mark.parametrize("text", DEALER)
def test_a_dealer_price_is_found_however_it_is_written(content: Path, text: str) -> None:
    assert "dealer_price" in codes(content, text)


@pytest.mark.parametrize("text", LAWFUL)
def test_what_is_lawful_stays(content: Path, text: str) -> None:
    assert codes(content, text) <= {"broken_link"}


@pytest.mark.parametrize(
    "text", ["8&nbsp;giờ", "**8** giờ", "８ giờ", "8\u200b giờ", "ba&nbsp;ngày làm việc"]
)
def test_a_number_in_a_promise_is_found_however_it_is_written(content: Path, text: str) -> None:
    append("cam-ket/ck-02.md", f"\n\nChúng tôi trả lời trong {text}.\n")(content)
    assert "bare_number" in {fault.code for fault in check(content, TODAY)}


def test_a_word_that_hides_a_condition_is_found_behind_marks(content: Path) -> None:
    assert "undefined_term" in codes(content, "Ngoài giờ hành **chính** có thu thêm.")


def test_the_line_is_that_of_the_file(content: Path) -> None:
    append(FAQ, "\n\nMột\n<!-- x\ny -->\nmiễn tr\u200bách nhiệm\n")(content)
    lines = (content / FAQ).read_text(encoding="utf-8").split("\n")
    at = next(number for number, line in enumerate(lines, 1) if "miễn tr" in line)
    found = [fault for fault in check(content, TODAY) if fault.code == "unlawful_phrase"]
    assert [fault.line for fault in found] == [at]


@given(st.text(alphabet="a<>!-&#;*_[]()\\\n\u200b\u00ad ầ", max_size=80))
def test_no_line_is_lost_or_won(text: str) -> None:
    assert visible_text(text).count("\n") == text.count("\n")


@pytest.mark.parametrize("piece", ["<!--", "<", "&", "[", "](", "> ", "<a ", "\\", "*", "giá sỉ "])
def test_a_long_text_is_read_in_linear_time(piece: str) -> None:
    begun = time.process_time()
    visible_text(piece * 100_000)
    assert time.process_time() - begun < 20
