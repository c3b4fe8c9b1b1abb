"""Cross-checks of time: days on which nothing holds are told before a customer finds them."""

from collections.abc import Callable, Iterator

from service_policy.content.cross_references import Sources
from service_policy.content.faults import Fault
from service_policy.content.library import Library
from service_policy.gaps import (
    gaps_of_laws,
    gaps_of_promises,
    gaps_of_sheets,
    years_without_days_off,
)

_FIX = "cho bản sau bắt đầu ngay hôm sau, hoặc kéo dài bản trước"


def _sheets_follow_without_gap(library: Library, sources: Sources) -> Iterator[Fault]:
    if "bang-gia" in sources.unread.kinds:
        return  # The sheet in between may be the one with faults.
    for sheet, gap in gaps_of_sheets(library.every_sheet, library.today):
        tree = sources.of(sheet.path)
        yield tree.fault(("valid_from",), "gap_in_time", str(gap), _FIX, level="warning")


def _promises_follow_without_gap(library: Library, sources: Sources) -> Iterator[Fault]:
    if "cam-ket" in sources.unread.kinds:
        return
    for one, gap in gaps_of_promises(library.policy.versions, library.today):
        tree = sources.of(one.path)
        yield tree.fault(("effective_from",), "gap_in_time", str(gap), _FIX, level="warning")


def _laws_have_their_successor(library: Library, sources: Sources) -> Iterator[Fault]:
    tree, references = sources.of("can-cu.yaml"), library.legal.references
    places = {one.id: index for index, one in enumerate(references)}
    for law, gap in gaps_of_laws(references):
        path = ("references", places[law.id], "effective_to")
        fix = "xem lại ngày của hai văn bản"
        yield tree.fault(path, "gap_in_time", str(gap), fix, level="warning")


def _days_off_have_no_missing_year(library: Library, sources: Sources) -> Iterator[Fault]:
    for year in years_without_days_off(library.holidays, library.today):
        message = f"thiếu ngày nghỉ của năm {year}: hạn rơi vào năm đó bị tính sai"
        yield sources.of("lich-nghi.yaml").fault(
            ("years",), "gap_in_time", message, f"thêm năm {year}", level="warning"
        )


TIME_CHECKS: tuple[Callable[[Library, Sources], Iterator[Fault]], ...] = (
    _sheets_follow_without_gap,
    _promises_follow_without_gap,
    _laws_have_their_successor,
    _days_off_have_no_missing_year,
)
"""The checks of this module, in the order in which their faults are listed."""
