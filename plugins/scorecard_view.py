"""The scorecard arranged for readers: one line of months for each indicator, and its chart.

A chart is geometry in whole units; the theme's macro draws and words it. Shares are points over
months, because a bar that does not begin at zero would lie; money is bars that do. Every month
keeps its place: one without a figure says so instead of closing the gap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count, pairwise

from service_policy.promises.commitment import Commitment
from service_policy.promises.policy import Policy
from service_policy.scorecard import INDICATORS, Figure, Indicator, Snapshot
from service_policy.scorecard.histories import CLOSING_DAY, month_after, month_before

WIDTH, HEIGHT = 344, 212
LEFT, RIGHT, TOP, BOTTOM = 34, 8, 26, 160
"""The plot inside the drawing; months and counts stand below it."""
BAR = 30
_TEXT = 13
"""How far labels of the axis must stand from the target's own label."""
_STEPS = (5, 10, 20, 50, 100, 200, 500)


@dataclass(frozen=True, slots=True)
class Mark:
    """One month: where it stands, and its figure."""

    x: int
    y: int | None
    month: Snapshot
    figure: Figure


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of `WIDTH` by `HEIGHT` units.

    `money` says that it has bars of đồng, and no points in tenths of a per cent; `ticks` are lines
    across, as (y, value); `target_y` is None without a target; `lines` join neighbouring points, as
    (x1, y1, x2, y2).
    """

    indicator: Indicator
    money: bool
    marks: tuple[Mark, ...]
    ticks: tuple[tuple[int, int], ...]
    target_y: int | None
    lines: tuple[tuple[int, int, int, int], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    base: int = BOTTOM
    bar: int = BAR


def draw(indicator: Indicator, months: Sequence[tuple[Snapshot, Figure]]) -> Chart | None:
    """Draw the months of an indicator, the earliest first; None when no month has a figure."""
    money = indicator.money and any(figure.value_vnd is not None for _, figure in months)
    values = [figure.value_vnd if money else figure.tenths for _, figure in months]
    seen = [value for value in values if value is not None]
    if not seen:
        return None
    target = None if money or indicator.target is None else indicator.target * 10
    if money:
        step = _money_step(max(seen))
        low, high = 0, max(-(-max(seen) // step) * step, step)
    else:
        ends = seen if target is None else [*seen, target]
        low, high = _range(min(ends), max(ends), indicator.better == "high")
        step = next(step for step in _STEPS if (high - low) // step <= 4)
    marks = tuple(
        Mark(_x(place, len(months)), None if value is None else _y(value, low, high), *month)
        for place, (value, month) in enumerate(zip(values, months, strict=True))
    )
    goal = None if target is None else _y(target, low, high)
    ticks = ((_y(at, low, high), at) for at in range(-(-low // step) * step, high + 1, step))
    return Chart(
        indicator=indicator,
        money=money,
        marks=marks,
        ticks=tuple(tick for tick in ticks if goal is None or abs(tick[0] - goal) >= _TEXT),
        target_y=goal,
        lines=tuple(
            (one.x, one.y, other.x, other.y)
            for one, other in pairwise(() if money else marks)
            if one.y is not None and other.y is not None
        ),
    )


def _x(place: int, months: int) -> int:
    """Return the middle of a month's column."""
    return LEFT + (2 * place + 1) * (WIDTH - RIGHT - LEFT) // (2 * months)


def _y(value: int, low: int, high: int) -> int:
    return TOP + (high - value) * (BOTTOM - TOP) // (high - low)


def _range(lowest: int, highest: int, more_is_better: bool) -> tuple[int, int]:
    """Return the ends of the axis in tenths of a per cent, on full five per cents."""
    if not more_is_better:
        return 0, max(-(-(highest + 1) // 50) * 50, 50)
    return max((lowest - 5) // 50 * 50, 0), min(-(-(highest + 1) // 50) * 50, 1000)


def _money_step(highest: int) -> int:
    """Return a round distance between lines, so that there are at most five."""
    round_numbers = (int(10**power) * factor for power in count(6) for factor in (1, 2, 5))
    return next(step for step in round_numbers if highest <= step * 4)


UNTOLD = "hạn đã hứa"
"""What stands for a time limit that no promise gives."""
SHOWN = 6
"""How many months a chart shows; every older month keeps its own page and file."""


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator over the months shown, the earliest first; `chart` is None without figures."""

    indicator: Indicator
    months: tuple[tuple[Snapshot, Figure], ...]
    chart: Chart | None
    commitments: tuple[Commitment, ...]
    formula: str

    @property
    def latest(self) -> Figure:
        """The figure of the latest month."""
        return self.months[-1][1]


@dataclass(frozen=True, slots=True)
class Missing:
    """A month whose figures ought to be public by now and are not."""

    month: date
    due_on: date


def lines(months: Sequence[Snapshot], policy: Policy, day: date) -> tuple[Line, ...]:
    """Return a line for each indicator; none while no month was published.

    What an indicator measures, and within what time, is what is promised on ``day``.
    """
    shown = months[-SHOWN:]
    if not shown:
        return ()
    found = []
    for one in INDICATORS:
        figures = tuple((month, month.figure(one.id)) for month in shown)
        measured = policy.feeding(one.id, day)
        again = next((term for promise in measured if (term := promise.ruled("repeat"))), None)
        formula = one.formula.format(
            limit=policy.limit_of(one.id, day) or UNTOLD, repeat=again or UNTOLD
        )
        found.append(Line(one, figures, draw(one, figures), measured, formula))
    return tuple(found)


def how_many(months: Sequence[Snapshot], policy: Policy, day: date) -> int:
    """Count the indicators of the latest month; before the first, those that will have figures.

    Payments are measured whatever is promised.
    """
    if months:
        return len(months[-1].figures)
    return sum(one.money or bool(policy.feeding(one.id, day)) for one in INDICATORS)


@dataclass(frozen=True, slots=True)
class Results:
    """The figures of the latest month that measure one promise."""

    month: Snapshot
    figures: tuple[Figure, ...]


def measuring(commitment: Commitment, months: Sequence[Snapshot]) -> Results | None:
    """Return the latest results of a promise; None while nothing measures it."""
    if not months:
        return None
    figures = tuple(
        figure
        for figure in months[-1].figures
        if figure.id in commitment.indicators and figure.has_data
    )
    return Results(months[-1], figures) if figures else None


def missing(months: Sequence[Snapshot], today: date) -> Missing | None:
    """Return the latest month that should be public on `today` but is not, or None."""
    first = today.replace(day=1)
    previous = month_before(first)
    due = previous if today.day >= CLOSING_DAY else month_before(previous)
    if months and months[-1].first_day >= due:
        return None
    return Missing(due, month_after(f"{due:%Y-%m}").replace(day=CLOSING_DAY))
