"""The cells of one sheet of a workbook, from its XML, with no more in memory than a row."""

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import datetime
from typing import IO, Any, Final
from xml.parsers import expat

from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import from_excel

from service_policy.ledger.cells import Cell

LONGEST_CELL: Final = 40_000
"""Characters of a cell; Excel itself takes 32,767."""
_CHUNK: Final = 1 << 17
_MOST_REMEMBERED: Final = 10_000


class SheetFault(ValueError):
    """Raised for a sheet that cannot be read: the row, and what is wrong."""

    def __init__(self, row: int, message: str) -> None:
        super().__init__(message)
        self.row, self.message = row, message


class SheetCells:
    """Reads a sheet: rows by their number, each with its cells up to the last one that is there."""

    def __init__(
        self, texts: Sequence[str], dates: Container[int], epoch: datetime, most_columns: int
    ) -> None:
        """Take the workbook's table of texts, its styles that are dates, and their first day."""
        self._texts, self._dates, self._epoch = texts, dates, epoch
        self._most_columns = most_columns
        self._rows: list[tuple[int, tuple[Cell, ...]]] = []
        self._row = 0
        self._cells: list[Cell] = []
        self._cell: Mapping[str, str] = {}
        self._told: list[str] = []
        self._taking = self._has_formula = self._has_value = False
        self._columns: dict[str, int] = {}
        self._moments: dict[str, Any] = {}

    def read(self, stream: IO[bytes]) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """Yield the rows of a sheet.

        Raises:
            SheetFault: it cannot be read, or is made to hurt its reader.
        """
        # Whatever the text says of its encoding: another one than this is damage.
        parser = expat.ParserCreate("UTF-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk)
                yield from self._rows
                self._rows.clear()
            parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, IndexError, OverflowError, EOFError) as error:
            if isinstance(error, SheetFault):
                raise
            raise SheetFault(self._row or 1, "sổ Excel hỏng, không đọc được") from None

    def _doctype(self, *_: object) -> None:
        raise SheetFault(1, "sổ Excel có phần lạ (DOCTYPE)")

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self._cell = attributes
            self._has_formula = self._has_value = False
            self._told.clear()
        elif name in ("v", "t"):
            self._taking = self._has_value = True
        elif name == "f":
            self._has_formula = True
        elif name == "rPh":
            # How a name is spoken stands beside it, and is no part of it.
            self._taking = False
        elif name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._cells = []

    def _text(self, text: str) -> None:
        if self._taking:
            self._told.append(text)
            if len(text) > LONGEST_CELL or len(self._told) > LONGEST_CELL:
                raise SheetFault(self._row, "có ô dài quá mức")

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self._keep()
        elif name in ("v", "t"):
            self._taking = False
        elif name == "row":
            self._rows.append((self._row, tuple(self._cells)))

    def _keep(self) -> None:
        place = self._cell.get("r")
        index = len(self._cells) if place is None else self._index(place)
        if index >= self._most_columns:
            raise SheetFault(self._row, f"sổ có nhiều hơn {self._most_columns} cột")
        if index > len(self._cells):
            self._cells.extend([None] * (index - len(self._cells)))
        value = self._value("".join(self._told), place or "")
        if index < len(self._cells):
            self._cells[index] = value
        else:
            self._cells.append(value)

    def _index(self, place: str) -> int:
        letters = place.rstrip("0123456789")
        if letters not in self._columns:
            self._columns[letters] = column_index_from_string(letters) - 1
        return self._columns[letters]

    def _value(self, told: str, place: str) -> Cell:
        kind = self._cell.get("t", "n")
        if not told:
            if self._has_formula and kind != "str":
                raise SheetFault(self._row, f"ô {place} là công thức chưa có kết quả")
            return None
        if kind == "s":
            return self._texts[int(told)]
        if kind == "b":
            return told == "1"
        if kind == "d":
            return datetime.fromisoformat(told)
        if kind != "n":
            return told
        if int(self._cell.get("s", 0)) in self._dates:
            moment: Cell = self._moment(told)
            return moment
        return float(told) if "." in told or "e" in told.lower() else int(told)

    def _moment(self, told: str) -> Any:
        """Return the date of a number; the same few come in every row."""
        if told not in self._moments:
            if len(self._moments) > _MOST_REMEMBERED:
                self._moments.clear()
            self._moments[told] = from_excel(float(told), self._epoch)
        return self._moments[told]
