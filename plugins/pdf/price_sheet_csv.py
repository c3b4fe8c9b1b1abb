"""The CSV of a price sheet: plain numbers, and nothing a spreadsheet would execute."""

import csv
import io

from plugins.pdf.press import Validity
from plugins.pdf.price_table import Table, Value
from service_policy.spreadsheets import harmless


def to_csv(validity: Validity, table: Table) -> bytes:
    """Write a table as UTF-8 with a byte-order mark, which is how Excel knows UTF-8.

    The first line names the columns. A sheet that does not hold today says so in lines before it.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for line in validity.lines:
        writer.writerow([harmless(line)])
    columns, rows = table.flat()
    writer.writerow([column.title for column in columns])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> str:
    """Write a value; a rate is its number of per cent, an empty cell says nothing."""
    if value is None:
        return ""
    return harmless(value) if isinstance(value, str) else str(value)
