"""Broken letters are told with what was meant; letters of other languages are nobody's fault."""

import unicodedata
from pathlib import Path

import pytest

from service_policy.content import check
from service_policy.content.letters import broken_letters
from tests.service_policy.broken_content import sub
from tests.service_policy.conftest import CONTENT, TODAY

BROKEN = {
    "Báº£o hÃ nh": "Bảo hành",
    "cÃ³ sáºµn": "có sẵn",
    "Ä‘Æ°á»£c": "được",
    "TÃªn khÃ¡ch": "Tên khách",
    "25Â°C": "25°C",
    "Điều khoản".encode().decode("latin-1"): "Điều khoản",
    "Điều khoản bảo hành".encode().decode("mac_roman"): "Điều khoản bảo hành",
    "Bảo hành".encode().decode("cp850"): "Bảo hành",
    "§iÒu kho¶n": "Điều khoản",
    "b¶o hµnh 12 th¸ng": "bảo hành 12 tháng",
    "giao hµng tËn n¬i": "giao hàng tận nơi",
    "Ñieàu khoaûn": "Điều khoản",
    "chính saùch ñoåi traû": "chính sách đổi trả",
}
SOUND = (
    "ĐÃ GIAO, «Cá», 25 °C, m², kW·h, Bluetooth®, © 2026, 12 × 34, ½, 5 µm, § 3, ¶",
    "déjà vu, El Niño, août, goût, naïve, Straße, Ångström, jalapeño, œuvre, où, Noël, Citroën",
    "KHÁCH HÀNG ĐÃ\u00a0GIAO “XIN ĐÃ” THÔI ĐÃ… ĐÃ giao MÃ² MÃ®",
    "Trang chủ»sản phẩm; toán, toàn, loãng, khoản, quần, quý, ngoằn ngoèo",
    "crème brûlée, São Paulo, Zürich, Malmö, Köln, Björk, Øresund, Núñez, L’Oréal",
)


@pytest.mark.parametrize("text", BROKEN)
def test_what_was_meant_is_said(text: str) -> None:
    (fault,) = broken_letters(unicodedata.normalize("NFC", f"một\n{text}\n"), "x.md")
    assert fault.line == 2
    assert f"“{BROKEN[text]}”" in fault.fix


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a\ufffdb", "lost_letters"),
        ("a\x07b", "control_character"),
        ("\uf0b7 mục", "private_letter"),
    ],
)
def test_what_cannot_be_repaired_is_told(text: str, code: str) -> None:
    assert [fault.code for fault in broken_letters(text, "x.md")] == [code]


@pytest.mark.parametrize("text", SOUND)
def test_letters_of_other_languages_are_no_fault(text: str) -> None:
    assert broken_letters(text, "x.md") == []


@pytest.mark.parametrize("file", sorted(CONTENT.rglob("*.md")), ids=lambda file: file.name)
def test_nothing_of_the_sample_is_taken_for_broken(file: Path) -> None:
    if file.name != "HUONG-DAN.md":  # The guide shows what broken letters look like.
        assert broken_letters(file.read_text(encoding="utf-8"), file.name) == []


def test_a_whole_file_of_such_letters_is_one_fault() -> None:
    (fault,) = broken_letters("Báº£o hÃ nh\n" * 40, "x.md")
    assert "39 dòng nữa" in fault.message


def test_a_bell_that_was_written_as_an_escape_is_told(content: Path) -> None:
    sub("cam-ket/ck-02.md", r"^title: .*$", r'title: "Trả lời \\u0007"')(content)
    sub("hoi-dap/bh-01.md", r"^question: .*$", r'question: "\\u0085 x"')(content)
    sub("ket-qua/2026-10.json", r"\{", r'{"note": "\\u0007",')(content)
    found = {(fault.file, fault.code) for fault in check(content, TODAY)}
    assert ("content/cam-ket/ck-02.md", "control_character") in found
    assert ("content/hoi-dap/bh-01.md", "control_character") in found
    assert ("content/ket-qua/2026-10.json", "control_character") in found
