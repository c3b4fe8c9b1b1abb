"""The register of documents: the list of all of them, and a page for whoever holds a copy."""

from collections.abc import Iterator, Mapping

from plugins.issue_view import IssueView, Phase, view
from plugins.model import PageFile, SiteBuild, page
from service_policy.register import Issue, IssueKind

INDEX = ("Tài liệu", "/tai-lieu/")

KINDS: dict[IssueKind, str] = {
    "bang-gia": "Bảng giá",
    "catalogue": "Catalogue",
    "bao-hanh": "Thủ tục bảo hành",
    "cam-ket": "Bản cam kết",
}
"""The kinds of document in the order of the list, and what they are called."""


ORDER: tuple[Phase, ...] = ("current", "next", "expired")
"""What stands first in the list."""


def build(site_build: SiteBuild) -> Iterator[PageFile]:
    """Yield a page for each document; its address stands on every printed copy."""
    register = site_build.library.register
    for issue in {one.id: one for one in register.issues}.values():
        yield _document(site_build, register.of(issue.id))


def variables(site_build: SiteBuild) -> Mapping[str, object]:
    """Return what the list of documents shows: (kind, views) pairs, and the last weekly check.

    The pairs leave replaced versions out.
    """
    last = site_build.library.last_check
    views = [view(site_build, issue) for issue in site_build.library.register.issues]
    listed = sorted(
        (one for one in views if one.state != "superseded"),
        key=lambda one: ORDER.index(one.phase),
    )
    return {
        "documents_by_kind": tuple(
            (title, tuple(one for one in listed if one.issue.kind == kind))
            for kind, title in KINDS.items()
        ),
        "last_check": last,
        "check_is_old": last is not None and last.good_until < site_build.day,
        "checked_under": site_build.library.policy.feeding("K11", site_build.day),
    }


def _document(site_build: SiteBuild, versions: tuple[Issue, ...]) -> PageFile:
    newest = versions[0]
    return page(
        site_build,
        "document",
        {
            "document_id": newest.id,
            "document_title": newest.title,
            "versions": tuple(view(site_build, issue) for issue in versions),
            "copies": _copies(site_build, newest),
        },
        title=f"{newest.id}: bản đang cầm còn dùng được không?",
        description=f"{newest.title}: mọi phiên bản, phiên bản nào đang hiệu lực, tải ở đâu.",
        url=newest.page,
        above=[INDEX],
        changed_on=max(issue.issued_on for issue in versions),
    )


def _copies(site_build: SiteBuild, of: Issue) -> tuple[IssueView, ...]:
    """Return the copies that hold today or will hold: the browser shows those of its own day.

    Versions of the document itself come first, then other documents of its series.
    """
    series = [
        one
        for one in site_build.library.register.issues
        if (one.kind, one.series) == (of.kind, of.series)
    ]
    views = [view(site_build, one) for one in sorted(series, key=lambda one: one.id != of.id)]
    return tuple(one for one in views if one.phase != "expired")
