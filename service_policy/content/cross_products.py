"""Cross-checks of products: what ends, what replaces it, and where it may still stand."""

from collections.abc import Callable, Iterator

from service_policy.content.cross_references import Sources
from service_policy.content.faults import Fault
from service_policy.content.library import Library
from service_policy.content.tree import Path


def _replacements_are_sold(library: Library, sources: Sources) -> Iterator[Fault]:
    for product in library.products:
        code = product.end_of_sale.replacement if product.end_of_sale else None
        if code is None:
            continue
        replacement = library.product(code)
        if replacement is not None and replacement.status == "discontinued":
            path, message = ("end_of_sale", "replacement"), f"{code} đã ngừng bán"
            fix = "chọn mã đang bán, hoặc bỏ replacement khi không có mã tương đương"
            yield sources.of(product.path).fault(path, "replacement_ended", message, fix)


def _sale_ends_everywhere(library: Library, sources: Sources) -> Iterator[Fault]:
    """A product that is no longer sold stands in no catalogue and in no later price sheet."""
    ended = {
        one.id: one.end_of_sale.last_sale_on
        for one in library.products
        if one.status == "discontinued" and one.end_of_sale
    }
    for catalogue in library.catalogues:
        for index, code in enumerate(catalogue.products):
            if code in ended:
                tree, message = sources.of(catalogue.path), f"{code} đã ngừng bán"
                fix = "bỏ mã này, hoặc thay bằng mã thay thế"
                yield tree.fault(("products", index), "discontinued_product", message, fix)
    for sheet in library.every_sheet:
        for index, line in enumerate(sheet.lines):
            if line.product_code in ended and sheet.valid_from > ended[line.product_code]:
                tree, message = sources.of(sheet.path), f"{line.product_code} đã ngừng bán"
                fix = "bỏ dòng này: bảng giá bắt đầu sau ngày bán cuối"
                yield tree.fault(("lines", index), "discontinued_product", message, fix)


def _status_follows_the_days(library: Library, sources: Sources) -> Iterator[Fault]:
    """Time alone never stops a build, so a status that lags behind is a warning."""
    for product in library.products:
        end = product.end_of_sale
        if end and product.status == "current" and end.last_sale_on < library.today:
            message = f"ngày bán cuối {end.last_sale_on:%d/%m/%Y} đã qua"
            fix = "đổi thành status: discontinued"
            yield sources.of(product.path).fault(
                ("status",), "sale_has_ended", message, fix, level="warning"
            )


def _products_are_priced_once(library: Library, sources: Sources) -> Iterator[Fault]:
    codes = {one.id for one in library.products}
    for sheet in library.every_sheet:
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


PRODUCT_CHECKS: tuple[Callable[[Library, Sources], Iterator[Fault]], ...] = (
    _replacements_are_sold,
    _sale_ends_everywhere,
    _status_follows_the_days,
    _products_are_priced_once,
)
