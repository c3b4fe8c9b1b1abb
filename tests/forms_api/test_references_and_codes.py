"""References are easy to read out; codes are impossible to guess and never stored."""

import re
import string
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_api import codes, references
from forms_api.codes import Codes
from forms_api.errors import ValidationFailed

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DRAWN = st.text(references.ALPHABET, min_size=8, max_size=8)
SPACING = st.sampled_from(["-", " ", "", "–", ".", " - "])


def test_a_reference_names_kind_and_year_in_vietnam() -> None:
    last_evening_utc = datetime(2026, 12, 31, 18, 0, tzinfo=UTC)
    assert references.new_reference("complaint", NOW).startswith("KN-26-")
    assert references.new_reference("invoice_inquiry", last_evening_utc).startswith("HD-27-")


def test_the_alphabet_has_no_look_alikes() -> None:
    for pair in ("0O", "1I", "1L", "IL", "2Z", "5S", "6G", "8B", "UV", "QO"):
        assert sum(character in references.ALPHABET for character in pair) <= 1
    assert len(set(references.ALPHABET)) == len(references.ALPHABET)


@given(DRAWN, SPACING, st.booleans())
def test_a_reference_is_read_however_it_is_typed(drawn, gap, lower) -> None:
    written = f"KN-26-{drawn[:4]}-{drawn[4:]}"
    typed = written.replace("-", gap)
    assert references.parse_reference(typed.lower() if lower else typed) == written


@given(DRAWN)
def test_look_alikes_are_read_as_what_they_resemble(drawn) -> None:
    written = f"HD-26-{drawn[:4]}-{drawn[4:]}"
    mistaken = written[:6] + written[6:].translate(str.maketrans("8526V", "BSZGU"))
    assert references.parse_reference(mistaken) == written


@given(st.text(max_size=80))
def test_anything_typed_is_a_reference_or_nothing(typed) -> None:
    read = references.parse_reference(typed)
    assert read is None or re.fullmatch(r"(KN|HD)-\d\d-\w{4}-\w{4}", read)


@pytest.mark.parametrize("typed", ["", "KN-26-7F3K-9Q2", "XX-26-7F3K-9Q2M", "KN-26-7F3K-9Q2O"])
def test_what_is_no_reference_is_nothing(typed) -> None:
    assert references.parse_reference(typed) is None


def test_new_references_are_read_back_and_differ() -> None:
    drawn = {references.new_reference("complaint", NOW) for _ in range(500)}
    assert len(drawn) == 500
    assert all(references.parse_reference(one) == one for one in drawn)


@given(st.text(string.hexdigits, min_size=1), st.text(string.hexdigits, min_size=1))
def test_a_code_is_the_same_for_the_same_key_and_body_only(key, body) -> None:
    maker = Codes("secret one")
    code = maker.code(key, body)
    assert code == maker.code(key, body)
    assert code != maker.code(key, body + "0")
    assert code != maker.code(key + "0", body)
    assert code != Codes("secret two").code(key, body)


def test_a_code_has_at_least_128_bits_in_groups_of_four() -> None:
    code = Codes("secret").code("key", "body")
    assert re.fullmatch(rf"([{references.ALPHABET}]{{4}}-){{6}}[{references.ALPHABET}]{{4}}", code)
    assert len(references.ALPHABET) ** codes.LENGTH > 2**128


def test_a_code_matches_its_hash_however_it_is_typed() -> None:
    code = Codes("secret").code("key", "body")
    stored = codes.hash_of_code(code)
    assert codes.matches(stored, code)
    assert codes.matches(stored, code.lower().replace("-", " "))
    assert not codes.matches(stored, code[:-1])
    assert not codes.matches(stored, "")
    assert not codes.matches(None, code)
    assert not codes.matches(None, "")
    assert code.replace("-", "") not in stored.upper()


def test_bodies_are_compared_in_one_spelling() -> None:
    assert codes.hash_of_body("complaint", {"a": 1, "b": "hòa"}) == codes.hash_of_body(
        "complaint", {"b": "hòa", "a": 1}
    )
    assert codes.hash_of_body("complaint", {}) != codes.hash_of_body("invoice_inquiry", {})


def test_without_a_key_every_submission_is_its_own() -> None:
    assert codes.hash_of_key(None) != codes.hash_of_key(None)
    assert codes.hash_of_key("k-1") == codes.hash_of_key("k-1")


@pytest.mark.parametrize("key", ["", "a b", "khóa", "x" * 256, "a\nb"])
def test_an_unusable_key_is_named(key) -> None:
    with pytest.raises(ValidationFailed) as failure:
        codes.hash_of_key(key)
    assert [error.field for error in failure.value.errors] == ["Idempotency-Key"]
