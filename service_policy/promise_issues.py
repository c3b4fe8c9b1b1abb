"""Commitments in the register of documents: each version as a paper, and all of a day as one.

The paper with every promise has a new issue on each day on which what holds changes; its id says
the day, so that a copy keeps its name whatever is announced later.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from service_policy.promises.commitment import Commitment, in_force
from service_policy.register import Issue

WHOLE: Final = "ban-cam-ket"
"""The series of the papers with every promise."""
_ONE_DAY: Final = timedelta(days=1)


def promise_issues(versions: tuple[Commitment, ...], day: date) -> tuple[Issue, ...]:
    """Return the issues of all versions, those with every promise first, the newest first.

    ``day`` says which of them the list of commitments shows, and which later version is over: a
    version for a season gives way to the one before it, as ``in_force`` has it.
    """
    newest_first = sorted(versions, key=lambda one: -one.version)
    by_number = sorted(newest_first, key=lambda one: (one.number, one.id))
    return (*_whole(versions, day), *(_one(each, versions, day) for each in by_number))


def promises_of(issue: Issue, versions: tuple[Commitment, ...]) -> tuple[Commitment, ...]:
    """Return the promises on the paper of an issue, ordered by id."""
    if issue.series == WHOLE:
        return in_force(versions, issue.valid_from)
    return tuple(one for one in versions if (one.id, one.version) == (issue.id, issue.version))


def _whole(versions: tuple[Commitment, ...], day: date) -> Iterator[Issue]:
    for first, last in reversed(list(_spans(versions))):
        begun = [one.announced_on or first for one in versions if one.effective_from == first]
        stands = first <= day and (last is None or day <= last)
        yield Issue(
            id=f"BCK-{first:%Y.%m.%d}",
            version=1,
            kind="cam-ket",
            series=WHOLE,
            title=f"Bản cam kết với khách hàng, áp dụng từ {first:%d/%m/%Y}",
            url="/cam-ket/" if stands else "/cam-ket/phien-ban/",
            folder="/cam-ket/",
            issued_on=max(begun, default=first),
            valid_from=first,
            valid_to=last,
            replaced_on=None,
        )


def _spans(versions: tuple[Commitment, ...]) -> Iterator[tuple[date, date | None]]:
    """Yield the first and the last day of each time in which one set of promises holds."""
    begins = {one.effective_from for one in versions}
    ends = {one.effective_to + _ONE_DAY for one in versions if one.effective_to is not None}
    spans: list[tuple[date, tuple[Commitment, ...]]] = []
    for first in sorted(begins | ends):
        holds = in_force(versions, first)
        if not spans or spans[-1][1] != holds:
            spans.append((first, holds))
    for place, (first, holds) in enumerate(spans):
        if holds:
            later = spans[place + 1][0] if place + 1 < len(spans) else None
            yield first, later - _ONE_DAY if later else None


def _one(version: Commitment, versions: tuple[Commitment, ...], day: date) -> Issue:
    later = (
        one.effective_from
        for one in versions
        if (one.id == version.id and one.version > version.version)
        and (one.effective_to is None or day <= one.effective_to)
    )
    return Issue(
        id=version.id,
        version=version.version,
        kind="cam-ket",
        series=version.id,
        title=version.title,
        url=version.version_url,
        folder=version.url,
        issued_on=version.announced_on or version.effective_from,
        valid_from=version.effective_from,
        valid_to=version.effective_to,
        replaced_on=min(later, default=None),
        lasting=version.version_url,
    )
