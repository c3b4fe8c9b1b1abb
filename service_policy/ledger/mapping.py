"""The mapping file of another system's export: which of its columns is which of ours, and how.

One for each source and table. It holds names of columns and formats, nothing of a person. What the
file does not state is not guessed: a column that is neither mapped nor ignored is a fault.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic.functional_validators import AfterValidator

from service_policy.ledger.cells import Form
from service_policy.ledger.columns import Column
from service_policy.ledger.formats import BadStyle, date_style, number_style
from service_policy.ledger.tables import TABLES, Table
from service_policy.values import Count, Model, Name, Text, TimeOfDay, YesNo, fault

OTHER_WORDS = "*"
A_FAULT = "error"


def _number(example: str) -> str:
    try:
        number_style(example)
    except BadStyle as bad:
        raise fault("bad_number_style", "không phải mẫu số", str(bad)) from None
    return example


def _date(pattern: str) -> str:
    try:
        date_style(pattern)
    except BadStyle as bad:
        raise fault("bad_date_style", "không phải kiểu ngày", str(bad)) from None
    return pattern


def _cell(place: str) -> str:
    if not re.fullmatch(r"[A-Z]{1,2}[1-9][0-9]{0,3}", place):
        raise fault("bad_cell", "không phải ô của bảng tính", "viết như A3")
    return place


NumberExample = Annotated[Text, AfterValidator(_number)]
DatePattern = Annotated[Text, AfterValidator(_date)]


class Place(Model):
    """Where in the file the table stands.

    ``sheet`` is the name of a sheet or its number from 1; ``header_row`` the physical row of the
    names of columns; a row is left out where a column of ``skip_where`` holds one of its words.
    """

    sheet: Text | None = None
    header_row: Count = 1
    skip_where: dict[Text, tuple[str, ...]] = Field(default_factory=dict)


class AsOf(Model):
    """The cell that says until when the file knows: the last date in it, to the end of that day."""

    cell: Annotated[Text, AfterValidator(_cell)]
    date: DatePattern


class Given(Model):
    """Where a column of ours comes from: a column of the file, or one ``value`` for all rows.

    ``date``, ``number`` and ``share`` say how it is written; ``at`` is the hour that stands for a
    day without one, which the company states and answers for.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_alias=True)

    source: Text | None = Field(default=None, alias="from")
    value: Text | None = None
    date: DatePattern | None = None
    number: NumberExample | None = None
    share: YesNo = False
    at: TimeOfDay | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if (self.source is None) == (self.value is None):
            fix = "viết from: (tên cột của tệp) hoặc value: (một giá trị cho mọi dòng)"
            raise fault("not_one_source", "cần đúng một trong from và value", fix)
        return self


class Mapping(Model):
    """How the export of one system becomes rows of one table.

    ``source`` names the system, ``mode`` says whether the file holds everything (``full``: a key
    that is absent is marked gone) or a part. ``words`` translates the words of a column, ``*``
    being every other one (``error``: a fault; ``keep``: as it is; empty: left out).
    ``carry_down`` are columns that a file writes in the first row of a group only; ``ignore`` the
    columns that we do not want.
    """

    source: Name
    table: Name
    file: Place = Field(default_factory=Place)
    as_of: AsOf | None = None
    mode: Literal["delta", "full"] = "delta"
    columns: dict[Name, Text | Given]
    words: dict[Name, dict[str, str]] = Field(default_factory=dict)
    carry_down: tuple[Name, ...] = ()
    ignore: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _fits_its_table(self) -> Self:
        table = TABLES.get(self.table)
        if table is None:
            known = ", ".join(TABLES)
            raise fault("no_such_table", f"không có bảng {self.table}", f"chọn {known}")
        known = ", ".join(one.name for one in table.columns)
        strange = sorted(self.columns.keys() - {one.name for one in table.columns})
        if strange:
            raise fault("no_such_column", f"không có cột {', '.join(strange)}", f"chọn {known}")
        missing = sorted(table.required - self.columns.keys())
        if missing:
            fix = "thêm vào columns"
            raise fault("missing_column", f"chưa ánh xạ cột {', '.join(missing)}", fix)
        loose = sorted({*self.words, *self.carry_down} - self.columns.keys())
        if loose:
            fix = "thêm vào columns, hoặc xóa khỏi words và carry_down"
            raise fault("not_mapped", f"chưa ánh xạ cột {', '.join(loose)}", fix)
        return self

    @property
    def of(self) -> Table:
        """The table that it fills."""
        return TABLES[self.table]

    def given(self) -> Iterator[tuple[Column, Given, Form]]:
        """Yield each column that is mapped, where it comes from, and how it is written."""
        for name, told in self.columns.items():
            column = self.of.column(name)
            if column is None:  # pragma: no cover - the model has looked
                raise AssertionError(name)
            one = Given.model_validate({"from": told}) if isinstance(told, str) else told
            words = {**self.words.get(name, {})}
            other = words.pop(OTHER_WORDS, A_FAULT)
            yield (
                column,
                one,
                Form(
                    number=None if one.number is None else number_style(one.number),
                    date=None if one.date is None else date_style(one.date),
                    at=one.at,
                    words={word.strip().casefold(): ours for word, ours in words.items()},
                    other=None if other == A_FAULT else other,
                    share=one.share,
                ),
            )

    def day_in(self, text: str) -> datetime | None:
        """Return the last date in the cell of ``as_of``, as a clock in Vietnam shows it."""
        return None if self.as_of is None else date_style(self.as_of.date).last_in(text)
