"""Commitments: the table of all promises, a page for each, every version for ever."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from plugins.commitment_view import CommitmentView, commitment_view
from plugins.model import PageFile, SiteBuild, page
from plugins.scorecard_view import measuring
from service_policy.promise_issues import WHOLE
from service_policy.promises.commitment import Commitment
from service_policy.register import Issue


@dataclass(frozen=True, slots=True)
class PaperLink:
    """The PDF of an issue; its size in bytes is found only when a page is written, or None."""

    issue: Issue
    pdf_size: Callable[[Issue], int] | None

    @property
    def url(self) -> str:
        """The address of the file, root-relative."""
        return self.issue.files["pdf"]

    @property
    def size(self) -> int | None:
        """How big it is, where that is known."""
        return self.pdf_size(self.issue) if self.pdf_size else None


INDEX = ("Cam kết", "/cam-ket/")
VERSIONS = ("Các phiên bản cam kết", "/cam-ket/phien-ban/")


def build(site_build: SiteBuild) -> Iterator[PageFile]:
    """Yield the index, the pages of the promises in force, the list of versions, each version."""
    policy = site_build.library.policy
    views = [
        commitment_view(commitment, site_build.library)
        for commitment in site_build.library.commitments
    ]
    yield _index(site_build, views)
    for before, view, after in zip([None, *views], views, [*views[1:], None], strict=False):
        yield _commitment(site_build, view, before, after)
    yield _versions(site_build, views)
    for version in policy.versions:
        yield _permanent(site_build, commitment_view(version, site_build.library))


def _index(site_build: SiteBuild, views: Sequence[CommitmentView]) -> PageFile:
    company = site_build.library.company
    return page(
        site_build,
        "commitments",
        {
            "commitments": tuple(views),
            "matrix": site_build.library.policy.matrix,
            "paper": _paper_of_all(site_build),
        },
        title="Cam kết với khách hàng",
        description=f"{company.short_name} hứa gì, đo bằng gì, trễ hẹn thì trả bao nhiêu và "
        f"trả khi nào: {len(views)} cam kết có số đo.",
        url=INDEX[1],
        changed_on=max((view.commitment.effective_from for view in views), default=None),
    )


def _commitment(
    site_build: SiteBuild,
    view: CommitmentView,
    before: CommitmentView | None,
    after: CommitmentView | None,
) -> PageFile:
    commitment = view.commitment
    return page(
        site_build,
        "commitment",
        {
            "view": view,
            "previous": before,
            "next": after,
            "permanent": False,
            "results": measuring(commitment, site_build.library.scorecards),
            "paper": _paper(site_build, commitment),
        },
        title=f"{commitment.id}: {commitment.title}",
        description=commitment.promise,
        url=commitment.url,
        above=[INDEX],
        version=str(commitment.version),
        changed_on=commitment.effective_from,
    )


def _permanent(site_build: SiteBuild, view: CommitmentView) -> PageFile:
    """Make the page of one version, which stays readable when a newer one replaces it."""
    commitment = view.commitment
    return page(
        site_build,
        "commitment",
        {
            "view": view,
            "previous": None,
            "next": None,
            "permanent": True,
            "results": None,
            "paper": _paper(site_build, commitment),
        },
        title=f"{commitment.id}, phiên bản {commitment.version}",
        description=commitment.promise,
        url=commitment.version_url,
        above=[INDEX, (f"{commitment.id}: {commitment.title}", commitment.url)],
        noindex=True,
        version=str(commitment.version),
    )


def _paper(site_build: SiteBuild, commitment: Commitment) -> PaperLink | None:
    """Return the PDF of one version, as the register has it."""
    issue = site_build.library.register.find(commitment.id, commitment.version)
    return PaperLink(issue, site_build.pdf_size) if issue else None


def _paper_of_all(site_build: SiteBuild) -> PaperLink | None:
    """Return the PDF of every promise in force, or None on a day without any."""
    for issue in site_build.library.register.issues:
        if issue.series == WHOLE and issue.state(site_build.day) == "current":
            return PaperLink(issue, site_build.pdf_size)
    return None


def _versions(site_build: SiteBuild, views: Sequence[CommitmentView]) -> PageFile:
    return page(
        site_build,
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
