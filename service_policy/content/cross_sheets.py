"""Cross-checks of price sheets: their versions, their lines and the law behind their taxes."""

from collections.abc import Callable, Iterator
from itertools import pairwise

from service_policy.content.cross_references import Sources
from service_policy.content.faults import Fault
from service_policy.content.library import Library
from service_policy.content.tree import Path
from service_policy.price_sheets import PriceSheet


def _versions_are_complete(library: Library, sources: Sources) -> Iterator[Fault]:
    """A copy of any version must find itself on the site, so none may be thrown away."""
    if "bang-gia" in sources.unread.kinds:
        return  # The version that seems to be missing may stand in the file with faults.
    for versions in _by_id(library).values():
        numbers = [sheet.version for sheet in versions]
        if numbers != list(range(1, len(versions) + 1)):
            tree = sources.of(versions[0].path)
            fix = "giữ tệp của mọi phiên bản cũ, đánh số 1, 2, 3…"
            yield tree.fault(
                ("version",), "versions_missing", f"thiếu phiên bản cũ của {versions[0].id}", fix
            )


def _versions_follow_each_other(library: Library, sources: Sources) -> Iterator[Fault]:
    for versions in _by_id(library).values():
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


def _products_are_priced_once(library: Library, sources: Sources) -> Iterator[Fault]:
    codes = {one.id for one in library.products}
    for sheet in _all(library):
        tree, seen = sources.of(sheet.path), set()
        for index, line in enumerate(sheet.lines):
            path: Path = ("lines", index)
            if line.product_code in seen:
                message = f"{line.product_code} có hai dòng"
                yield tree.fault(path, "duplicate_line", message, "giữ một dòng")
            seen.add(line.product_code)
            if line.name is None and line.product_code not in codes:
                fix = "sửa mã, hoặc thêm name nếu là dịch vụ"
                message = f"không có sản phẩm {line.product_code}"
                yield tree.fault(path, "unknown_reference", message, fix)


def _tax_laws_are_known(library: Library, sources: Sources) -> Iterator[Fault]:
    tree = sources.of("thue.yaml")
    for index, group in enumerate(library.vat.classes):
        for position, rate in enumerate(group.rates):
            if library.legal.get(rate.law) is None:
                path: Path = ("classes", index, "rates", position, "law")
                fix = "thêm vào can-cu.yaml hoặc sửa mã"
                yield tree.fault(path, "unknown_law", f"không có căn cứ “{rate.law}”", fix)


def _all(library: Library) -> tuple[PriceSheet, ...]:
    """Return every sheet, also those that nobody has published yet."""
    return (*library.price_sheet_versions, *library.scheduled_sheets)


def _by_id(library: Library) -> dict[str, list[PriceSheet]]:
    """Return the versions of each sheet, the oldest first."""
    found: dict[str, list[PriceSheet]] = {}
    for sheet in sorted(_all(library), key=lambda one: (one.id, one.version)):
        found.setdefault(sheet.id, []).append(sheet)
    return found


SHEET_CHECKS: tuple[Callable[[Library, Sources], Iterator[Fault]], ...] = (
    _versions_are_complete,
    _versions_follow_each_other,
    _products_are_priced_once,
    _tax_laws_are_known,
)
"""The checks of this module, in the order in which their faults are listed."""
