"""Breaking the content: every fault is named with file, line, field and a fix, all at once."""

import unicodedata
from datetime import date
from pathlib import Path

import pytest

from forms_api.kinds import DECLARED
from service_policy.content import ContentErrors, Fault, read
from service_policy.content import check as check_with
from tests.service_policy.broken_content import BREAKS, ENDED, FAQ, append, sub, write
from tests.service_policy.conftest import CONTENT, TODAY


def check(folder: Path, today: date) -> list[Fault]:
    """Check a folder as `inv check` does, with the forms that the portal declares."""
    return check_with(folder, today, declared=DECLARED)


def test_the_sample_content_has_no_faults() -> None:
    assert [str(fault) for fault in check(CONTENT, TODAY)] == []


@pytest.mark.parametrize("name", BREAKS)
def test_an_editor_is_told_what_is_wrong_where_and_how_to_fix_it(content: Path, name: str) -> None:
    breaker, file, field, code = BREAKS[name]
    breaker(content)
    every = check(content, TODAY)
    found = [fault for fault in every if fault.code == code]
    assert found, [str(fault) for fault in every]
    fault = found[0]
    assert (fault.file, fault.field, fault.level) == (f"content/{file}", field, "error")
    assert fault.line >= 1
    assert len(fault.fix) >= 5
    assert str(fault).startswith(f"content/{file}:{fault.line}: {field}: ")


def test_content_with_a_fault_is_never_read(content: Path) -> None:
    BREAKS["a missing field"][0](content)
    with pytest.raises(ContentErrors, match=r"content/cam-ket/ck-02\.md"):
        read(content, TODAY)


def test_the_line_named_is_the_line_at_fault(content: Path) -> None:
    file = content / FAQ
    append(FAQ, "\n\n[xem](javascript:alert(1))\n")(content)
    line = next(
        number
        for number, text in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if "javascript" in text
    )
    (fault,) = check(content, TODAY)
    assert fault.line == line


def test_all_faults_are_named_at_once(content: Path) -> None:
    together = (
        "a missing field",
        "a script in an answer",
        "a price in words",
        "a hole in the target matrix",
    )
    for name in together:
        BREAKS[name][0](content)
    codes = {fault.code for fault in check(content, TODAY)}
    assert codes >= {"missing", "unsafe_markup", "not_an_integer", "matrix_hole"}


def test_a_vague_phrase_outside_a_commitment_is_a_warning(content: Path) -> None:
    append(FAQ, "\n\nChúng tôi gọi lại trong thời gian sớm nhất.\n")(content)
    (fault,) = check(content, TODAY)
    assert (fault.code, fault.level) == ("vague_phrase", "warning")
    assert read(content, TODAY).warnings == (fault,)


def test_a_vague_phrase_with_a_number_is_fine(content: Path) -> None:
    append(FAQ, "\n\nChúng tôi gọi lại nhanh nhất có thể, không quá 1 giờ.\n")(content)
    assert check(content, TODAY) == []


def test_a_replaced_law_is_a_warning_that_names_its_successor(content: Path) -> None:
    sub(
        "can-cu.yaml",
        r"(id: nd-248-2026.*effective_from: [0-9-]+)\}",
        r"\1, effective_to: 2026-09-30, successor: luat-122-2025}",
    )(content)
    faults = check(content, TODAY)
    assert faults
    assert {(fault.code, fault.level) for fault in faults} == {("replaced_law", "warning")}


def test_an_alias_bomb_is_refused_at_once(content: Path) -> None:
    bomb = "---\na: &a [x]\n" + "".join(
        f"{name}: &{name} [*{last}, *{last}, *{last}, *{last}]\n"
        for last, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    write(FAQ, f"{bomb}---\n".encode())(content)
    assert "yaml_alias" in {fault.code for fault in check(content, TODAY)}


def test_deep_nesting_is_refused_without_recursion(content: Path) -> None:
    write(FAQ, b"---\na: " + b"[" * 5000 + b"]" * 5000 + b"\n---\n")(content)
    assert "yaml_depth" in {fault.code for fault in check(content, TODAY)}


def test_scalars_keep_their_spelling(content: Path) -> None:
    sub(FAQ, r"^  - mat phieu.*$", "  - no\n  - '0123456701'\n  - 8:30\n  - 1.10")(content)
    entry = next(one for one in read(content, TODAY).faq if one.id == "BH-01")
    assert entry.hoi_cach_khac[:4] == ("no", "0123456701", "8:30", "1.10")


def test_old_age_alone_never_fails_a_build(content: Path) -> None:
    errors = [fault for fault in check(content, date(2026, 12, 30)) if fault.level == "error"]
    assert errors == []


def test_decomposed_text_becomes_composed(content: Path) -> None:
    path = content / FAQ
    path.write_text(
        unicodedata.normalize("NFD", path.read_text(encoding="utf-8")), encoding="utf-8"
    )
    entry = next(one for one in read(content, TODAY).faq if one.id == "BH-01")
    assert unicodedata.is_normalized("NFC", entry.question + entry.body)


def test_a_picture_that_no_product_shows_is_a_warning(content: Path) -> None:
    hinh = content / "san-pham" / "hinh"
    (hinh / "cu.svg").write_bytes((hinh / "nc-10m.svg").read_bytes())
    (fault,) = check(content, TODAY)
    assert (fault.file, fault.code) == ("content/san-pham/hinh/cu.svg", "unused_picture")
    assert fault.level == "warning"


def test_time_alone_ends_a_sale_with_a_warning_only(content: Path) -> None:
    sub(ENDED, r"^status: discontinued$", "status: current")(content)
    (fault,) = check(content, TODAY)
    assert (fault.file, fault.field, fault.level) == (f"content/{ENDED}", "status", "warning")
