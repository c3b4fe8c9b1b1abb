"""`inv import-prices`: show what a table changes, ask, and write the version that it becomes."""

import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from plugins.build_date import build_date
from plugins.model import write_whole
from service_policy.content import Fault, Library
from service_policy.content.reader import read_all
from service_policy.price_changes import PriceChange, changes
from service_policy.price_sheets import PriceSheet
from service_policy.text import vnd
from tooling.paths import CONTENT
from tooling.prices.sheet import Target, files_of, lines_of, target_of
from tooling.prices.table import Prices, read_prices
from tooling.words import Refused

Ask = Callable[[str], bool]
"""Puts a question to a person and says whether the answer was yes."""

_LONGEST_LIST = 8
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
            Refused: the table or the content has faults.
        """
        prices = read_prices(file)
        library, faults = read_all(content, build_date())
        if library is None or any(fault.level == "error" for fault in faults):
            raise Refused("nội dung đang có lỗi: chạy inv check, sửa trước rồi nhập giá")
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
        return files_of(content, self.target, self.lines, _news(self.target, self.lines))

    def tried(self) -> tuple[PriceSheet, dict[str, Fault]]:
        """Read the content as it would be; returns the version, and doubtful prices by code.

        Raises:
            Refused: the checker would refuse it; each fault has its row.
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
            told = (_at_its_row(self.table, self.prices, own, one) for one in wrong)
            raise Refused("\n".join(told))
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
        Refused: the table, or the content it would make, has faults; each has its row.
    """
    coming = Import.of(file, sheet_id, content)
    coming.confirm(confirmed)
    sheet, doubts = coming.tried()
    if coming.prices.unused:
        say(f"Không dùng cột: {', '.join(coming.prices.unused)}")
    found = changes(coming.target.before, sheet)
    if not found:
        say(f"Không có gì khác {_called(coming.target.before)}; không ghi gì.")
        return []
    for line in _differences(coming.target, sheet, found):
        say(line)
    for code, fault in doubts.items():
        if not ask(f"{fault.message}. Đúng là giá ấy?"):
            row = coming.prices.rows[fault.line - 2].row
            fix = f"sửa giá trong tệp; đúng là giá ấy thì thêm --confirm {code}"
            raise Refused(f"{coming.table}:{row}: price_vnd: {fault.message} → {fix}")
    if doubts:
        coming.confirm(doubts)
        sheet, _ = coming.tried()
    if not sure and not ask(f"Ghi {_called(sheet)}?"):
        return []
    written = coming.files(content)
    for path, text in written.items():
        write_whole(path, text.encode())
    return list(written)


def _version(library: Library | None, target: Target) -> PriceSheet:
    """Return the version that was read back; without a fault it is there."""
    if library is None:
        raise AssertionError("the data files were sound before")
    every = library.every_sheet
    wanted = (target.before.id, target.version)
    return next(one for one in every if (one.id, one.version) == wanted)


def _differences(
    target: Target, sheet: PriceSheet, found: tuple[PriceChange, ...]
) -> Iterator[str]:
    """Yield what changes: lines that came and went, other prices, other facts."""
    what = f"thay {_called(target.before)}" if target.is_new else "chưa công bố, ghi tại chỗ"
    yield f"{_called(sheet)}, áp dụng từ {sheet.valid_from:%d/%m/%Y}, {what}:"
    for change in found:
        yield f"  {_told(change)}"
    moved = sum(change.kind != "removed" for change in found)
    yield f"  không đổi: {len(sheet.lines) - moved} mã"


def _called(sheet: PriceSheet) -> str:
    """Name a version of a sheet."""
    return f"{sheet.id} phiên bản {sheet.version}"


def _news(target: Target, lines: Iterable[dict[str, str]]) -> str:
    """Say in one sentence what a version changes, for its page."""
    before = {line.product_code: line.price_vnd for line in target.before.lines}
    now = {line["product_code"]: int(line["price_vnd"]) for line in lines}
    kinds = {
        "tăng giá": [code for code in now if code in before and now[code] > before[code]],
        "giảm giá": [code for code in now if code in before and now[code] < before[code]],
        "thêm": [code for code in now if code not in before],
        "bỏ": [code for code in before if code not in now],
    }
    parts = [f"{what} {_codes(codes)}" for what, codes in kinds.items() if codes]
    what = "; ".join(parts) or "sửa thông tin của dòng giá"
    return f"So với phiên bản {target.before.version}, phiên bản {target.version} {what}."


def _at_its_row(name: str, prices: Prices, own: tuple[str, ...], fault: Fault) -> str:
    """Say a fault of the CSV file that would be written at its row of the table that was given.

    ``own`` are the names of the files that would be written.
    """
    field = fault.field.rpartition(".")[2]
    if fault.file.endswith(own) and fault.file.endswith(".csv") and fault.line >= 2:
        return f"{name}:{prices.rows[fault.line - 2].row}: {field}: {fault.message} → {fault.fix}"
    return f"{fault.file}:{fault.line}: {field}: {fault.message} → {fault.fix}"


def _told(change: PriceChange) -> str:
    line = change.line
    if change.kind == "added":
        return f"+ {line.product_code}: {vnd(line.price_vnd)} (mã mới)"
    if change.kind == "removed":
        return f"- {line.product_code}: bỏ khỏi bảng (đang là {vnd(line.price_vnd)})"
    if change.percent is None or not change.difference_vnd:
        return f"~ {line.product_code}: giá giữ nguyên, đổi đơn vị, thuế hoặc thông tin khác"
    before = vnd(line.price_vnd - change.difference_vnd)
    sign = "+" if change.difference_vnd > 0 else "-"
    return (
        f"~ {line.product_code}: {before} → {vnd(line.price_vnd)}"
        f" ({sign}{_rounded(abs(change.percent))} %)"
    )


def _rounded(percent: Fraction) -> str:
    """Write a percentage with one decimal, rounded half up."""
    tenths = int(percent * 10 + Fraction(1, 2))
    return f"{tenths // 10},{tenths % 10}"


def _codes(codes: list[str]) -> str:
    """Name some codes, or say how many there are."""
    return ", ".join(codes) if len(codes) <= _LONGEST_LIST else f"{len(codes)} mã"
