"""The scorecard arranged for readers: one line of months for each indicator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from plugins.scorecard_chart import Chart, draw
from service_policy.promises.commitment import Commitment
from service_policy.promises.policy import Policy
from service_policy.scorecard import INDICATORS, Figure, Indicator, Snapshot
from service_policy.scorecard.histories import CLOSING_DAY, month_after, month_before

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
