"""A file is taken whole or not at all, once, and whatever comes in what order stays right."""

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from forms_api.ledger import taking
from forms_api.ledger.importing import Mapped, import_file, read_mapping
from forms_api.ledger.rows import current, known_until
from forms_api.ledger.staging import Reading
from forms_api.ledger.taking import About, Refused, Taken
from forms_api.store import Store, open_store
from forms_api.store.ledger_tables import ledger_files, ledger_rows
from tests.forms_api.conftest import sqlite_copy
from tests.support.books import AS_OF

NOW = AS_OF + timedelta(days=1)
CUSTOMERS = "customer_id,segment,name\nKH1,dealer,Cửa hàng Ví Dụ\nKH2,household,Người Ví Dụ\n"
HEAD = "order_no,customer_id,received_at,confirmed_at,due_on\n"
ORDERS = HEAD + "DH1,KH1,2026-11-02T08:00,2026-11-02T09:00,2026-11-05\n"

Take = Callable[..., Taken]


@pytest.fixture
def take(store: Store, tmp_path: Path) -> Take:
    """Import a text as the file of a table."""

    def run(table: str, text: str | bytes, **more: object) -> Taken:
        path = tmp_path / f"{table}.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        as_of = more.pop("as_of", AS_OF)
        return import_file(store, path, NOW, "test", as_of=as_of, **more)  # type: ignore[arg-type]

    return run


def rows(store: Store, table: str) -> list[Mapping[str, object]]:
    return store.read(lambda c: [dict(row.values) for row in current(c, table)])


def counts(taken: Taken) -> tuple[int, int, int, int]:
    return taken.new, taken.changed, taken.same, taken.older


def refusal(take: Take, table: str, text: str | bytes, **more: object) -> Refused:
    with pytest.raises(Refused) as refused:
        take(table, text, **more)
    return refused.value


def test_a_file_is_taken_once_and_a_changed_row_is_a_new_revision(take: Take, store: Store) -> None:
    assert counts(take("customers", CUSTOMERS)) == (2, 0, 0, 0)
    first = take("orders", ORDERS)
    assert counts(first) == (1, 0, 0, 0)
    again = take("orders", ORDERS)
    assert (again.already, again.file_id) == (True, first.file_id)
    later = AS_OF + timedelta(hours=5)
    text = ORDERS.replace("11-05", "11-06") + "DH2,KH2,2026-11-03T08:00,,\n"
    assert counts(take("orders", text, as_of=later)) == (1, 1, 0, 0)
    assert {str(row["due_on"]) for row in rows(store, "orders") if "due_on" in row} == {
        "2026-11-06"
    }
    revisions = store.read(
        lambda c: c.execute(
            select(ledger_rows.c.revision, ledger_rows.c.current)
            .where(ledger_rows.c.key == "DH1")
            .order_by(ledger_rows.c.revision)
        ).all()
    )
    assert [tuple(one) for one in revisions] == [(1, False), (2, True)]


def test_the_same_rows_known_later_are_kept_and_known_until_then(take: Take, store: Store) -> None:
    later = AS_OF + timedelta(hours=8)
    take("customers", CUSTOMERS)
    assert counts(take("customers", CUSTOMERS, as_of=later)) == (0, 0, 2, 0)
    assert store.read(known_until) == {"customers": later}
    assert store.read(lambda c: [row.origin.as_of for row in current(c, "customers")]) == [
        later,
        later,
    ]
    assert store.read(lambda c: c.scalar(select(func.count()).select_from(ledger_rows))) == 2


def test_a_file_with_fifty_faults_is_refused_whole_and_every_row_is_named(
    take: Take, store: Store
) -> None:
    take("customers", CUSTOMERS)
    lines = [
        f"DH{number},KH1,2026-11-02T08:00,2026-11-02T09:00,2026-11-05" for number in range(300)
    ]
    broken = {
        0: ",KH1,2026-11-02T08:00,,",
        1: "D1,KH-lạ,2026-11-02T08:00,,",
        2: "D2,KH1,02/11/2026,,",
        3: "D3,KH1,2026-11-02T08:00,2026-11-01T09:00,",
        4: "D4,KH1,2026-11-02T08:00,,,,,thừa",
        5: "DH{before},KH2,2026-11-02T08:00,,",
        6: "D6,KH1,2026-11-02,,",
        7: "D7,KH1,,,",
        8: "D8,KH1,2026-11-02T08:00,2026-11-03T08:00,2026-11-01",
        9: "D9,KH1,2026-13-02T08:00,,",
    }
    planted = sorted(range(3, 300, 6))[:50]
    for turn, at in enumerate(planted):
        kind = turn % 10
        lines[at] = broken[kind].replace(f"D{kind},", f"D{kind}-{turn},").format(before=at - 1)
    refused = refusal(take, "orders", HEAD + "\n".join(lines) + "\n")
    assert (len(planted), refused.count) == (50, 50)
    assert sorted(one.line for one in refused.faults) == [at + 2 for at in planted]
    assert rows(store, "orders") == []
    assert store.read(known_until).keys() == {"customers"}


def test_many_faults_are_counted_and_the_first_five_hundred_told(take: Take) -> None:
    take("customers", CUSTOMERS)
    text = HEAD + "".join(f"DH{number},KH1,hôm qua,,\n" for number in range(1_200))
    refused = refusal(take, "orders", text)
    assert refused.count == 1_200
    assert [one.line for one in refused.faults] == list(range(2, 502))


def test_a_fault_shows_no_person(take: Take) -> None:
    text = "customer_id,kind,value,purpose\nKH1,phone,gọi Lan 0912345678,đơn\n"
    take("customers", CUSTOMERS)
    (fault,) = refusal(take, "contacts", text).faults
    assert str(fault) == "2: value: (giá trị ẩn) không phải số điện thoại hay email"


def test_parents_come_first(take: Take, store: Store) -> None:
    (fault,) = refusal(take, "orders", ORDERS).faults
    assert str(fault) == "2: customer_id: không có trong bảng customers đã nhập: nhập bảng ấy trước"
    take("customers", CUSTOMERS)
    take("orders", ORDERS)
    line = "series,number,line_no,sku,qty,unit_price_vnd\nC26TAB,1,1,A-1,1,1000\n"
    (fault,) = refusal(take, "invoice_lines", line).faults
    assert "series, number: không có trong bảng invoices" in str(fault)


def test_nothing_is_delivered_before_it_was_ordered(take: Take) -> None:
    take("customers", CUSTOMERS)
    take("orders", ORDERS)
    head = "delivery_no,order_no,delivered_at\n"
    (fault,) = refusal(take, "deliveries", f"{head}GH1,DH1,2026-11-02T07:59\n").faults
    assert str(fault) == "2: delivered_at: trước received_at của orders"
    assert take("deliveries", f"{head}GH1,DH1,2026-11-02T08:00\nGH2,DH1,\n").new == 2


def test_a_key_that_no_table_could_hold_is_a_fault(take: Take) -> None:
    colons = ":" * 60
    text = f"carrier,awb,at,code\n{colons},{colons},2026-11-02T08:00,{colons}\n"
    (fault,) = refusal(take, "tracking", text).faults
    assert str(fault) == "2: carrier, awb, at, code: mã quá dài"


def test_a_file_that_comes_in_between_is_looked_at_before_anything_is_written(
    store: Store, take: Take
) -> None:
    take("customers", CUSTOMERS)

    class Slow:
        """A file whose rows take so long that another one overtakes it."""

        about = About("noi-bo", "customers", AS_OF + timedelta(hours=1), "1" * 64, "", "test")
        asked = 0

        def readings(self) -> Iterator[Reading]:
            self.asked += 1
            if self.asked == 1:
                text = CUSTOMERS.replace("Cửa hàng", "Nhà hàng")
                take("customers", text, as_of=AS_OF + timedelta(minutes=30))
            yield 2, {"customer_id": "KH1", "segment": "dealer", "name": "Quán Ví Dụ"}, []

    slow = Slow()
    assert counts(taking.take(store, slow, NOW)) == (0, 1, 0, 0)
    assert slow.asked == 2
    revisions = select(func.max(ledger_rows.c.revision)).where(ledger_rows.c.key == "KH1")
    assert store.read(lambda c: c.scalar(revisions)) == 3
    assert {row["name"] for row in rows(store, "customers")} == {"Quán Ví Dụ", "Người Ví Dụ"}


def test_two_sources_never_hold_the_same_record(take: Take) -> None:
    take("customers", CUSTOMERS)
    (fault, *_) = refusal(take, "customers", CUSTOMERS, source="chi-nhanh-2").faults
    assert "đã có từ nguồn noi-bo" in str(fault)


@pytest.mark.parametrize("source", ["Chi nhánh 2", "x" * 61, "-a"])
def test_the_name_of_a_source_can_stand_anywhere(take: Take, source: str) -> None:
    assert "tên nguồn" in str(refusal(take, "customers", CUSTOMERS, source=source))


def test_a_file_of_the_future_or_older_than_what_is_known_is_refused(
    take: Take, store: Store
) -> None:
    take("customers", CUSTOMERS)
    ahead = refusal(take, "orders", ORDERS, as_of=NOW + timedelta(hours=1))
    assert "ở tương lai" in str(ahead)
    before = AS_OF - timedelta(days=2)
    text = CUSTOMERS.replace("Người", "Bà")
    assert "--backfill" in str(refusal(take, "customers", text, as_of=before))
    taken = take("customers", text + "KH3,dealer,Mới\n", as_of=before, backfill=True)
    assert counts(taken) == (1, 0, 1, 1)
    earlier = select(ledger_rows.c.current, ledger_rows.c.as_of).where(ledger_rows.c.revision == 2)
    assert [tuple(one) for one in store.read(lambda c: c.execute(earlier).all())] == [
        (False, before)
    ]


def test_a_dry_run_says_what_would_be_and_changes_nothing(take: Take, store: Store) -> None:
    assert counts(take("customers", CUSTOMERS, dry_run=True)) == (2, 0, 0, 0)
    assert rows(store, "customers") == []
    assert store.read(known_until) == {}


def test_the_hour_of_the_file_counts_where_nobody_says_another(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(CUSTOMERS)
    written = datetime(2026, 11, 18, 9, 30, 40, tzinfo=UTC)
    os.utime(path, (written.timestamp(), written.timestamp()))
    taken = import_file(store, path, NOW, "test")
    assert taken.about.as_of == written.replace(second=0)


def test_a_file_called_otherwise_needs_a_mapping(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "khach-hang.csv"
    path.write_text(CUSTOMERS)
    with pytest.raises(Refused, match="tên tệp phải là tên bảng"):
        import_file(store, path, NOW, "test")


MAPPING = """
source: misa-hcm
table: invoices
file: {header_row: 4, skip_where: {Số chứng từ: ["", Tổng cộng]}}
as_of: {cell: A2, date: dd/mm/yyyy}
columns:
  series: Ký hiệu HĐ
  number: Số hóa đơn
  issued_on: {from: Ngày hóa đơn, date: dd/mm/yyyy}
  customer_id: Mã khách hàng
  total_vnd: {from: Tổng tiền, number: "1.234.567"}
  relation: Loại
words: {relation: {Gốc: original, Thay thế: replace}}
carry_down: [customer_id]
ignore: [Địa chỉ, Số chứng từ]
mode: full
"""
EXPORT = """SỔ CHI TIẾT BÁN HÀNG;;
Từ ngày 01/11/2026 đến ngày 18/11/2026;;
;;
Số chứng từ;Ký hiệu HĐ;Số hoá đơn;Ngày hóa đơn;Mã khách hàng;Tổng tiền;Loại;Địa chỉ
BH1;C26TAB;0000001;03/11/2026;KH1;1.250.000;Gốc;12 Đường Ví Dụ
BH2;C26TAB;0000002;04/11/2026;;990;Thay thế;
Tổng cộng;;;;;1.250.990;;
"""


@pytest.fixture
def mapped(tmp_path: Path) -> Mapped:
    """Read a mapping of another system."""
    path = tmp_path / "misa.yaml"
    path.write_text(MAPPING)
    return read_mapping(path)


def test_the_export_of_another_system_is_read_as_its_mapping_says(
    take: Take, store: Store, mapped: Mapped
) -> None:
    take("customers", CUSTOMERS)
    taken = take("so-ban-hang", EXPORT, mapped=mapped, as_of=None)
    assert counts(taken) == (2, 0, 0, 0)
    # The heading says until when; no hour is known, so it is the end of that day.
    assert taken.about.as_of == datetime(2026, 11, 18, 16, 59, tzinfo=UTC)
    found = rows(store, "invoices")
    assert [(row["number"], row["total_vnd"], row["relation"]) for row in found] == [
        ("1", 1_250_000, "original"),
        ("2", 990, "replace"),
    ]
    assert {row["customer_id"] for row in found} == {"KH1"}
    assert "12 Đường" not in str(found)


def test_what_a_complete_file_no_longer_has_is_marked_and_stays(
    take: Take, store: Store, mapped: Mapped
) -> None:
    take("customers", CUSTOMERS)
    take("so-ban-hang", EXPORT, mapped=mapped, as_of=None)
    shorter = EXPORT.replace("18/11/2026", "19/11/2026").replace("BH2;C26TAB", ";C26TAB")
    taken = take("so-ban-hang", shorter, mapped=mapped, as_of=None)
    assert (taken.same, taken.gone) == (1, 1)
    assert len(rows(store, "invoices")) == 2
    back = EXPORT.replace("18/11/2026", "20/11/2026")
    assert take("so-ban-hang", back, mapped=mapped, as_of=None).gone == 0
    gone = store.read(lambda c: c.scalars(select(ledger_rows.c.gone_in)).all())
    assert set(gone) == {None}


def test_a_column_that_nobody_spoke_of_is_refused(take: Take, mapped: Mapped) -> None:
    text = EXPORT.replace("Loại;Địa chỉ", "Loại;Ngày sinh")
    (fault,) = refusal(take, "so-ban-hang", text, mapped=mapped, as_of=AS_OF).faults
    assert str(fault) == "4: Ngày sinh: cột này chưa được ánh xạ, cũng chưa ghi ở ignore"


def write(folder: Path, version: int, lines: Sequence[str]) -> Path:
    path = folder / f"orders-{version}.csv"
    path.write_text(HEAD + "".join(lines))
    return path


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.dictionaries(st.integers(1, 6), st.integers(1, 3), min_size=1), min_size=2, max_size=5
    ),
    st.randoms(use_true_random=False),
)
def test_whatever_the_order_of_files_the_newest_word_on_each_record_stands(
    migrated_file: Path,
    tmp_path_factory: pytest.TempPathFactory,
    files: list[dict[int, int]],
    chance: Random,
) -> None:
    folder = tmp_path_factory.mktemp("files")
    store = open_store(sqlite_copy(migrated_file, folder))
    (folder / "customers.csv").write_text(CUSTOMERS)
    import_file(store, folder / "customers.csv", NOW, "test", as_of=AS_OF - timedelta(days=9))
    newest: dict[str, str] = {}
    paths = []
    for version, wanted in enumerate(files):
        lines = [
            f"DH{number},KH{1 + day % 2},2026-11-0{day}T08:00,,\n" for number, day in wanted.items()
        ]
        newest |= {f"DH{number}": f"2026-11-0{day}" for number, day in wanted.items()}
        paths.append((write(folder, version, lines), AS_OF - timedelta(hours=20 - version)))
    order = paths + paths
    chance.shuffle(order)
    for path, as_of in order:
        import_file(store, path, NOW, "test", as_of=as_of, backfill=True)
    found = {str(row["order_no"]): str(row["received_at"])[:10] for row in rows(store, "orders")}
    files_kept = store.read(lambda c: c.scalar(select(func.count()).select_from(ledger_files)))
    every = store.read(
        lambda c: c.execute(select(ledger_rows.c.key, ledger_rows.c.row_values)).all()
    )
    kept = [(key, text) for key, text in every if key.startswith("DH")]
    store.close()
    assert found == newest
    # Whatever was said once of a record is kept, however late it came, and once.
    told = {(f"DH{number}", day) for wanted in files for number, day in wanted.items()}
    assert {(key, json.loads(text)["received_at"][8:10].lstrip("0")) for key, text in kept} == {
        (key, str(day)) for key, day in told
    }
    assert files_kept is not None
    assert files_kept <= 1 + len(paths)
