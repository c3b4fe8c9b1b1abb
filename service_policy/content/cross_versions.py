"""Cross-checks of versions: each keeps its file, they follow each other, and without a gap."""

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import TypeVar

from service_policy.content.cross_references import Sources
from service_policy.content.library import Library
from service_policy.content.tree import Fault
from service_policy.price_sheets import PriceSheet
from service_policy.promises.commitment import Commitment
from service_policy.weekly_check import (
    gaps_of_laws,
    gaps_of_promises,
    gaps_of_sheets,
    years_without_days_off,
)

_FIX = "cho bản sau bắt đầu ngay hôm sau, hoặc kéo dài bản trước"
D = TypeVar("D", Commitment, PriceSheet)


def _versions_are_complete(library: Library, sources: Sources) -> Iterator[Fault]:
    """A copy of any version must find itself on the site, so none may be thrown away."""
    for kind, documents in (
        ("cam-ket", by_id(library.policy.versions)),
        ("bang-gia", by_id(library.every_sheet)),
    ):
        for versions in documents if kind not in sources.unread.kinds else ():
            numbers = [one.version for one in versions]
            # The one that seems to be missing may stand in a file with faults.
            if numbers != list(range(1, len(versions) + 1)):
                message = f"thiếu phiên bản cũ của {versions[0].id}"
                fix = "giữ tệp của mọi phiên bản cũ, đánh số 1, 2, 3…"
                tree = sources.of(versions[0].path)
                yield tree.fault(("version",), "versions_missing", message, fix)


def _commitments_follow_each_other(library: Library, sources: Sources) -> Iterator[Fault]:
    for versions in by_id(library.policy.versions):
        for one, later in pairwise(versions):
            if later.version == one.version + 1 and later.effective_from <= one.effective_from:
                fix = "phiên bản sau phải có ngày áp dụng muộn hơn"
                tree = sources.of(one.path)
                yield tree.fault(
                    ("effective_from",), "versions_overlap", "ngày áp dụng chồng nhau", fix
                )


def _sheets_follow_each_other(library: Library, sources: Sources) -> Iterator[Fault]:
    for versions in by_id(library.every_sheet):
        for before, after in pairwise(versions):
            tree = sources.of(after.path)
            if after.issued_on <= before.issued_on or after.valid_from < before.valid_from:
                fix = "phiên bản sau phải công bố sau và không được áp dụng sớm hơn"
                message = "ngày của các phiên bản không theo thứ tự"
                yield tree.fault(("issued_on",), "versions_overlap", message, fix)
            for field in ("slug", "series"):
                if getattr(after, field) != getattr(before, field):
                    fix = f"các phiên bản của {after.id} dùng chung {field}"
                    message = f"khác với phiên bản {before.version}"
                    yield tree.fault((field,), "versions_differ", message, fix)


def _documents_follow_without_gap(library: Library, sources: Sources) -> Iterator[Fault]:
    today = library.today
    for kind, field, found in (
        ("bang-gia", "valid_from", gaps_of_sheets(library.every_sheet, today)),
        ("cam-ket", "effective_from", gaps_of_promises(library.policy.versions, today)),
    ):
        # The one in between may be the one with faults.
        for one, gap in found if kind not in sources.unread.kinds else ():
            tree = sources.of(one.path)
            yield tree.fault((field,), "gap_in_time", gap, _FIX, level="warning")


def _laws_have_their_successor(library: Library, sources: Sources) -> Iterator[Fault]:
    tree, references = sources.of("can-cu.yaml"), library.legal.references
    places = {one.id: index for index, one in enumerate(references)}
    for law, gap in gaps_of_laws(references):
        path = ("references", places[law.id], "effective_to")
        fix = "xem lại ngày của hai văn bản"
        yield tree.fault(path, "gap_in_time", gap, fix, level="warning")


def _days_off_have_no_missing_year(library: Library, sources: Sources) -> Iterator[Fault]:
    for year in years_without_days_off(library.holidays, library.today):
        message = f"thiếu ngày nghỉ của năm {year}: hạn rơi vào năm đó bị tính sai"
        yield sources.of("lich-nghi.yaml").fault(
            ("years",), "gap_in_time", message, f"thêm năm {year}", level="warning"
        )


def by_id(documents: Iterable[D]) -> list[list[D]]:
    """Return the versions of each document, the oldest first."""
    ordered = sorted(documents, key=lambda one: (one.id, one.version))
    return [list(versions) for _, versions in groupby(ordered, lambda one: one.id)]


VERSION_CHECKS = (
    _versions_are_complete,
    _commitments_follow_each_other,
    _sheets_follow_each_other,
    _documents_follow_without_gap,
    _laws_have_their_successor,
    _days_off_have_no_missing_year,
)
