"""What is kept of a search in vain: words, and nothing that points to a person."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.gap_words import LONGEST, kept_words


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("Tuyển dụng k ạ?", "tuyen dung k a"),
        ("TUYỂN DỤNG SỐ MẤY", "tuyen dung so may"),
        ("tuye\u0302\u0309n du\u0323ng", "tuyen dung"),
        ("tuyển dụng 0912 345 678", "tuyen dung"),
        ("gọi 0912.345.678 giùm", "goi gium"),
        ("gọi (+84)912-345-678", "goi"),
        ("hỏi qua a.b@khach.vn nhé", "hoi qua nhe"),
        ("xem https://x.vn/a?b=c hoặc www.x.vn", "xem hoac"),
        ("hóa đơn 1C26TNK số 00001234", "hoa don"),
        ("KN-26-7F3K-9Q2M ở đâu", "o dau"),
        ("giao tới 12 Nguyễn Trãi, Phường Bến Nghé, Quận 1 mất bao lâu", "giao toi mat bao lau"),
        ("nhà số 5 ngõ 12 phố Huế", "nha"),
        ("Phường Bến Nghé giao hàng", "giao hang"),
        ("đường dây nóng", "duong day nong"),
        ("đổi “nồi” & bếp", "doi noi bep"),
        ("x", ""),
        ("0912345678", ""),
        ("🙂 …", ""),
        ("", ""),
        ("a" * 5000, ""),
    ],
)
def test_words_are_kept_and_what_points_to_a_person_is_not(query: str, kept: str) -> None:
    assert kept_words(query) == kept


@given(st.text(max_size=400))
def test_whatever_is_typed_becomes_a_few_plain_words(query: str) -> None:
    kept = kept_words(query)
    assert len(kept) <= LONGEST
    assert not any(character.isnumeric() or character in "@/:." for character in kept)
    assert kept == " ".join(kept.split())


@given(st.text(string.ascii_lowercase + " ", max_size=150))
def test_words_that_were_kept_stay_as_they_are(query: str) -> None:
    kept = kept_words(query)
    assert kept_words(kept) == kept
