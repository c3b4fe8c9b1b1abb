"""How fast 100,000 rows come into the ledger, and how much memory they need.

Each way in is measured in a process of its own after a small file has warmed it up: rows by second
of processor time (other work on the machine does not count), and how much the process grew. The
peer reads the same CSV file with Python's own reader into a bare table of SQLite, unchecked.
"""

import csv
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import xlsxwriter

from bench.results import Goal, report
from forms_api.ledger.importing import import_file
from forms_api.ledger.taking import Taken
from forms_api.store import Store, migrate, open_store
from tooling.paths import ROOT

ROWS: Final = 100_000
CUSTOMERS: Final = 700
AS_OF: Final = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
WAYS: Final = ("csv", "xlsx", "same", "changed", "peer")
GOALS: Final = {
    "csv_rows_per_second": Goal(">=", 5_000),
    "csv_growth_mb": Goal("<=", 80),
    "xlsx_rows_per_second": Goal(">=", 5_000),
    "xlsx_growth_mb": Goal("<=", 80),
    "same_rows_per_second": Goal(">=", 5_000),
    "same_growth_mb": Goal("<=", 80),
    "changed_rows_per_second": Goal(">=", 5_000),
    "changed_growth_mb": Goal("<=", 80),
}
_HEAD: Final = (
    "order_no,kind,customer_id,received_at,confirmed_at,due_on,due_set_by,urgent,province"
)


def bench(_: Path | None) -> list[str]:
    """Write ``results/ledger.json``; returns a line for each goal missed."""
    figures: dict[str, float] = {"rows": ROWS}
    with tempfile.TemporaryDirectory() as folder:
        _prepare(Path(folder))
        for way in WAYS:
            ran = subprocess.run(
                [sys.executable, "-m", "bench.ledger", way, folder],
                cwd=ROOT,
                check=True,
                capture_output=True,
                text=True,
            )
            figures |= {f"{way}_{key}": one for key, one in json.loads(ran.stdout).items()}
    figures["ratio_to_peer"] = figures["csv_rows_per_second"] / figures["peer_rows_per_second"]
    return report("ledger", figures, GOALS)


def _rows(count: int, due: str = "2026-11-05") -> Iterator[list[str]]:
    for number in range(count):
        customer = f"KH{number % CUSTOMERS:04d}"
        times = ["2026-11-01T08:00", "2026-11-01T09:30", due]
        yield [f"DH{number:07d}", "sale", customer, *times, "us", "false", "Hà Nội"]


def _prepare(folder: Path) -> None:
    for name, count, due in (
        ("small/orders", 500, "2026-11-04"),
        ("csv/orders", ROWS, "2026-11-05"),
        ("changed/orders", ROWS, "2026-11-06"),
    ):
        file = folder / f"{name}.csv"
        file.parent.mkdir(exist_ok=True)
        with file.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream)
            writer.writerows([_HEAD.split(","), *_rows(count, due)])
    names = "".join(f"KH{number:04d},dealer,Cửa hàng Ví Dụ\n" for number in range(CUSTOMERS))
    (folder / "customers.csv").write_text(f"customer_id,segment,name\n{names}", encoding="utf-8")
    book = xlsxwriter.Workbook(folder / "csv" / "orders.xlsx", {"constant_memory": True})
    sheet = book.add_worksheet()
    for at, row in enumerate((_HEAD.split(","), *_rows(ROWS))):
        sheet.write_row(at, 0, row)
    book.close()


def _measure(way: str, folder: Path) -> dict[str, float]:
    """Do one way in this process; return its figures."""
    if way == "peer":
        return _timed(lambda: _peer(folder / "csv" / "orders.csv"))
    store = open_store(f"sqlite:///{folder / way}.db")
    migrate.upgrade(store)
    _take(store, folder / "customers.csv", 0)
    _take(store, folder / "small" / "orders.csv", 1)
    if way in ("same", "changed"):
        _take(store, folder / "csv" / "orders.csv", 2)
    file = {
        "csv": "csv/orders.csv",
        "xlsx": "csv/orders.xlsx",
        "same": "csv/orders.csv",
        "changed": "changed/orders.csv",
    }[way]
    figures = _timed(lambda: _take(store, folder / file, 3))
    store.close()
    return figures


def _take(store: Store, file: Path, hour: int) -> Taken:
    as_of = AS_OF + timedelta(hours=hour)
    return import_file(store, file, as_of + timedelta(hours=1), "bench", as_of=as_of)


def _peer(file: Path) -> None:
    with sqlite3.connect(file.with_suffix(".peer")) as database, file.open(newline="") as stream:
        rows = csv.reader(stream)
        names = next(rows)
        database.execute(f"CREATE TABLE orders ({', '.join(names)})")
        marks = ",".join("?" for _ in names)
        database.executemany(f"INSERT INTO orders VALUES ({marks})", rows)  # noqa: S608


def _timed(work: object) -> dict[str, float]:
    assert callable(work)
    before, busy, begun = _peak_mb(), time.process_time(), time.monotonic()
    work()
    busy, took = time.process_time() - busy, time.monotonic() - begun
    return {
        "rows_per_second": ROWS / busy,
        "growth_mb": _peak_mb() - before,
        "wall_seconds": took,
    }


def _peak_mb() -> float:
    """Return the most memory that this program had; ``ru_maxrss`` would count its parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.findall(r"VmHWM:\s+([0-9]+) kB", status)[0]) / 1024


if __name__ == "__main__":
    print(json.dumps(_measure(sys.argv[1], Path(sys.argv[2]))))
