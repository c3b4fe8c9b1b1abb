"""The sample ledger: the books of the sample company, the same at every run.

Made from the content's products and prices; every person, firm, number and address in it is plainly
made up. Orders with a story have it in their number (`TRE` came late, `THIEU` was short, `HUY` was
cancelled), so that tests and people find them.
"""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from tooling.check import check
from tooling.paths import CONTENT, ROOT
from tooling.sample_ledger.people import People
from tooling.sample_ledger.sales import Sales
from tooling.sample_ledger.service import service
from tooling.sample_ledger.shop import CLOSED_AT, Rows, Shop

__all__ = ["CLOSED_AT", "FOLDER", "tables", "write", "written"]

FOLDER = ROOT / "samples" / "ledger"


def tables(content: Path = CONTENT) -> Mapping[str, Rows]:
    """Return every table of the sample ledger as rows of text."""
    shop = Shop(check(content))
    people = People(shop)
    sales = Sales(shop, people)
    sales.run()
    return {**people.tables(), **sales.tables, **service(shop, people, sales)}


def written(rows: Rows) -> str:
    """Return rows as the text of a CSV file; a column that no row fills is left out."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def write(folder: Path = FOLDER) -> list[Path]:
    """Write every table into a folder and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, rows in tables().items():
        files.append(folder / f"{name}.csv")
        files[-1].write_text(written(rows), encoding="utf-8")
    return files
