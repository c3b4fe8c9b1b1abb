"""Files as strangers send them: every encoding people use is read, every trap is one fault."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from forms_api.ledger import xlsx_rows
from forms_api.ledger.files import cell_at, digest, read_rows
from forms_api.ledger.importing import import_file
from forms_api.ledger.rows import current
from forms_api.ledger.taking import Refused
from forms_api.store import Store
from service_policy.csv_tables import BadTable
from tests.support.books import AS_OF

CUSTOMERS = "customer_id,segment,name\nKH1,dealer,Cửa hàng Ví Dụ\n"
NOW = AS_OF + timedelta(days=1)
Put = Callable[[str, bytes], Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Write a file and return it."""

    def write(name: str, raw: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(raw)
        return path

    return write


def refused(path: Path, **more: object) -> str:
    with pytest.raises(BadTable) as bad:
        list(read_rows(path, **more))  # type: ignore[arg-type]
    return f"{bad.value.line}: {bad.value.message}"


@pytest.mark.parametrize(
    "raw",
    [
        CUSTOMERS.encode(),
        CUSTOMERS.encode("utf-8-sig"),
        CUSTOMERS.replace(",", "\t").encode("utf-16"),
        CUSTOMERS.replace(",", ";").replace("\n", "\r\n").encode(),
        CUSTOMERS.replace("\n", "\r").encode(),
        ("sep=|\n" + CUSTOMERS.replace(",", "|")).encode(),
        ("\n;;\n" + CUSTOMERS.replace(",", ";")).encode(),
        CUSTOMERS.replace("Cửa hàng Ví Dụ", '"Cửa hàng Ví Dụ"').encode(),
    ],
)
def test_a_table_is_read_however_a_spreadsheet_saved_it(
    put: Put, sqlite_store: Store, raw: bytes
) -> None:
    taken = import_file(sqlite_store, put("customers.csv", raw), NOW, "test", as_of=AS_OF)
    assert taken.new == 1
    (row,) = sqlite_store.read(lambda connection: list(current(connection, "customers")))
    assert row["name"] == "Cửa hàng Ví Dụ"


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (CUSTOMERS.encode("utf-16-le"), "NUL"),
        (b"customer_id,name\nKH1,C\xf4ng ty\n", "2: không phải chữ UTF-8"),
        (b"\xff\xfe" + b"a\x00b\x00\x00\xd8", "UTF-16"),
        (b'a,b\n1,"2\n' + b"x\n" * 90_000, "2: có dấu nháy kép không đóng"),
        (b'a,b\n1,"2"x\n', "2: có dấu nháy kép"),
        (b"a" + b",a" * 1_000_000, "1: dòng dài quá mức"),
        (b",".join([b"a"] * 400) + b"\n", "1: nhiều hơn 300 cột"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 99, "1: sổ Excel có mật khẩu"),
        (b"PK\x03\x04" + b"x" * 99, "1: không phải sổ Excel"),
    ],
)
def test_a_file_that_is_no_table_is_one_fault_at_its_row(put: Put, raw: bytes, why: str) -> None:
    assert why in refused(put("a.csv", raw))


def book(*rows: object, sheets: int = 1) -> Workbook:
    made = Workbook()
    for row in rows:
        made.active.append(row)  # type: ignore[union-attr]
    for number in range(1, sheets):
        made.create_sheet(f"Trang {number}").append(["x"])
    return made


def saved(made: Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_part(raw: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Change a part of a workbook, or add one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", 8) as new:
        names = old.namelist()
        for one in dict.fromkeys([*names, name]):
            content = old.read(one) if one in names else b""
            new.writestr(one, change(content) if one == name else content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_a_workbook_gives_numbers_and_dates_as_it_keeps_them(put: Put) -> None:
    when = datetime.combine(AS_OF.date(), datetime.min.time())
    path = put("a.xlsx", saved(book(["a", "b"], [1, when], [None, None], ["x", 2.5])))
    rows = [(line, cells[:2]) for line, cells in read_rows(path)]
    assert rows == [(1, ("a", "b")), (2, (1, when)), (3, ()), (4, ("x", 2.5))]
    assert cell_at(path, "B4") == 2.5


def test_what_is_a_workbook_is_read_as_one_whatever_its_name(put: Put) -> None:
    rows = list(read_rows(put("a.csv", saved(book(["a"], ["b"])))))
    assert [cells[0] for _, cells in rows] == ["a", "b"]


def test_of_several_sheets_one_has_to_be_named(put: Put) -> None:
    path = put("a.xlsx", saved(book(["a"], sheets=3)))
    assert "sổ có nhiều trang" in refused(path)
    assert "không có trang Lạ" in refused(path, sheet="Lạ")
    assert [cells[0] for _, cells in read_rows(path, sheet="Trang 2")] == ["x"]
    assert [cells[0] for _, cells in read_rows(path, sheet="3")] == ["x"]


def test_a_formula_without_its_result_is_refused_and_one_with_it_is_read(put: Put) -> None:
    raw = saved(book(["a", "b"], [1, "=A2*2"]))
    assert refused(put("a.xlsx", raw)) == "2: ô B2 là công thức chưa có kết quả"
    counted = with_part(
        raw, SHEET, lambda xml: xml.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>")
    )
    assert [cells[1] for _, cells in read_rows(put("b.xlsx", counted))] == ["b", 2]


def test_a_bomb_is_refused_before_it_is_unpacked(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = with_part(saved(book(["a"])), "xl/media/big.xml", lambda _: b" " * 9_000_000)
    assert len(raw) < 100_000
    assert "phần quá lớn (xl/media/big.xml)" in refused(put("a.xlsx", raw))
    hidden = with_part(saved(book(["a"])), "xl/texts.bin", lambda _: b" " * 9_000_000)
    assert "phần quá lớn (xl/texts.bin)" in refused(put("c.xlsx", hidden))
    monkeypatch.setattr(xlsx_rows, "MOST_UNPACKED", 1_000_000)
    assert "bung ra quá lớn" in refused(put("b.xlsx", raw))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda xml: b'<!DOCTYPE a [<!ENTITY b "c">]>' + xml, "DOCTYPE"),
        (lambda xml: xml.decode().encode("utf-16"), "không phải UTF-8"),
        (
            lambda xml: xml.replace(
                b"</row>",
                b"".join(
                    f'<c r="{get_column_letter(at)}1"><v>1</v></c>'.encode()
                    for at in range(2, 18_000, 7)
                )
                + b"</row>",
            ),
            "nhiều hơn 300 cột",
        ),
        (
            lambda xml: xml.replace(b"</row>", b"<c><v>1</v></c>" * 1_000_000 + b"</row>"),
            "dòng dài quá mức",
        ),
        (lambda xml: xml.replace(b"</row>", b"<c/>" * 300 + b"</row>"), "nhiều hơn 300 cột"),
        (lambda xml: xml.replace(b't="inlineStr"', b't="s"'), "hỏng"),
        (lambda xml: xml.replace(b"<t>a", b"<t>" + b"1" * 100_000), "dài quá mức"),
        (lambda xml: xml[: len(xml) // 2], "hỏng"),
    ],
)
def test_a_sheet_that_would_hurt_its_reader_is_refused(
    put: Put, change: Callable[[bytes], bytes], why: str
) -> None:
    assert why in refused(put("a.xlsx", with_part(saved(book(["a"], ["b"])), SHEET, change)))


def test_a_file_with_a_row_at_the_end_of_the_sheet_is_read(put: Put, sqlite_store: Store) -> None:
    made = book(["customer_id", "segment", "name"], ["KH1", "dealer", "Ví Dụ"])
    made.active.cell(row=400_000, column=1, value="KH2")  # type: ignore[union-attr]
    path = put("customers.xlsx", saved(made))
    with pytest.raises(Refused, match="400000: segment: thiếu"):
        import_file(sqlite_store, path, NOW, "test", as_of=AS_OF)


def test_an_error_of_a_spreadsheet_is_no_value(put: Put, sqlite_store: Store) -> None:
    raw = CUSTOMERS.replace("dealer", "#N/A").encode()
    with pytest.raises(Refused, match="2: segment: “#N/A” ô báo lỗi"):
        import_file(sqlite_store, put("customers.csv", raw), NOW, "test", as_of=AS_OF)


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("customer_id,segment,name,ngày sinh", "không có cột này"),
        ("customer_id,segment", "name: thiếu cột này"),
        ("customer_id,segment,name,Segment", "hai cột cùng tên"),
        ("", "không có tên cột nào"),
        ("customer_id,segment,na\x07me", "ký tự điều khiển"),
    ],
)
def test_names_of_columns_have_to_fit(put: Put, sqlite_store: Store, head: str, why: str) -> None:
    path = put("customers.csv", f"{head}\n".encode())
    with pytest.raises(Refused, match=why):
        import_file(sqlite_store, path, NOW, "test", as_of=AS_OF)


def test_a_file_that_changes_while_it_is_read_is_refused(
    put: Put, sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put("customers.csv", CUSTOMERS.encode())
    told = iter(("0" * 64, digest(path)))
    monkeypatch.setattr("forms_api.ledger.importing.digest", lambda _: next(told))
    with pytest.raises(Refused, match="bị sửa trong lúc đọc"):
        import_file(sqlite_store, path, NOW, "test", as_of=AS_OF)
