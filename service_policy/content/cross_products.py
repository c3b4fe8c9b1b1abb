"""Cross-checks of products and prices: no two answers, no slip, and what ends is nowhere sold."""

import re
from collections.abc import Callable, Iterator

from service_policy.content.cross_references import Sources
from service_policy.content.library import Library
from service_policy.content.tree import Fault, Path, Tree
from service_policy.price_sheets import PriceSheet, in_order, jumps
from service_policy.products import Product
from service_policy.text import vnd

_SHARED = (
    ("unit", "đơn vị tính"),
    ("warranty_months", "số tháng bảo hành"),
    ("dealer_minimum", "số lượng đại lý đặt ít nhất"),
    ("name", "tên"),
)
"""Fields that a price line and the page of its product both may have, and what they are called."""
_DAYS = re.compile(
    r"từ\s+(?:ngày\s+)?([0-9]{2}/[0-9]{2}/[0-9]{4})\s+đến\s+(?:hết\s+)?(?:ngày\s+)?"
    r"([0-9]{2}/[0-9]{2}/[0-9]{4})"
)
_COUNTED = re.compile(r"\b([0-9]+)\s+sản\s+phẩm")
_WATTS = re.compile(r"([0-9][0-9.]*)\s*W\b")


def sheets_in_use(library: Library, sources: Sources) -> tuple[PriceSheet, ...]:
    """Return the sheets that have not expired and that no later version has corrected.

    An old version keeps what it said, with its mistakes: copies of it are in people's hands. So
    may one be of which another version cannot be read, and any when one does not say its id.
    """
    if "bang-gia" in sources.unread.nameless:
        return ()
    sheets = library.every_sheet
    return tuple(
        one
        for one in sheets
        if library.today <= one.valid_to
        and one.id.lower() not in sources.unread.names
        and not any(
            later.id == one.id
            and later.version > one.version
            and later.valid_from <= one.valid_from
            for later in sheets
        )
    )


def _lines_agree_with_products(library: Library, sources: Sources) -> Iterator[Fault]:
    products = {one.id: one for one in library.products}
    for sheet in sheets_in_use(library, sources):
        tree = sources.of(sheet.path)
        for index, line in enumerate(sheet.lines):
            product = products.get(line.product_code)
            if product is None:
                continue
            for field, called in _SHARED:
                said, page = getattr(line, field), getattr(product, field)
                if None not in (said, page) and said != page:
                    yield _two_answers(tree, index, field, called, said, product, sources)


def _two_answers(
    tree: Tree,
    index: int,
    field: str,
    called: str,
    said: object,
    product: Product,
    sources: Sources,
) -> Fault:
    file, line = sources.of(product.path).place((field,))
    path: Path = ("lines", index, field)
    page = getattr(product, field)
    message = f"{called} của {product.id} là “{said}”, mà {file}:{line} ghi “{page}”"
    return tree.fault(path, "two_answers", message, "sửa chỗ sai cho hai tệp giống nhau")


def _summaries_agree_with_their_sheet(library: Library, sources: Sources) -> Iterator[Fault]:
    for sheet in sheets_in_use(library, sources):
        tree, summary = sources.of(sheet.path), sheet.summary or ""
        told = f"{sheet.valid_from:%d/%m/%Y}", f"{sheet.valid_to:%d/%m/%Y}"
        for match in _DAYS.finditer(summary):
            if match.groups() != told:
                place, line = tree.place(("valid_from",))
                message = f"ghi “{match.group()}”, mà {place}:{line} là từ {told[0]} đến {told[1]}"
                fix = "sửa ngày trong câu này hoặc valid_from, valid_to"
                yield tree.fault(("summary",), "two_answers", message, fix)
        counted = _COUNTED.search(summary)
        if counted and int(counted.group(1)) != len(sheet.lines):
            place, line = tree.place(("lines", 0))
            message = f"ghi “{counted.group()}”, mà {place}:{line} có {len(sheet.lines)} dòng"
            yield tree.fault(("summary",), "two_answers", message, "sửa số hoặc dòng giá")


def _labels_agree_with_details(library: Library, sources: Sources) -> Iterator[Fault]:
    units = "|".join(sorted({re.escape(one.unit) for one in library.products}))
    for product in library.products:
        tree = sources.of(product.path)
        unit = re.match(rf"[0-9]+\s+({units})\b", product.label.contents)
        if unit and unit.group(1) != product.unit:
            file, line = tree.place(("unit",))
            message = f"trong hộp là “{unit.group()}”, mà {file}:{line} bán theo “{product.unit}”"
            fix = "sửa unit hoặc label.contents"
            yield tree.fault(("label", "contents"), "two_answers", message, fix)
        told = _WATTS.search(product.label.power or "")
        for index, detail in enumerate(product.details):
            watts = _WATTS.findall(detail.value) if detail.name == "Công suất" else []
            if told and len(watts) == 1 and watts[0] != told.group(1):
                file, line = tree.place(("label", "power"))
                message = f"công suất “{watts[0]} W”, mà {file}:{line} ghi “{told.group()}”"
                fix = "sửa details hoặc label.power"
                yield tree.fault(("details", index), "two_answers", message, fix)


def _prices_are_no_slip(library: Library, sources: Sources) -> Iterator[Fault]:
    products = {one.id: one for one in library.products}
    doubted: set[tuple[str, str]] = set()
    for sheet in sorted(sheets_in_use(library, sources), key=in_order):
        tree = sources.of(sheet.path)
        for index, jump in jumps(sheet, library.every_sheet, products, doubted):
            # The sheet after it is held against the price before: one slip is one fault.
            doubted.add((sheet.path, jump.line.product_code))
            message = (
                f"giá {vnd(jump.line.price_vnd)} của {jump.line.product_code} khác nhiều lần "
                f"so với {vnd(jump.other_vnd)} ({jump.of})"
            )
            fix = "đếm lại số 0; đúng là giá ấy thì thêm price_checked: true vào dòng này"
            yield tree.fault(("lines", index, "price_vnd"), "price_jump", message, fix)


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
    _lines_agree_with_products,
    _summaries_agree_with_their_sheet,
    _labels_agree_with_details,
    _prices_are_no_slip,
    _replacements_are_sold,
    _sale_ends_everywhere,
    _status_follows_the_days,
    _products_are_priced_once,
)
"""The checks of this module, in the order in which their faults are listed."""
