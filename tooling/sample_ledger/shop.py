"""What the sample company sells, at which price, and when it works."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from random import Random

from service_policy.content import Library
from service_policy.price_sheets import PriceLine, standing
from service_policy.promises.calendar import VIETNAM

Row = dict[str, object]
Rows = list[Row]

FIRST, LAST = date(2026, 8, 3), date(2026, 11, 27)
"""The days that the books cover."""
CLOSED_AT = datetime(2026, 11, 27, 18, 0, tzinfo=VIETNAM)
"""Until when the books know."""


@dataclass(frozen=True)
class Goods:
    """A product for sale: its code and group, its price before tax in đồng, its rate in percent."""

    sku: str
    group: str
    net_vnd: int
    vat: Fraction

    def gross(self, unit_vnd: int, quantity: int) -> int:
        """Return what a line costs with tax, in whole đồng."""
        return int(unit_vnd * quantity * (1 + self.vat / 100) + Fraction(1, 2))


class Shop:
    """Products, calendar, and the one source of chance: the same at every run."""

    def __init__(self, library: Library) -> None:
        """Begin with the content: its products, prices, segments and calendar."""
        self.chance = Random(2026)  # noqa: S311 - a sample has to come out the same every time
        self.policy = library.policy
        self.calendar = library.policy.calendar
        self.groups = [one.id for one in self.policy.matrix.product_groups]
        self._groups = {one.id: one.product_group for one in library.products}
        self._sheets = standing(library.price_sheet_versions, LAST)
        self._known: dict[date, list[Goods]] = {}

    def on(self, day: date, *groups: str) -> list[Goods]:
        """Return the goods of some product groups (of all, when none is named) at a day's price."""
        if day not in self._known:
            lines = {
                line.product_code: line
                for sheet in self._sheets
                if sheet.valid_from <= day <= sheet.valid_to
                for line in sheet.lines
                if line.product_code in self._groups
            }
            self._known[day] = [
                Goods(code, self._groups[code], _net(line), line.vat_percent)
                for code, line in sorted(lines.items())
            ]
        return [one for one in self._known[day] if not groups or one.group in groups]

    @property
    def everyday(self) -> list[str]:
        """The product groups that anybody buys: all but the last, where there are several."""
        return self.groups[:-1] or self.groups

    def working_day(self, day: date, after: int = 0) -> date:
        """Return the first working day from ``day`` on, or one that is ``after`` days behind it."""
        while not self.calendar.is_working_day(day):
            day += timedelta(days=1)
        for _ in range(after):
            day = self.calendar.next_working_day(day)
        return day

    def at(self, day: date, earliest: int, latest: int) -> datetime:
        """Return a moment of a day between two minutes of it."""
        minute = self.chance.randint(earliest, latest)
        return datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=VIETNAM)


def _net(line: PriceLine) -> int:
    """Return a price before tax that no rounding lifts above the published one."""
    return int(Fraction(line.price_vnd * 100) / (100 + line.vat_percent))


def moment(when: datetime) -> str:
    """Write a moment as a clock in Vietnam shows it."""
    return when.astimezone(VIETNAM).strftime("%Y-%m-%dT%H:%M")
