"""Commitments: the table of all promises, a page for each, every version for ever."""

from collections.abc import Iterator, Sequence

from plugins.commitment_view import CommitmentView, commitment_view
from plugins.heads import page
from plugins.model import House, PageFile
from plugins.scorecard_view import measuring

INDEX = ("Cam kết", "/cam-ket/")
VERSIONS = ("Các phiên bản cam kết", "/cam-ket/phien-ban/")


def build(house: House) -> Iterator[PageFile]:
    """Yield the index, the pages of the promises in force, the list of versions, each version."""
    policy = house.library.policy
    views = [commitment_view(commitment, house.library) for commitment in house.library.commitments]
    yield _index(house, views)
    for place, view in enumerate(views):
        before = views[place - 1] if place else None
        after = views[place + 1] if place + 1 < len(views) else None
        yield _commitment(house, view, before, after)
    yield _versions(house, views)
    for version in policy.versions:
        yield _permanent(house, commitment_view(version, house.library))


def _index(house: House, views: Sequence[CommitmentView]) -> PageFile:
    company = house.library.company
    return page(
        house,
        "commitments",
        {"commitments": tuple(views), "matrix": house.library.policy.matrix},
        title="Cam kết với khách hàng",
        description=f"{company.short_name} hứa gì, đo bằng gì, trễ hẹn thì trả bao nhiêu và "
        f"trả khi nào: {len(views)} cam kết có số đo.",
        url=INDEX[1],
        changed_on=max((view.commitment.effective_from for view in views), default=None),
    )


def _commitment(
    house: House,
    view: CommitmentView,
    before: CommitmentView | None,
    after: CommitmentView | None,
) -> PageFile:
    commitment = view.commitment
    return page(
        house,
        "commitment",
        {
            "view": view,
            "previous": before,
            "next": after,
            "permanent": False,
            "results": measuring(commitment, house.library.scorecards),
        },
        title=f"{commitment.id}: {commitment.title}",
        description=commitment.promise,
        url=commitment.url,
        above=[INDEX],
        version=str(commitment.version),
        changed_on=commitment.effective_from,
    )


def _permanent(house: House, view: CommitmentView) -> PageFile:
    """Make the page of one version, which stays readable when a newer one replaces it."""
    commitment = view.commitment
    return page(
        house,
        "commitment",
        {"view": view, "previous": None, "next": None, "permanent": True, "results": None},
        title=f"{commitment.id}, phiên bản {commitment.version}",
        description=commitment.promise,
        url=commitment.version_url,
        above=[INDEX, (f"{commitment.id}: {commitment.title}", commitment.url)],
        noindex=True,
        version=str(commitment.version),
    )


def _versions(house: House, views: Sequence[CommitmentView]) -> PageFile:
    return page(
        house,
        "commitment_versions",
        {
            "commitments": tuple(views),
        },
        title=VERSIONS[0],
        description="Mọi phiên bản của từng cam kết, ngày áp dụng và điều đã thay đổi.",
        url=VERSIONS[1],
        kind="versions",
        above=[INDEX],
    )
