"""Account numbers, the text of VietQR pictures, the rows of statements, and what they pay."""

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_policy.banks import StatementLayout
from service_policy.paying import vietqr
from service_policy.paying.accounts import (
    LONGEST_MEMO,
    BadAccount,
    account_number,
    holder_name,
    is_unusual,
    masked,
    memo_of,
    references_in,
    same_name,
    tail,
)
from service_policy.paying.matching import Account, Awaited, Done, match
from service_policy.paying.statement import BadStatement, BankLine, read_rows

TODAY = date(2026, 11, 30)
TWO = StatementLayout(
    id="hai-cot",
    title="Hai cột",
    booked_on="Ngày giao dịch",
    memo="Nội dung",
    reference="Mã giao dịch",
    debit="Ghi nợ",
    credit="Ghi có",
    dates="dd/mm/yyyy",
    numbers="1,234,567",
)
ONE = StatementLayout(
    id="mot-cot",
    title="Một cột",
    booked_on="Ngày",
    memo="Diễn giải",
    reference="Số bút toán",
    amount="Số tiền",
    dates="dd/mm/yyyy",
    numbers="1.234.567",
)
HEAD = ["Ngày giao dịch", "Mã giao dịch", "Ghi nợ", "Ghi có", "Số dư", "Nội dung"]
KN, OTHER = "KN-26-7F3K-9Q2M", "KN-26-AAAA-2222"


# ---------------------------------------------------------------- accounts


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0011 0023 45678", "0011002345678"),
        (" 00110023\u00a045678 ", "0011002345678"),
        ("vinhan99", "VINHAN99"),
        ("１２３４", "1234"),
    ],
)
def test_spaces_are_dropped_and_letters_made_large(typed: str, kept: str) -> None:
    assert account_number(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "123", "1" * 20, "12-34-56", "tàikhoản", "0011;0023", "=1+1"]
)
def test_what_is_no_account_is_refused(typed: str) -> None:
    with pytest.raises(BadAccount):
        account_number(typed)


def test_a_number_outside_six_to_nineteen_digits_is_unusual() -> None:
    assert [is_unusual(one) for one in ("12345", "123456", "1" * 19, "ABC12345")] == [
        True,
        False,
        False,
        True,
    ]


def test_a_holder_is_written_as_banks_write_it() -> None:
    assert holder_name("  Nguyễn  Thị Đào ") == "NGUYEN THI DAO"
    assert holder_name("Công ty TNHH A&B") == "CONG TY TNHH A&B"
    for bad in ("", "123", "x" * 71):
        with pytest.raises(BadAccount):
            holder_name(bad)


def test_a_name_is_the_same_without_accents_and_titles() -> None:
    assert same_name("LE HOA", "Chị Lê Hoa")
    assert not same_name("LE HOA", "Lê Hòa Bình")


@given(st.text(string.ascii_uppercase + string.digits, min_size=4, max_size=19))
def test_a_mask_hides_more_than_it_shows_or_half(account: str) -> None:
    shown = masked("VCB", account)
    assert tail(account) in shown
    assert account not in shown
    assert len(tail(account)) * 2 <= len(account)


def test_the_words_of_a_transfer_are_short_and_found_again() -> None:
    memo = memo_of(KN)
    assert memo == "BU KN267F3K9Q2M"
    assert len(memo) <= LONGEST_MEMO
    assert memo.isascii()


@pytest.mark.parametrize(
    ("memo", "found"),
    [
        ("MBVCB.8812.BU KN267F3K9Q2M.CT tu 0071", (KN,)),
        ("bu kn26 7f3k 9q2m", (KN,)),
        ("BU KN-26-7F3K-9Q2M", (KN,)),
        ("BU KN267F3K 9Q2M BU KN26AAAA2222", (KN, OTHER)),
        ("BU KN267F3K9Q2M BU KN267F3K9Q2M", (KN,)),
        ("BU KN267F3K9Q2MX", ()),
        ("KN267F3K9Q2M", ()),
        ("BU LUONG THANG 11", ()),
        ("", ()),
    ],
)
def test_references_are_found_as_banks_print_them(memo: str, found: tuple[str, ...]) -> None:
    assert references_in(memo) == found


# ---------------------------------------------------------------- VietQR


def test_a_picture_holds_what_the_measured_vector_says() -> None:
    text = vietqr.payload("970436", "0011002345678", 410_000, "BU KN267F3K9Q2M")
    assert text.endswith("6304816D")
    assert text.startswith("00020101021238570010A000000727012700069704360113001100234567802")


@given(
    account=st.text(string.ascii_uppercase + string.digits, min_size=4, max_size=19),
    vnd=st.integers(1, 10**12),
)
def test_what_was_written_is_read_again_and_no_sign_of_it_can_change(
    account: str, vnd: int
) -> None:
    text = vietqr.payload("970436", account, vnd, "BU KN267F3K9Q2M")
    assert vietqr.read(text) == vietqr.QrAccount("970436", account)
    for at in range(0, len(text) - 4, 7):
        broken = text[:at] + ("X" if text[at] != "X" else "Y") + text[at + 1 :]
        with pytest.raises(BadAccount):
            vietqr.read(broken)


@given(st.text(max_size=600))
def test_any_other_text_is_refused_and_breaks_nothing(text: str) -> None:
    with pytest.raises(BadAccount):
        vietqr.read(text)


def test_a_code_of_another_service_is_no_account() -> None:
    body = "000201" + "38" + "10" + "0006A00000" + "5802VN" + "6304"
    with pytest.raises(BadAccount, match="không phải mã nhận chuyển khoản"):
        vietqr.read(f"{body}{vietqr.checksum(body):04X}")


# ---------------------------------------------------------------- statements


def rows(*lines: list[str]) -> list[list[str]]:
    return [
        ["SAO KÊ TÀI KHOẢN"],
        ["Từ ngày 01/11/2026"],
        HEAD,
        *lines,
        ["", "", "", "", "", "Cộng"],
    ]


def test_titles_above_and_totals_below_are_left_out() -> None:
    found = read_rows(
        rows(
            ["30/11/2026", "FT1", "50,000", "", "1", "BU KN267F3K9Q2M"],
            ["30/11/2026 10:00", "FT2", "", "1,200,000", "1", "KHACH TRA"],
        ),
        TWO,
        TODAY,
    )
    assert [(one.row, one.reference, one.vnd) for one in found] == [
        (4, "FT1", -50_000),
        (5, "FT2", 1_200_000),
    ]


def test_one_column_has_a_sign() -> None:
    head = ["ngay", "DIEN GIAI", "so but toan", "So tien"]
    found = read_rows([head, ["01/11/2026", "x", "A1", "-50.000"]], ONE, TODAY)
    assert found == (BankLine(2, "A1", date(2026, 11, 1), -50_000, "x"),)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["30/11/26", "FT1", "50,000", "", "", ""], "không theo dd/mm/yyyy"),
        (["01/12/2026", "FT1", "50,000", "", "", ""], "tương lai"),
        (["30/11/2026", "FT1", "50.000", "", "", ""], "không theo 1,234,567"),
        (["30/11/2026", "FT1", "50,00", "", "", ""], "không theo 1,234,567"),
        (["30/11/2026", "FT1", "50,000", "1", "", ""], "cùng có số"),
        (["30/11/2026", "F" * 61, "50,000", "", "", ""], "dài quá"),
    ],
)
def test_a_row_that_can_be_read_in_two_ways_refuses_the_file(line: list[str], said: str) -> None:
    with pytest.raises(BadStatement) as refused:
        read_rows(rows(["30/11/2026", "FT0", "1", "", "", ""], line), TWO, TODAY)
    assert len(refused.value.faults) == 1
    assert said in refused.value.faults[0]
    assert "dòng 5" in refused.value.faults[0]


def test_a_file_without_the_columns_is_refused_by_their_names() -> None:
    with pytest.raises(BadStatement, match="Mã giao dịch"):
        read_rows([["a", "b"], ["c", "d"]], TWO, TODAY)


def test_one_id_with_two_sums_is_a_fault_but_a_fee_may_share_the_id_of_its_transfer() -> None:
    paid = ["30/11/2026", "FT1", "50,000", "", "", f"BU {KN}"]
    fee = ["30/11/2026", "FT1", "1,100", "", "", "PHI CHUYEN TIEN"]
    assert len(read_rows(rows(paid, fee), TWO, TODAY)) == 2
    with pytest.raises(BadStatement, match="số tiền khác"):
        read_rows(rows(paid, ["30/11/2026", "FT1", "9", "", "", f"BU {KN}"]), TWO, TODAY)


# ---------------------------------------------------------------- matching


def line(vnd: int, memo: str = f"BU {KN}") -> BankLine:
    return BankLine(1, "FT1", TODAY, vnd, memo)


KNOWN = {
    KN: Account(410_000, (Awaited(1, 1, 410_000),), (Done(9, 50_000),)),
    OTHER: Account(50_000),
}


@pytest.mark.parametrize(
    ("found", "outcome"),
    [
        (line(-410_000), "paid"),
        (line(-50_000, f"BU {OTHER}"), "paid"),
        (line(50_000), "returned"),
        (line(410_000), "returned"),
        (line(-410_000, "LUONG THANG 11"), "not_ours"),
        (line(-410_000, f"BU {KN} BU {OTHER}"), "several_cases"),
        (line(-410_000, "BU KN26ZZZZ9999"), "unknown_case"),
        (line(-409_999), "no_debt"),
        (line(-820_000), "no_debt"),
        (line(51_000), "no_debt"),
        (line(0), "no_debt"),
    ],
)
def test_a_line_is_what_its_reference_and_its_sum_say(found: BankLine, outcome: str) -> None:
    assert match(found, KNOWN).outcome == outcome


def test_a_line_that_fits_two_is_never_guessed() -> None:
    two = Account(100_000, (Awaited(1, 1, 50_000), Awaited(2, 1, 50_000)))
    assert match(line(-50_000), {KN: two}).outcome == "several_debts"
    back = Account(50_000, (Awaited(2, 1, 50_000),), (Done(9, 50_000),))
    assert match(line(50_000), {KN: back}).outcome == "several_debts"


def test_a_sum_that_an_exemption_took_away_is_not_paid_against_nothing() -> None:
    assert match(line(-50_000), {KN: Account(0, (Awaited(1, 1, 50_000),))}).outcome == "no_debt"


@given(
    vnd=st.integers(-(10**7), 10**7),
    memo=st.text(max_size=60),
    open_vnd=st.integers(0, 10**6),
)
def test_nothing_is_paid_that_is_not_owed(vnd: int, memo: str, open_vnd: int) -> None:
    found = match(line(vnd, f"{memo} BU {KN}"), {KN: Account(open_vnd)})
    if found.outcome == "paid":
        assert found.case == KN
        assert -vnd == open_vnd > 0
