"""A file that cannot be read is one fault: nothing that follows from it is told."""

from pathlib import Path

import pytest

from service_policy.content import check
from tests.service_policy.broken_content import Breaker, append, both, sub, swap, write
from tests.service_policy.conftest import TODAY

COLON = "có dấu hai chấm giữa câu"
CSV = "bang-gia/ban-le-2026-11.csv"
ONE_FAULT: dict[str, tuple[Breaker, str, int, str]] = {
    # what happened: (how, file, line, words of the message)
    "a colon in a commitment": (
        sub("cam-ket/ck-02.md", r"^measure: ", "measure: đo: "),
        "cam-ket/ck-02.md",
        9,
        COLON,
    ),
    "a colon in the code of a procedure": (
        sub("bao-hanh/quy-trinh.md", r"^id: ", "id: x: "),
        "bao-hanh/quy-trinh.md",
        2,
        COLON,
    ),
    "a catalogue without its code": (
        sub("catalogue/bep.md", r"^id: .*\n", ""),
        "catalogue/bep.md",
        2,
        "thiếu",
    ),
    "a code of another shape": (
        sub("catalogue/bep.md", r"^id: .*$", "id: ???"),
        "catalogue/bep.md",
        2,
        "mẫu",
    ),
    "a colon in the code of a price sheet of which there is an earlier version": (
        sub("bang-gia/ban-le-2026-11.md", r"^id: ", "id: x: "),
        "bang-gia/ban-le-2026-11.md",
        2,
        COLON,
    ),
    "a price sheet without its code": (
        sub("bang-gia/ban-le-2026-11.md", r"^id: .*\n", ""),
        "bang-gia/ban-le-2026-11.md",
        2,
        "thiếu",
    ),
    "a colon in the topics": (
        sub("chu-de.yaml", r"name: ", "name: x: "),
        "chu-de.yaml",
        4,
        "dấu hai chấm",
    ),
    "a commitment without a field": (
        sub("cam-ket/ck-02.md", r"^measure: .*\n", ""),
        "cam-ket/ck-02.md",
        2,
        "thiếu trường này",
    ),
    "a colon in the company": (
        sub("cong-ty.yaml", r"^tagline: .*$", "tagline: a: b"),
        "cong-ty.yaml",
        7,
        COLON,
    ),
    "a colon in a cell of the segments": (
        sub("phan-khuc.yaml", r"name: ", "name: x: "),
        "phan-khuc.yaml",
        8,
        "dấu hai chấm",
    ),
    "a colon in a price sheet of which there is a later version": (
        sub("bang-gia/ban-le-2026-11-v1.md", r"^title: ", "title: x: "),
        "bang-gia/ban-le-2026-11-v1.md",
        6,
        COLON,
    ),
    "a colon in a product that sheets, answers and catalogues name": (
        sub("san-pham/nc-10m.md", r"^manual_note: .*$", "manual_note: x: y"),
        "san-pham/nc-10m.md",
        41,
        COLON,
    ),
    "a colon in an answer": (
        sub("hoi-dap/bh-01.md", r"^question: ", "question: x: "),
        "hoi-dap/bh-01.md",
        6,
        COLON,
    ),
    "an answer without its address": (
        sub("bao-hanh/mat-phieu.md", r"^slug: .*\n", ""),
        "bao-hanh/mat-phieu.md",
        2,
        "thiếu",
    ),
    "a page without its first fence": (
        sub("trang/khieu-nai/index.md", r"\A---\n", ""),
        "trang/khieu-nai/index.md",
        1,
        "---",
    ),
    "a page without its address": (
        sub("trang/khieu-nai/index.md", r"^url: .*\n", ""),
        "trang/khieu-nai/index.md",
        2,
        "thiếu",
    ),
    "a colon in a law": (
        sub("can-cu.yaml", r"title: ", "title: x: "),
        "can-cu.yaml",
        4,
        "dấu hai chấm",
    ),
    "a comma lost in a scorecard": (
        swap("ket-qua/2026-10.json", ",", ";"),
        "ket-qua/2026-10.json",
        2,
        "thiếu dấu “,”",
    ),
    "a colon in a partner's page": (
        sub("doi-tac/xu-ly-su-co.md", r"^title: ", "title: x: "),
        "doi-tac/xu-ly-su-co.md",
        4,
        COLON,
    ),
    "a colon in an item of a list": (
        sub("bang-gia/ban-le-2026-11.md", r"^conditions:\n", "conditions:\n  - Lưu ý: giá\n"),
        "bang-gia/ban-le-2026-11.md",
        14,
        COLON,
    ),
    "a colon in the taxes": (
        sub("thue.yaml", r"^classes:", "classes: x: y"),
        "thue.yaml",
        3,
        COLON,
    ),
    "a merge in a commitment": (
        sub("cam-ket/ck-02.md", r"^promise: ", "<<<<<<< HEAD\npromise: "),
        "cam-ket/ck-02.md",
        8,
        "hợp nhất git",
    ),
    "a merge in the body of an answer, with the line ends of Windows": (
        append("hoi-dap/bh-01.md", "\r\n<<<<<<< HEAD\r\nA\r\n=======\r\nB\r\n>>>>>>> nhanh\r\n"),
        "hoi-dap/bh-01.md",
        31,
        "hợp nhất git",
    ),
    "a merge of which only the end was forgotten": (
        append("hoi-dap/bh-01.md", "\n>>>>>>> nhanh-khac\n"),
        "hoi-dap/bh-01.md",
        31,
        "hợp nhất git",
    ),
    "a merge in the first line": (
        sub("san-pham/nc-10m.md", r"\A", "<<<<<<< HEAD\n"),
        "san-pham/nc-10m.md",
        1,
        "hợp nhất git",
    ),
    "a merge in the company": (
        sub("cong-ty.yaml", r"^tagline", "||||||| base\n=======\ntagline"),
        "cong-ty.yaml",
        7,
        "hợp nhất git",
    ),
    "a merge in a table of prices": (
        sub(CSV, r"^NC-18C", "<<<<<<< HEAD\nNC-18C"),
        CSV,
        3,
        "hợp nhất git",
    ),
    "a merge in a scorecard": (
        sub("ket-qua/2026-10.json", r"\n", "\n>>>>>>> theirs\n"),
        "ket-qua/2026-10.json",
        2,
        "git",
    ),
    "a text that was read with the wrong table": (
        swap("san-pham/nc-10m.md", "Nồi cơm cơ một nút", "Ná»“i cÆ¡m cơ một nút"),
        "san-pham/nc-10m.md",
        45,
        "chữ vỡ",
    ),
    "a table of prices that was saved for old Windows": (
        write(CSV, b"product_code,unit\nNC-10M," + "cái".encode("cp1252")),
        CSV,
        2,
        "bảng mã cũ của Windows",
    ),
    "a table without its prices": (
        sub(CSV, r"price_vnd", "gia"),
        CSV,
        1,
        "có cột lạ gia; thiếu cột price_vnd",
    ),
    "a day that does not exist in a sheet": (
        sub("bang-gia/ban-le-2026-11.md", r"^valid_from: .*$", "valid_from: 2026-13-01"),
        "bang-gia/ban-le-2026-11.md",
        9,
        "không phải ngày có thật",
    ),
    "an address that cannot be one": (
        sub("hoi-dap/bh-02.md", r"^slug: .*$", "slug: so-sê-ri"),
        "hoi-dap/bh-02.md",
        3,
        "không hợp làm địa chỉ",
    ),
    "a merge in the list of addresses": (
        sub("dia-chi.txt", r"\A.*\n", ">>>>>>> nhanh\n"),
        "dia-chi.txt",
        1,
        "hợp nhất git",
    ),
    "a merge in a drawing": (
        append("san-pham/hinh/nc-10m.svg", "\n<<<<<<< HEAD\n"),
        "san-pham/nc-10m.md",
        39,
        "hợp nhất git",
    ),
    "a price with a comma": (
        sub(CSV, "NC-10M,cái,590000", "NC-10M,cái,590,000"),
        CSV,
        2,
        "dòng có 7 ô mà bảng có 6 cột",
    ),
    "rows that are no prices": (
        append(CSV, "Tổng cộng,,30000000\nGhi chú\n"),
        CSV,
        14,
        "thiếu unit, vat; còn 1 dòng nữa",
    ),
    "a picture with the name that a camera gave it": (
        sub("san-pham/nc-10m.md", r"nc-10m\.svg", "IMG_0001.JPG"),
        "san-pham/nc-10m.md",
        39,
        "tên hình chỉ gồm",
    ),
    "letters that became question marks": (
        append("hoi-dap/bh-01.md", "\n\nB?o h?nh mi?n ph? cho kh?ch\n"),
        "hoi-dap/bh-01.md",
        32,
        "có chữ đã mất",
    ),
    "a footnote": (
        append("hoi-dap/bh-01.md", "\n\nChữ[^1]\n\n[^1]: lời\n"),
        "hoi-dap/bh-01.md",
        34,
        "chú thích cuối trang",
    ),
    "a name in letters that paper lacks": (
        sub("san-pham/nc-10m.md", r"^manual_note: \"", 'manual_note: "김철수 '),
        "san-pham/nc-10m.md",
        41,
        "bản in không có chữ “김”",
    ),
    "a table with a column twice": (
        sub(CSV, r"\A(.*)$", r"\1,unit"),
        CSV,
        1,
        "cột unit có hai lần",
    ),
}


@pytest.mark.parametrize("name", ONE_FAULT)
def test_one_cause_is_one_fault_at_its_line(content: Path, name: str) -> None:
    breaker, file, line, words = ONE_FAULT[name]
    breaker(content)
    faults = check(content, TODAY)
    assert len(faults) == 1, [str(fault) for fault in faults]
    assert (faults[0].file, faults[0].line) == (f"content/{file}", line), str(faults[0])
    assert words in faults[0].message


def test_another_fault_is_told_beside_an_unreadable_file(content: Path) -> None:
    both(
        sub("cam-ket/ck-02.md", r"^measure: ", "measure: đo: "),
        append("hoi-dap/bh-02.md", "\n\n[xem](/khong-co-trang-nay/)\n"),
        sub("hoi-dap/bh-01.md", r"^related: \[CK-06", "related: [CK-60"),
    )(content)
    assert [fault.code for fault in check(content, TODAY)] == [
        "yaml_syntax", "unknown_reference", "broken_link",
    ]  # fmt: skip


def test_the_underline_of_a_heading_is_no_merge(content: Path) -> None:
    append("hoi-dap/bh-01.md", "\n\nCòn gì nữa\n=======\n\nKhông.\n")(content)
    assert "merge_conflict" not in {fault.code for fault in check(content, TODAY)}


def test_a_column_written_with_points_is_one_fault(content: Path) -> None:
    file = content / CSV
    rows = [row.replace("0000,giam", "0.000,giam") for row in file.read_text("utf-8").split("\n")]
    file.write_text("\n".join(rows), encoding="utf-8")
    (fault,) = check(content, TODAY)
    assert "dòng nữa như vậy" in fault.message
    assert fault.fix.startswith("viết 590000 nếu là năm trăm chín mươi nghìn")
