"""``flask import-ledger`` as an operator types it."""

import shutil
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from forms_api import cli_ledger
from forms_api.ledger.counts import sources
from forms_api.ledger.forgetting import ERASED
from forms_api.ledger.rows import current
from forms_api.portal import Portal
from forms_api.store.tables import audit

CUSTOMERS = "customer_id,segment,name\nKH1,dealer,Cửa hàng Ví Dụ\n"
ORDERS = "order_no,customer_id,received_at\nDH1,KH1,2026-11-02T08:00\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give two files of our own tables, the child named before its parent."""
    made = tmp_path / "in"
    made.mkdir()
    (made / "orders-2026-11.csv").write_text(ORDERS)
    (made / "customers.csv").write_text(CUSTOMERS)
    return made


def run(portal: Portal, *arguments: object, command: str = "import-ledger") -> Result:
    app = Flask("tests", root_path=str(Path(__file__).parent))
    app.extensions["portal"] = portal
    for one in cli_ledger.COMMANDS:
        app.cli.add_command(one)
    return app.test_cli_runner().invoke(args=[command, *map(str, arguments)])


def test_files_are_taken_parents_first_and_what_became_of_them_is_said(
    portal: Portal, folder: Path
) -> None:
    files = sorted(folder.glob("*.csv"), reverse=True)
    result = run(portal, *files, "--as-of", "2026-11-20T18:00")
    assert result.exit_code == 0, result.output
    first, second, held = result.output.splitlines()
    assert held == "sổ đang giữ số liệu của 1 khách hàng"
    assert first == (
        "customers.csv: đã nhập vào customers: 1 dòng mới, 0 dòng đổi, 0 dòng như cũ; "
        "số liệu đến 18:00 20/11/2026 (nguồn noi-bo)"
    )
    assert second.startswith("orders-2026-11.csv: đã nhập vào orders: 1 dòng mới")
    again = run(portal, *files, "--as-of", "2026-11-20T18:00")
    assert again.exit_code == 0
    assert again.output.count("đã nhập từ trước") == 2


def test_a_fault_ends_the_command_and_changes_nothing(portal: Portal, folder: Path) -> None:
    (folder / "customers.csv").write_text(CUSTOMERS + "KH2,dealer,\n,dealer,Ai đó\n")
    result = run(portal, folder / "customers.csv")
    assert result.exit_code == 1
    assert "customers.csv:3: name: thiếu, mà cột này bắt buộc" in result.output
    assert "customers.csv:4: customer_id: thiếu, mà cột này bắt buộc" in result.output
    assert "customers.csv: 2 lỗi; không nhập gì của tệp này" in result.output
    assert portal.store.read(sources) == []


def test_a_dry_run_changes_nothing(portal: Portal, folder: Path) -> None:
    result = run(portal, folder / "customers.csv", "--dry-run")
    assert result.exit_code == 0
    assert "sẽ nhập vào customers: 1 dòng mới" in result.output
    assert portal.store.read(sources) == []


def test_a_file_or_a_mapping_that_is_not_there_is_named(portal: Portal, tmp_path: Path) -> None:
    result = run(portal, tmp_path / "orders.csv")
    assert (result.exit_code, "No such file" in result.output) == (1, True)
    result = run(portal, tmp_path / "a.csv", "--mapping", tmp_path / "a.yaml")
    assert result.exit_code == 1
    assert "a.yaml" in result.output


def test_a_mapping_with_faults_names_all_of_them(portal: Portal, tmp_path: Path) -> None:
    mapping = tmp_path / "a.yaml"
    mapping.write_text(
        "source: misa\ntable: invoices\ncolumns:\n  total_vnd: {from: Tiền, number: '1.234'}\n"
        "  issued_on: {date: dd/mm/yy}\nla: 1\n"
    )
    result = run(portal, tmp_path / "a.csv", "--mapping", mapping)
    assert result.exit_code == 1
    assert "a.yaml:4" in result.output
    assert "đọc được hai cách" in result.output
    assert "năm bốn chữ số" in result.output
    mapping.write_text("source: misa\ntable: hoa-don\ncolumns: {a: b}\n")
    assert "không có bảng hoa-don" in run(portal, mapping, "--mapping", mapping).output


def test_the_samples_can_be_taken_as_their_page_says(portal: Portal, tmp_path: Path) -> None:
    samples = Path(__file__).parents[2] / "samples" / "ledger"
    shutil.copytree(samples, tmp_path / "ledger")
    files = sorted((tmp_path / "ledger").glob("*.csv"))
    result = run(portal, *files, "--as-of", "2026-11-27T18:00")
    assert result.exit_code == 0, result.output
    assert "1.500 dòng mới" in result.output


def test_a_customer_is_forgotten_by_a_command_that_leaves_a_trace(
    portal: Portal, folder: Path
) -> None:
    run(portal, folder / "customers.csv")
    result = run(portal, "KH1", command="forget-customer")
    assert (result.exit_code, "đã xóa khỏi 1 dòng" in result.output) == (0, True), result.output
    (row,) = portal.store.read(lambda connection: list(current(connection, "customers")))
    assert row["name"] == ERASED
    actions = portal.store.read(lambda connection: connection.scalars(select(audit.c.action)).all())
    assert actions == ["ledger_forgotten"]
