"""The weekly check of the published site and its content, as the server makes it by itself.

Any process may look at any time, and several may look at once: the store takes one check of a week.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from forms_api.checks import last_check, record, record_of_week, unclear_findings
from forms_api.clock import plausible
from forms_api.kinds import DECLARED
from forms_api.portal import Portal
from forms_api.site_links import broken_files, broken_inside, broken_outside, links_of
from forms_api.store import vital_rows
from service_policy import weekly_check as rules
from service_policy.content import ContentErrors, Library, read
from service_policy.promises.calendar import VIETNAM
from service_policy.weekly_check import Finding, WeeklyCheck

REMARKS_OF = timedelta(days=90)
"""How far back remarks of readers are listed, while nobody has handled them."""


class NoSite(Exception):
    """There is no built site in ``folder``, so there is nothing to check."""

    def __init__(self, folder: Path) -> None:
        """Name the folder."""
        super().__init__(f"there is no built site in {folder}: run inv build first")


def check_when_due(portal: Portal, library: Library, now: datetime) -> WeeklyCheck | None:
    """Make the check of this week when its time has come and nobody has made it; else None.

    ``library`` is the content in force; it is judged when the content of the day cannot be read.
    A clock that cannot be believed makes no check: one of next year would be the last for long.

    Raises:
        NoSite, StoreUnavailable: nothing is recorded.
    """
    last = last_check(portal, now)
    on = None if last is None else last.checked_on
    if not rules.is_due(on, now, portal.policy.calendar) or not _believed(portal, now):
        return None
    result = check_now(portal, _content_of(now, portal, library), now)
    return result if record_of_week(portal, result, now) else None


def check_and_record(
    portal: Portal, library: Library, now: datetime, *, external: bool = False
) -> WeeklyCheck:
    """Make a check now, whenever the last one was, and record it.

    Raises:
        NoSite, StoreUnavailable: nothing is recorded.
    """
    result = check_now(portal, library, now, external=external)
    record(portal, result, now)
    return result


def check_now(
    portal: Portal, library: Library, now: datetime, *, external: bool = False
) -> WeeklyCheck:
    """Check the published site and a content; ``external`` also asks other sites that we link to.

    Raises:
        NoSite: there is nothing to check.
        StoreUnavailable: the remarks of readers cannot be read.
    """
    if not (portal.site / "index.html").is_file():
        raise NoSite(portal.site)
    unclear = unclear_findings(portal, now - REMARKS_OF)
    return checked(library, portal.site, unclear, external=external)


def checked(
    library: Library, output: Path, unclear: list[Finding], *, external: bool
) -> WeeklyCheck:
    """Return everything that is wrong on the library's day."""
    day, links = library.today, links_of(output)
    broken = [*broken_inside(output, links), *broken_files(output)]
    unchecked = list(rules.unchecked_sheets(library.price_sheets, day))
    outside = tuple(broken_outside(links)) if external else ()
    in_force = [one for one in library.register.issues if one.state(day) == "current"]
    wrong = {one.where.partition(" ")[0] for one in (*broken, *unchecked)}
    return WeeklyCheck(
        checked_on=day,
        links=len(links.inside) + (len(links.outside) if external else 0),
        documents=len(in_force),
        documents_right=sum(one.id not in wrong and one.url not in wrong for one in in_force),
        findings=(*broken, *outside, *_aged(library, day), *unchecked, *unclear),
    )


def _aged(library: Library, day: date) -> Iterator[Finding]:
    """Find what the days themselves make wrong in a content."""
    versions, laws = library.policy.versions, library.legal.references
    yield from rules.sheets_that_end(library.price_sheets, library.scheduled_sheets, day)
    yield from rules.issues_that_end(library.register.issues, day)
    yield from rules.laws_that_end(laws, day)
    yield from rules.promises_that_end(versions, day)
    yield from rules.gaps_to_close(library.every_sheet, versions, laws, library.holidays, day)
    yield from rules.stock_that_is_short(library.printed, day)
    yield from rules.entries_to_review(library.faq, day)


def _content_of(now: datetime, portal: Portal, held: Library) -> Library:
    """Read the content as of today: what a server took up weeks ago knows the day of then."""
    day = now.astimezone(VIETNAM).date()
    try:
        return read(portal.settings.content_dir, day, declared=DECLARED)
    except ContentErrors:
        return replace(held, today=day)


def _believed(portal: Portal, now: datetime) -> bool:
    signs = portal.store.read(vital_rows.all_of)
    seen = signs.get(vital_rows.SEEN)
    in_doubt = vital_rows.CLOCK in signs
    return not in_doubt and plausible(now, None if seen is None else seen.at) == "ok"
