"""The geometry of a scorecard chart in whole units; the theme's macro only draws it.

Shares are points over months, because a bar that does not begin at zero would lie; money is bars
that do. Every month keeps its place: one without a figure says so instead of closing the gap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from service_policy.scorecard import Figure, Indicator, Snapshot
from service_policy.text import whole

WIDTH, HEIGHT = 344, 212
LEFT, RIGHT, TOP, BOTTOM = 34, 8, 26, 160
"""The plot inside the drawing; months and counts stand below it."""
BAR = 30
_TEXT = 13
"""How far labels of the axis must stand from the target's own label."""
_STEPS = (5, 10, 20, 50, 100, 200, 500)


@dataclass(frozen=True, slots=True)
class Mark:
    """One month: where it stands, what it says, and how it compares with the target."""

    x: int
    y: int | None
    month: str
    label: str
    count: str
    standing: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across with its label."""

    y: int
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of `WIDTH` by `HEIGHT` units.

    `kind` is points or bars; `described` says in words all that can be seen; `target_y` is None
    without a target; `lines` join neighbouring points, as (x1, y1, x2, y2).
    """

    kind: str
    title: str
    described: str
    axis: str
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    target_y: int | None
    target_label: str
    lines: tuple[tuple[int, int, int, int], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    base: int = BOTTOM
    bar: int = BAR


def draw(indicator: Indicator, months: Sequence[tuple[Snapshot, Figure]]) -> Chart | None:
    """Draw the months of an indicator, the earliest first; None when no month has a figure."""
    if indicator.money and any(figure.value_vnd is not None for _, figure in months):
        return _bars(indicator, months)
    if any(figure.tenths is not None for _, figure in months):
        return _points(indicator, months)
    return None


def _points(indicator: Indicator, months: Sequence[tuple[Snapshot, Figure]]) -> Chart:
    values = [figure.tenths for _, figure in months if figure.tenths is not None]
    target = None if indicator.target is None else indicator.target * 10
    seen = values if target is None else [*values, target]
    low, high = _range(min(seen), max(seen), indicator.better == "high")
    marks = tuple(
        Mark(
            x=_x(place, len(months)),
            y=None if figure.tenths is None else _y(figure.tenths, low, high),
            month=snapshot.short_name,
            label=_short(figure),
            count="" if figure.denominator is None else whole(figure.denominator),
            standing=figure.standing,
        )
        for place, (snapshot, figure) in enumerate(months)
    )
    lines = tuple(
        (one.x, one.y, other.x, other.y)
        for one, other in pairwise(marks)
        if one.y is not None and other.y is not None
    )
    goal = None if target is None else _y(target, low, high)
    step = next(step for step in _STEPS if (high - low) // step <= 4)
    ticks = (
        Tick(_y(value, low, high), _tick(value))
        for value in range(-(-low // step) * step, high + 1, step)
    )
    return Chart(
        kind="points",
        title=f"{indicator.name}, {_span(months)}",
        described=_told(indicator, months),
        axis=f"% số {indicator.unit}",
        marks=marks,
        ticks=tuple(tick for tick in ticks if goal is None or abs(tick.y - goal) >= _TEXT),
        target_y=goal,
        target_label="" if target is None else _tick(target),
        lines=lines,
    )


def _bars(indicator: Indicator, months: Sequence[tuple[Snapshot, Figure]]) -> Chart:
    highest = max(figure.value_vnd or 0 for _, figure in months)
    step = _money_step(highest)
    top = max(-(-highest // step) * step, step)
    return Chart(
        kind="bars",
        title=f"{indicator.name}, {_span(months)}",
        described=_told(indicator, months),
        axis="triệu đồng",
        marks=tuple(
            Mark(
                x=_x(place, len(months)),
                y=None if figure.value_vnd is None else _y(figure.value_vnd, 0, top),
                month=snapshot.short_name,
                label=_millions(figure.value_vnd),
                count="" if figure.cases is None else f"{whole(figure.cases)} ca",
                standing="published",
            )
            for place, (snapshot, figure) in enumerate(months)
        ),
        ticks=tuple(
            Tick(_y(value, 0, top), whole(value // 1_000_000)) for value in range(0, top + 1, step)
        ),
        target_y=None,
        target_label="",
        lines=(),
    )


def _x(place: int, count: int) -> int:
    """Return the middle of a month's column."""
    return LEFT + (2 * place + 1) * (WIDTH - RIGHT - LEFT) // (2 * count)


def _y(value: int, low: int, high: int) -> int:
    return TOP + (high - value) * (BOTTOM - TOP) // (high - low)


def _range(lowest: int, highest: int, more_is_better: bool) -> tuple[int, int]:
    """Return the ends of the axis in tenths of a per cent, on full five per cents."""
    if not more_is_better:
        return 0, max(-(-(highest + 1) // 50) * 50, 50)
    return max((lowest - 5) // 50 * 50, 0), min(-(-(highest + 1) // 50) * 50, 1000)


def _short(figure: Figure) -> str:
    """Write a figure on the chart: ``96,2``; counts where there are few; else that none is."""
    if figure.tenths is not None:
        return f"{figure.tenths // 10},{figure.tenths % 10}"
    if figure.standing == "small":
        return f"{figure.numerator}/{figure.denominator}"
    return "0 ca" if figure.standing == "empty" else "chưa có"


def _tick(value: int) -> str:
    return str(value // 10) if value % 10 == 0 else f"{value // 10},{value % 10}"


def _millions(amount: int | None) -> str:
    """Write đồng in millions with one decimal, cut down; the table has the full amount."""
    if amount is None:
        return "chưa có"
    return f"{whole(amount // 1_000_000)},{amount % 1_000_000 // 100_000}"


def _money_step(highest: int) -> int:
    """Return a round distance between lines, so that there are at most five."""
    step = 1_000_000
    while True:
        for factor in (1, 2, 5):
            if highest <= step * factor * 4:
                return step * factor
        step *= 10


def _span(months: Sequence[tuple[Snapshot, Figure]]) -> str:
    first, last = months[0][0], months[-1][0]
    return first.name if first is last else f"{first.name} đến {last.name}"


def _told(indicator: Indicator, months: Sequence[tuple[Snapshot, Figure]]) -> str:
    """Say in words what the drawing shows."""
    told = [f"Mục tiêu: {indicator.target_words}."]
    for snapshot, figure in months:
        if figure.value_vnd is not None:
            amount = f"{whole(figure.value_vnd)} đồng cho {whole(figure.cases or 0)} ca"
            told.append(f"{snapshot.name.capitalize()}: {amount}.")
            continue
        words = figure.words.lower() if figure.tenths is not None else ""
        said = ", ".join(part for part in (figure.written, words) if part)
        told.append(f"{snapshot.name.capitalize()}: {said}.")
    return " ".join(told)
