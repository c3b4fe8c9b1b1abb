"""A document of the register as pages show it: its state on the day, and the copy to use."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from plugins.model import SiteBuild
from service_policy.price_sheets import PriceSheet
from service_policy.register import Issue, IssueState

Phase = Literal["next", "current", "expired"]


@dataclass(frozen=True, slots=True)
class IssueView:
    """One version of a document on the day of the build.

    Attributes:
        issue: the version.
        state: what the register says of it on the day.
        last_day: the last day on which it holds, or None while no end is known. The browser
            compares it with its own day, in case nobody has built the site since.
        replaced_by: the number of the version that takes its place on the day after, or None.
        in_place: the copy that holds on the day for whoever has this one in hand, or None.
    """

    issue: Issue
    state: IssueState
    last_day: date | None
    replaced_by: int | None
    in_place: Issue | None

    @property
    def phase(self) -> Phase:
        """The state as the browser counts it: still to come, holding, or over."""
        return "expired" if self.state == "superseded" else self.state

    @property
    def over_on(self) -> date | None:
        """The first day on which it no longer holds."""
        return None if self.last_day is None else self.last_day + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SheetView:
    """One version of a price sheet with its place in the register."""

    sheet: PriceSheet
    document: IssueView

    @property
    def has_prices(self) -> bool:
        """Whether its prices may be shown: never once it is expired or replaced."""
        return self.document.phase != "expired"


def view(site_build: SiteBuild, issue: Issue) -> IssueView:
    """Look at one issue on the day of the build."""
    replaced, valid_to = issue.replaced_on, issue.valid_to
    is_replaced = replaced is not None and (valid_to is None or replaced <= valid_to + ONE_DAY)
    last_day = replaced - ONE_DAY if replaced is not None and is_replaced else valid_to
    return IssueView(
        issue=issue,
        state=issue.state(site_build.day),
        last_day=last_day,
        replaced_by=issue.version + 1 if is_replaced else None,
        in_place=site_build.library.register.in_place_of(issue, site_build.day),
    )


def sheet_views(site_build: SiteBuild) -> tuple[SheetView, ...]:
    """Return every issued version of every price sheet, the newest sheet first."""
    register = site_build.library.register
    return tuple(
        SheetView(sheet, view(site_build, issue))
        for sheet in site_build.library.price_sheet_versions
        if (issue := register.find(sheet.id, sheet.version)) is not None
    )


ONE_DAY = timedelta(days=1)
