"""Money in words: known sums, and any sum read back to its figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_policy.digits import dong_in_words

DIGITS = "không một hai ba bốn năm sáu bảy tám chín".split()
VALUES = {word: value for value, word in enumerate(DIGITS)} | {"mốt": 1, "tư": 4, "lăm": 5}


def read_back(words: str) -> int:
    """Read words as a person does who writes the figures down."""
    text = words.lower().removesuffix(" đồng")
    above, billions, below = text.rpartition(" tỷ")
    if billions:
        return read_back(above) * 10**9 + (read_back(below.strip()) if below.strip() else 0)
    total = group = digit = 0
    for word in text.split():
        if word in ("triệu", "nghìn"):
            total += (group + digit) * {"triệu": 10**6, "nghìn": 10**3}[word]
            group = digit = 0
        elif word == "trăm":
            group, digit = digit * 100, 0
        elif word == "mươi":
            group, digit = group + digit * 10, 0
        elif word == "mười":
            group += 10
        elif word != "lẻ":
            digit = VALUES[word]
    return total + group + digit


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (1, "Một đồng"),
        (10, "Mười đồng"),
        (11, "Mười một đồng"),
        (14, "Mười bốn đồng"),
        (15, "Mười lăm đồng"),
        (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi tư đồng"),
        (25, "Hai mươi lăm đồng"),
        (101, "Một trăm lẻ một đồng"),
        (105, "Một trăm lẻ năm đồng"),
        (110, "Một trăm mười đồng"),
        (1_005, "Một nghìn không trăm lẻ năm đồng"),
        (12_490_000, "Mười hai triệu bốn trăm chín mươi nghìn đồng"),
        (50_000_000, "Năm mươi triệu đồng"),
        (1_000_005, "Một triệu không trăm lẻ năm đồng"),
        (1_005_021, "Một triệu không trăm lẻ năm nghìn không trăm hai mươi mốt đồng"),
        (2_000_000_000, "Hai tỷ đồng"),
        (1_000_000_000_000, "Một nghìn tỷ đồng"),
        (
            144_857_100,
            "Một trăm bốn mươi tư triệu tám trăm năm mươi bảy nghìn một trăm đồng",
        ),
    ],
)
def test_sums_are_said_as_the_school_book_says_them(amount: int, words: str) -> None:
    assert dong_in_words(amount) == words


@given(st.integers(min_value=0, max_value=10**15))
def test_any_sum_can_be_read_back(amount: int) -> None:
    assert read_back(dong_in_words(amount)) == amount


def test_nobody_owes_less_than_nothing() -> None:
    with pytest.raises(ValueError, match="negative"):
        dong_in_words(-1)
