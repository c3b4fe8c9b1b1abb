"""`inv import-prices`: show what a table changes, ask, and write the version that it becomes."""

import shutil
import tempfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from plugins.build_date import build_date
from service_policy.content import Fault, Library
from service_policy.content.reader import read_all
from service_policy.price_changes import changes
from service_policy.price_sheets import PriceSheet
from tooling.paths import CONTENT
from tooling.prices.sheet import Target, files_of, lines_of, target_of
from tooling.prices.table import NotImported, Prices, read_prices
from tooling.prices.telling import at_its_row, called, differences, news

Ask = Callable[[str], bool]
"""Puts a question to a person and says whether the answer was yes."""

_JUMP = "price_jump"
_YES = ("c", "có", "co", "y", "yes")


def ask_person(question: str) -> bool:
    """Ask on the terminal; where nobody can answer, the answer is no."""
    try:
        return input(f"{question} (c/k) ").strip().casefold() in _YES
    except EOFError:
        return False


@dataclass
class Import:
    """A table on its way into the content.

    Attributes:
        known: what was wrong with the content before.
        lines: the lines of the version, as they will stand in its CSV file.
    """

    table: str
    prices: Prices
    content: Path
    target: Target
    known: frozenset[Fault]
    lines: list[dict[str, str]]

    @classmethod
    def of(cls, file: Path, sheet_id: str, content: Path) -> "Import":
        """Read a table and find the version that it becomes.

        Raises:
            NotImported: the table or the content has faults.
        """
        prices = read_prices(file)
        library, faults = read_all(content, build_date())
        if library is None or any(fault.level == "error" for fault in faults):
            raise NotImported("nội dung đang có lỗi: chạy inv check, sửa trước rồi nhập giá")
        target = target_of(library, sheet_id, prices.rows)
        lines = lines_of(library, target, prices.rows)
        return cls(file.name, prices, content, target, frozenset(faults), lines)

    def confirm(self, codes: Collection[str]) -> None:
        """Mark prices that somebody has looked at again."""
        for line in self.lines:
            if line["product_code"] in codes:
                line["price_checked"] = "true"

    def files(self, content: Path) -> dict[Path, str]:
        """Return the text of each file of the version in a content folder."""
        return files_of(content, self.target, self.lines, news(self.target, self.lines))

    def tried(self) -> tuple[PriceSheet, dict[str, Fault]]:
        """Read the content as it would be; returns the version, and doubtful prices by code.

        Raises:
            NotImported: the checker would refuse it; each fault has its row.
        """
        with tempfile.TemporaryDirectory(prefix="cam-ket-prices-") as work:
            copy = Path(shutil.copytree(self.content, Path(work) / self.content.name))
            for path, text in self.files(copy).items():
                path.write_text(text, encoding="utf-8")
            library, found = read_all(copy, build_date())
        own = tuple(f"/{path.name}" for path in self.files(self.content))
        new = [one for one in sorted(set(found) - self.known) if one.level == "error"]
        # A price that another sheet now differs from is not for this table to confirm.
        doubts = [one for one in new if one.code == _JUMP and one.file.endswith(own)]
        wrong = [one for one in new if one not in doubts]
        if wrong:
            told = (at_its_row(self.table, self.prices, own, one) for one in wrong)
            raise NotImported("\n".join(told))
        by_code = {self.lines[one.line - 2]["product_code"]: one for one in doubts}
        return _version(library, self.target), by_code


def import_prices(
    file: Path,
    sheet_id: str = "",
    confirmed: Collection[str] = (),
    *,
    sure: bool = False,
    ask: Ask = ask_person,
    say: Callable[[str], object] = print,
    content: Path = CONTENT,
) -> list[Path]:
    """Write a table of prices into the content; returns the files written, none when refused.

    Nothing is written before somebody said yes (``sure`` says it beforehand), nor where the checker
    would then find a fault. A price that differs many times from the one before is asked for by
    itself, unless its code is one of those ``confirmed``.

    Raises:
        NotImported: the table, or the content it would make, has faults; each has its row.
    """
    coming = Import.of(file, sheet_id, content)
    coming.confirm(confirmed)
    sheet, doubts = coming.tried()
    if coming.prices.unused:
        say(f"Không dùng cột: {', '.join(coming.prices.unused)}")
    found = changes(coming.target.before, sheet)
    if not found:
        say(f"Không có gì khác {called(coming.target.before)}; không ghi gì.")
        return []
    for line in differences(coming.target, sheet, found):
        say(line)
    for code, fault in doubts.items():
        if not ask(f"{fault.message}. Đúng là giá ấy?"):
            row = coming.prices.rows[fault.line - 2].row
            fix = f"sửa giá trong tệp; đúng là giá ấy thì thêm --confirm {code}"
            raise NotImported(f"{coming.table}:{row}: price_vnd: {fault.message} → {fix}")
    if doubts:
        coming.confirm(doubts)
        sheet, _ = coming.tried()
    if not sure and not ask(f"Ghi {called(sheet)}?"):
        return []
    written = coming.files(content)
    for path, text in written.items():
        fresh = path.with_name(f".{path.name}.new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
    return list(written)


def _version(library: Library | None, target: Target) -> PriceSheet:
    """Return the version that was read back; without a fault it is there."""
    if library is None:
        raise AssertionError("the data files were sound before")
    every = library.every_sheet
    wanted = (target.before.id, target.version)
    return next(one for one in every if (one.id, one.version) == wanted)
