"""One month of the scorecard: the figures, where they come from, and what was corrected since."""

from datetime import date, datetime
from typing import Literal

from pydantic import model_validator

from service_policy.promises.calendar import VIETNAM
from service_policy.promises.commitment import IndicatorId
from service_policy.scorecard.histories import Closings, bounds, closing
from service_policy.scorecard.indicators import (
    INDICATORS,
    STANDING_WORDS,
    Indicator,
    SourceId,
    Standing,
    counts,
    indicator,
    standing,
    tenths,
    written,
)
from service_policy.values import (
    Cell,
    Day,
    Hash,
    Model,
    Moment,
    Month,
    Name,
    Number,
    Slug,
    YesNo,
    fault,
)


class Reason(Model):
    """Why a month missed its target, and what was done about it."""

    why: Cell
    done: Cell


class Beside(Model):
    """What stands beside a share and is neither hidden in it nor taken for success."""

    withdrawn: Number = 0
    exempted: Number = 0
    refused: Number = 0
    unconfirmed: Number = 0


class Figure(Model):
    """One indicator of one month.

    Without ``denominator`` there is no data; ``note`` then says why. ``value_vnd`` and ``cases``
    are the money and the cases of an indicator that publishes an amount.
    """

    id: IndicatorId
    numerator: Number | None = None
    denominator: Number | None = None
    value_vnd: Number | None = None
    cases: Number | None = None
    beside: Beside | None = None
    reason: Reason | None = None
    note: Cell | None = None

    @model_validator(mode="after")
    def _fits(self) -> "Figure":
        if (self.numerator is None) != (self.denominator is None):
            raise fault("half_a_figure", "thiếu tử số hoặc mẫu số", "ghi cả hai, hoặc bỏ cả hai")
        if (self.numerator or 0) > (self.denominator or 0):
            raise fault("more_than_all", "tử số lớn hơn mẫu số", "xem lại hai con số")
        if (self.value_vnd is None) != (self.cases is None):
            raise fault("half_a_figure", "thiếu số tiền hoặc số ca", "ghi cả hai, hoặc bỏ cả hai")
        if self.value_vnd is not None and not self.indicator.money:
            raise fault("not_money", f"{self.id} không đo bằng tiền", "bỏ value_vnd và cases")
        return self

    @property
    def indicator(self) -> Indicator:
        """What this figure means."""
        return indicator(self.id)

    @property
    def has_data(self) -> bool:
        """Whether anything was measured."""
        return self.denominator is not None or self.value_vnd is not None

    @property
    def standing(self) -> Standing:
        """How it stands against the target."""
        chosen = self.indicator
        found = standing(self.numerator, self.denominator, chosen.better, chosen.target)
        return "published" if found == "no_data" and self.value_vnd is not None else found

    @property
    def words(self) -> str:
        """The same in words, for wherever a colour says it."""
        return STANDING_WORDS[self.standing]

    @property
    def written(self) -> str:
        """The percentage for readers, or why there is none."""
        return written(self.numerator, self.denominator, self.indicator.better)

    @property
    def counted(self) -> str:
        """Both counts with their unit, ``2.713 trên 2.914 đơn``; empty without data."""
        if self.numerator is None or self.denominator is None:
            return ""
        return f"{counts(self.numerator, self.denominator)} {self.indicator.unit}"

    @property
    def tenths(self) -> int | None:
        """Tenths of a per cent; None where only counts or nothing may be shown."""
        if self.standing not in ("kept", "missed", "published") or self.numerator is None:
            return None
        if self.denominator is None:
            return None
        return tenths(self.numerator, self.denominator, self.indicator.better)


class ClauseCount(Model):
    """How many refusals of the month stand on one published clause."""

    clause: Cell
    refused: Number


class Refusals(Model):
    """Refusals of all kinds of case: how many, on which clause, and how many were overturned."""

    issued: Number
    overturned: Number
    by_clause: tuple[ClauseCount, ...] = ()


class Compensation(Model):
    """Money of the month, đồng: fell owed, paid, not paid in time, exempted with evidence."""

    owed_vnd: Number
    paid_vnd: Number
    late_vnd: Number
    exempted_vnd: Number


class ChainLink(Model):
    """One time limit between departments: how often it was kept. Never about a person."""

    department: Slug
    limit: Name
    numerator: Number
    denominator: Number

    @property
    def written(self) -> str:
        """The share for readers, or why there is none."""
        return written(self.numerator, self.denominator, "high")


class Played(Model):
    """How often staff who played the customer met what was promised, of ``denominator`` tries.

    ``planned`` is how often it was to be tried in the month: what was not tried is seen, too.
    """

    task: Slug
    title: Cell
    numerator: Number
    denominator: Number
    planned: Number


class Source(Model):
    """What the figures were computed from: its SHA-256 in hex, and how many rows it has."""

    id: SourceId
    sha256: Hash
    rows: Number


class Correction(Model):
    """A figure that was published and is different now: what it was, and why it changed."""

    on: Day
    id: IndicatorId
    numerator: Number | None = None
    denominator: Number | None = None
    value_vnd: Number | None = None
    cases: Number | None = None
    why: Cell


class Snapshot(Model):
    """``ket-qua/<month>.json``: one month. ``sample`` marks figures that are made up."""

    month: Month
    as_of: Moment
    sample: YesNo = False
    sources: tuple[Source, ...] = ()
    indicators: tuple[Figure, ...]
    refusals: Refusals | None = None
    closings: Closings | None = None
    compensation: Compensation | None = None
    chain: tuple[ChainLink, ...] = ()
    mystery: tuple[Played, ...] = ()
    corrections: tuple[Correction, ...] = ()
    path: str = ""

    @model_validator(mode="after")
    def _whole(self) -> "Snapshot":
        ids = [one.id for one in self.indicators]
        if len(ids) != len(set(ids)):
            raise fault("duplicate_indicator", "một chỉ số được ghi hai lần", "giữ lại một")
        if not self.sources and not self.sample:
            raise fault(
                "no_source",
                "không ghi số lấy từ đâu",
                "chạy inv scorecard để ghi sources, hoặc đặt sample: true nếu là số mẫu",
            )
        if self.as_of < self.starts_at:
            raise fault("before_the_month", "chốt trước khi tháng bắt đầu", "sửa as_of")
        return self

    @property
    def url(self) -> str:
        """Its page, root-relative."""
        return f"/ket-qua/{self.month}/"

    @property
    def csv_url(self) -> str:
        """Its figures as a file."""
        return f"/ket-qua/{self.month}.csv"

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date.fromisoformat(f"{self.month}-01")

    @property
    def starts_at(self) -> datetime:
        """When the month began in Vietnam."""
        return bounds(self.month)[0]

    @property
    def name(self) -> str:
        """The month for readers: ``tháng 11/2026``."""
        return f"tháng {self.first_day.month}/{self.first_day.year}"

    @property
    def short_name(self) -> str:
        """The month on a narrow axis: ``T11``."""
        return f"T{self.first_day.month}"

    @property
    def is_closed(self) -> bool:
        """Whether the figures are final: taken on the closing day or later."""
        return self.as_of >= closing(self.month)

    @property
    def as_of_day(self) -> date:
        """The day the figures were taken, in Vietnam."""
        return self.as_of.astimezone(VIETNAM).date()

    def figure(self, indicator_id: IndicatorId) -> Figure:
        """Return a figure; one that is not in the file has no data."""
        for one in self.indicators:
            if one.id == indicator_id:
                return one
        return Figure(id=indicator_id)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All twelve figures in the order of the page."""
        return tuple(self.figure(one.id) for one in INDICATORS)

    def standings(self, wanted: Literal["kept", "missed", "no_data"]) -> tuple[Figure, ...]:
        """Return the figures that stand so."""
        return tuple(one for one in self.figures if one.standing == wanted)
