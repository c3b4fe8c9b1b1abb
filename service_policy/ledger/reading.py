"""From the cells of a file to rows of a table: names of columns first, then row by row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service_policy.ledger import mapping as mappings
from service_policy.ledger.cells import OUR_OWN, Cell, Form, as_text
from service_policy.ledger.checks import faults_of
from service_policy.ledger.columns import Column
from service_policy.ledger.faults import BadCell, LedgerFault, quoted
from service_policy.ledger.rows import Values
from service_policy.ledger.tables import Table
from service_policy.ledger.values import reader
from service_policy.text import folded

Cells = Sequence[Cell]

_LONGEST_NAME = 100


class BadHeader(ValueError):
    """Raised when the names of columns do not fit; carries every fault."""

    def __init__(self, faults: list[LedgerFault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class _Part:
    """A column of ours: the file's name for it, the place of its cell, and what reads it."""

    column: Column
    called: str
    index: int
    read: Callable[[Cell], Any]
    carried: bool


class RowReader:
    """Reads the rows of one file. Not for two files: it remembers what is carried down."""

    def __init__(
        self, table: Table, header: Cells, line: int, mapping: mappings.Mapping | None = None
    ) -> None:
        """Take the names of columns, in their physical row, as our own or as a mapping has them.

        Raises:
            BadHeader: a column is unknown, missing, or there twice.
        """
        self.table = table
        self._line = line
        try:
            self._names = [" ".join(as_text(one).split())[:_LONGEST_NAME] for one in header]
        except BadCell as bad:
            raise BadHeader([LedgerFault(line, "", f"tên cột {bad}")]) from None
        places = self._places()
        self._constants: dict[str, Any] = {}
        if mapping is None:
            self._parts = self._own(places)
            self._skipped: tuple[tuple[int, frozenset[str]], ...] = ()
        else:
            self._parts = self._mapped(places, mapping)
            self._skipped = self._skips(places, mapping)
        self._width = len(self._names)
        self._last: dict[str, Any] = {}
        self._called = {one.column.name: one.called for one in self._parts}

    def read(self, line: int, cells: Cells) -> tuple[Values | None, list[LedgerFault]]:
        """Return the values of a row, or None and why not; an empty or skipped row has neither."""
        if all(map(_is_empty, cells)) or self._is_skipped(cells):
            return None, []
        faults: list[LedgerFault] = []
        values = dict(self._constants)
        if not all(map(_is_empty, cells[self._width :])):
            faults.append(LedgerFault(line, "", "nhiều ô hơn dòng tên cột"))
        for part in self._parts:
            cell = cells[part.index] if part.index < len(cells) else None
            try:
                value = self._value(part, cell)
            except BadCell as bad:
                faults.append(LedgerFault(line, part.called, str(bad)))
                continue
            if value is not None and value != ():
                values[part.column.name] = value
        if not faults:
            faults += [self.fault(line, *told) for told in faults_of(self.table, values)]
        return (None if faults else values), faults

    def _value(self, part: _Part, cell: Cell) -> Any:
        """Return what a cell holds, or what was carried down to it.

        Raises:
            BadCell: it cannot be read, or is empty and must not be.
        """
        value = None
        if not _is_empty(cell):
            try:
                value = part.read(cell)
            except BadCell as bad:
                raise BadCell(f"{quoted(cell, personal=part.column.personal)} {bad}") from None
            if part.carried:
                self._last[part.column.name] = value
        elif part.carried:
            value = self._last.get(part.column.name)
        if value is None and part.column.required:
            raise BadCell("thiếu, mà cột này bắt buộc")
        return value

    def fault(self, line: int, name: str, message: str) -> LedgerFault:
        """Return a fault of a column of ours under the name that the file gives it."""
        return LedgerFault(line, self._called.get(name, name), message)

    def _places(self) -> Mapping[str, int]:
        """Return the index of each named column."""
        places: dict[str, int] = {}
        twice = []
        for index, name in enumerate(self._names):
            if name and places.setdefault(folded(name), index) != index:
                twice.append(LedgerFault(self._line, name, "có hai cột cùng tên"))
        if twice:
            raise BadHeader(twice)
        if not places:
            raise BadHeader([LedgerFault(self._line, "", "không có tên cột nào ở dòng này")])
        return places

    def _own(self, places: Mapping[str, int]) -> list[_Part]:
        known = {folded(one.name): one for one in self.table.columns}
        faults = [
            LedgerFault(self._line, self._names[index], f"bảng {self.table.name} không có cột này")
            for name, index in places.items()
            if name not in known
        ]
        faults += [
            LedgerFault(self._line, name, "thiếu cột này")
            for name in sorted(self.table.required)
            if folded(name) not in places
        ]
        if faults:
            raise BadHeader(faults)
        return [
            _Part(known[name], self._names[index], index, reader(known[name], OUR_OWN), False)
            for name, index in places.items()
        ]

    def _mapped(self, places: Mapping[str, int], mapping: mappings.Mapping) -> list[_Part]:
        parts: list[_Part] = []
        faults: list[LedgerFault] = []
        wanted = {folded(one) for one in mapping.ignore}
        for column, given, form in mapping.given():
            if given.value is not None:
                faults += self._keep_constant(column, given.value, form)
                continue
            name = " ".join((given.source or "").split())
            wanted.add(folded(name))
            index = places.get(folded(name))
            if index is None:
                message = f"thiếu cột này ({column.name} trong tệp ánh xạ)"
                faults.append(LedgerFault(self._line, name, message))
            else:
                carried = column.name in mapping.carry_down
                parts.append(_Part(column, name, index, reader(column, form), carried))
        for name, index in places.items():
            if name not in wanted:
                message = "cột này chưa được ánh xạ, cũng chưa ghi ở ignore"
                faults.append(LedgerFault(self._line, self._names[index], message))
        if faults:
            raise BadHeader(faults)
        return parts

    def _keep_constant(self, column: Column, value: str, form: Form) -> list[LedgerFault]:
        try:
            self._constants[column.name] = reader(column, form)(value)
        except BadCell as bad:
            return [LedgerFault(self._line, column.name, f"value trong tệp ánh xạ: {bad}")]
        return []

    def _skips(
        self, places: Mapping[str, int], mapping: mappings.Mapping
    ) -> tuple[tuple[int, frozenset[str]], ...]:
        missing = [name for name in mapping.file.skip_where if folded(name) not in places]
        if missing:
            message = "thiếu cột này (skip_where trong tệp ánh xạ)"
            raise BadHeader([LedgerFault(self._line, name, message) for name in missing])
        return tuple(
            (places[folded(name)], frozenset(folded(word.strip()) for word in words))
            for name, words in mapping.file.skip_where.items()
        )

    def _is_skipped(self, cells: Cells) -> bool:
        for index, words in self._skipped:
            cell = cells[index] if index < len(cells) else None
            if folded("" if cell is None else str(cell).strip()) in words:
                return True
        return False


def _is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and (not cell or cell.isspace()))
