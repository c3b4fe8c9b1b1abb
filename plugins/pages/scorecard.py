"""The scorecard: an overview of the latest months, and a page for each month."""

from collections.abc import Iterator

from plugins import scorecard_view as view
from plugins.model import PageFile, SiteBuild, page
from service_policy.digits import number_in_words
from service_policy.scorecard import Snapshot
from service_policy.scorecard.histories import MEANINGS

INDEX = ("Kết quả", "/ket-qua/")


def build(site_build: SiteBuild) -> Iterator[PageFile]:
    """Yield the overview, which exists even before the first month, and a page for each month."""
    months = site_build.library.scorecards
    latest = months[-1] if months else None
    how_many = number_in_words(view.how_many(months, site_build.library.policy, site_build.day))
    yield page(
        site_build,
        "scorecard",
        {
            "months": tuple(reversed(months)),
            "meanings": MEANINGS,
            "latest": latest,
            "lines": view.lines(months, site_build.library.policy, site_build.day),
            "how_many": how_many,
            "overdue": view.missing(months, site_build.day),
            "age_days": None if latest is None else (site_build.day - latest.as_of_day).days,
        },
        title="Kết quả: chúng tôi giữ lời đến đâu",
        description=f"{how_many.capitalize()} chỉ số đo lời hứa của chúng tôi, tháng trật cũng "
        "hiện như tháng đạt, kèm mẫu số, lý do và tệp số liệu tải về.",
        url=INDEX[1],
        changed_on=None if latest is None else latest.as_of_day,
    )
    for snapshot in months:
        yield _month(site_build, snapshot)


def _month(site_build: SiteBuild, snapshot: Snapshot) -> PageFile:
    policy = site_build.library.policy
    refusals = snapshot.refusals
    return page(
        site_build,
        "scorecard_month",
        {
            "month": snapshot,
            "meanings": MEANINGS,
            "clauses": tuple(
                (one, policy.clause(one.clause, snapshot.as_of_day))
                for one in (refusals.by_clause if refusals is not None else ())
            ),
            "departments": {one.id: one for one in policy.company.departments},
        },
        title=f"Kết quả {snapshot.name}",
        description=f"Số đo lời hứa của {snapshot.name}: từng chỉ số, mẫu số, lý do khi trật, "
        "từ chối, tiền bù, nguồn số liệu.",
        url=snapshot.url,
        above=[INDEX],
        changed_on=max([snapshot.as_of_day, *(one.on for one in snapshot.corrections)]),
    )
