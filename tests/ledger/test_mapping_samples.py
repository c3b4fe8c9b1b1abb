"""Mappings for software that people use, and the proposal for software that nobody has mapped."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from forms_api.ledger.importing import import_file, read_mapping
from forms_api.ledger.rows import current
from forms_api.store import Store
from tests.ledger.test_importing import NOW
from tests.support.books import AS_OF, remember
from tooling.ledger_map import propose
from tooling.words import Refused

FOLDER = Path(__file__).parents[2] / "samples" / "ledger" / "mappings"
SHEET = (
    ("STT", "1", "2"),
    ("Ngày hạch toán (*)", "03/11/2026", "03/11/2026"),
    ("Ngày chứng từ (*)", "03/11/2026", "03/11/2026"),
    ("Số chứng từ (*)", "BH1", "BH1"),
    ("Mẫu số HĐ", "1", "1"),
    ("Ký hiệu HĐ", "C26TAB", "C26TAB"),
    ("Số hóa đơn", "0000007", "0000007"),
    ("Ngày hóa đơn", "03/11/2026", "03/11/2026"),
    ("Mã khách hàng", "KH1", "KH1"),
    ("Tên khách hàng", "Ai đó", "Ai đó"),
    ("Mã số thuế", "", ""),
    ("NV bán hàng", "NV1", "NV1"),
    ("Mã hàng (*)", "A-1", "A-2"),
    ("Tên hàng", "Nồi", "Nồi"),
    ("ĐVT", "cái", "cái"),
    ("Số lượng", "2", "1,5"),
    ("Đơn giá", "1.250.000", "990.000"),
    ("Thành tiền", "2.500.000", "1.485.000"),
    ("% thuế GTGT", "8%", "8"),
    ("Tiền thuế GTGT", "200.000", "118.800"),
    ("Kho", "K1", "K1"),
)
TITLE = "SỔ CHI TIẾT BÁN HÀNG\nTừ ngày 01/11/2026 đến ngày 18/11/2026\n\n"
MISA = TITLE + "".join(";".join(row) + "\n" for row in zip(*SHEET, strict=True))
EXPORT = """Danh sách đơn;;;;;
Đến ngày 19/11/2026;;;;;

Mã đơn hàng;Mã khách hàng;Ngày đặt hàng;Ngày hẹn giao;Tỉnh/Thành phố;Ghi chú
DH1;KH1;03/11/2026 08:30;25/11/2026;Nghệ An;gọi trước
DH2;KH1;04/11/2026 09:00;26/11/2026;Hà Nội;
"""


def taken(
    store: Store, folder: Path, text: str, mapping: Path, table: str
) -> list[dict[str, object]]:
    path = folder / "tep.csv"
    path.write_text(text)
    import_file(store, path, NOW, "test", mapped=read_mapping(mapping), as_of=AS_OF)
    return store.read(lambda c: [dict(row.values) for row in current(c, table)])


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yaml")), ids=lambda file: file.stem)
def test_every_sample_is_a_mapping_and_says_what_was_verified(file: Path) -> None:
    assert read_mapping(file).mapping.columns
    assert "Đã kiểm" in file.read_text(encoding="utf-8")


def test_a_sheet_of_misa_becomes_lines_of_invoices(sqlite_store: Store, tmp_path: Path) -> None:
    invoice = {"series": "C26TAB", "number": "7", "customer_id": "KH1"}
    remember(sqlite_store, "invoices", [invoice])
    file = FOLDER / "misa-so-chi-tiet-ban-hang.yaml"
    first, second = taken(sqlite_store, tmp_path, MISA, file, "invoice_lines")
    assert (first["qty"], first["unit_price_vnd"], first["vat_rate"]) == (2_000, 1_250_000, 800)
    assert (second["qty"], second["number"]) == (1_500, "7")


def test_an_event_of_a_carrier_means_what_the_carrier_says(
    sqlite_store: Store, tmp_path: Path
) -> None:
    text = (
        "ORDER_NUMBER,ORDER_REFERENCE,ORDER_STATUS,ORDER_STATUSDATE,IS_RETURNING\n"
        "V1,x,501,20/11/2026 10:00:00,false\nV1,x,400,20/11/2026 08:00:00,false\n"
        "V2,x,501,20/11/2026 10:00:00,true\n"
    )
    file = FOLDER / "viettelpost-hanh-trinh.yaml"
    rows = taken(sqlite_store, tmp_path, text, file, "tracking")
    assert [(row["awb"], row["code"], row["returning"]) for row in rows] == [
        ("V1", "400", False),
        ("V1", "delivered", False),
        ("V2", "delivered", True),
    ]
    assert rows[0]["at"] == datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


def test_a_proposal_for_an_unknown_export_can_be_used_after_a_look(
    sqlite_store: Store, tmp_path: Path
) -> None:
    export, mapping = tmp_path / "phan-mem-la.csv", tmp_path / "a.yaml"
    export.write_text(EXPORT)
    text = propose(export)
    mapping.write_text(text)
    assert "source: phan-mem-la" in text
    assert 'date: "dd/mm/yyyy hh:mm"}  # ngày trước hay tháng trước?' in text
    assert 'due_on: {from: Ngày hẹn giao, date: "dd/mm/yyyy"}\n' in text
    assert "ignore: [Ghi chú]" in text
    remember(sqlite_store, "customers", [{"customer_id": "KH1"}])
    result = import_file(sqlite_store, export, NOW, "test", mapped=read_mapping(mapping))
    assert (result.new, result.about.as_of) == (2, datetime(2026, 11, 19, 16, 59, tzinfo=UTC))


@pytest.mark.parametrize(
    ("cells", "stated"),
    [
        ("Tổng tiền\n1.234\n", 'number: "1.234.567"}  # 1.234 là nghìn hay lẻ?'),
        ("Tổng tiền\n1.234.567\n", 'number: "1.234.567"}\n'),
        ('Tổng tiền\n"1,234,567.5"\n', 'number: "1,234,567"}\n'),
        ("Tổng tiền\n1500\n", "total_vnd: Tổng tiền\n"),
        ("Ngày hóa đơn\n11/23/2026\n", 'date: "mm/dd/yyyy"}  # tháng đứng trước ngày'),
        ("Ngày hóa đơn\nhôm qua\n", "# kiểu ngày chưa rõ"),
        ("Loại hóa đơn\nGốc\nLạ\n", '{Gốc: original, "*": error}  # chưa dịch: Lạ'),
    ],
)
def test_what_the_first_rows_leave_open_is_said(tmp_path: Path, cells: str, stated: str) -> None:
    file = tmp_path / "hoa-don.csv"
    file.write_text(cells)
    text = propose(file, "invoices")
    assert stated in text
    assert "# series: cột này bắt buộc mà chưa thấy" in text


def test_moments_without_hours_ask_the_company_for_one(tmp_path: Path) -> None:
    file = tmp_path / "giao.csv"
    file.write_text("Số phiếu giao;Mã đơn hàng;Ngày giao\nG1;DH1;25/11/2026\n")
    assert 'delivered_at: {from: Ngày giao, date: "dd/mm/yyyy", at: "17:00"}' in propose(file)


def test_a_file_that_is_like_nothing_of_ours_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "la.csv"
    file.write_text("màu;cỡ\nđỏ;9\n")
    with pytest.raises(Refused, match="không nhận ra cột nào"):
        propose(file)
    with pytest.raises(Refused, match="không có bảng x"):
        propose(file, "x")
    file.write_bytes(b"\xd0\xcf\x11\xe0")
    with pytest.raises(Refused, match="đời cũ"):
        propose(file)
