"""Reading the YAML file of a quote; it lies outside ``content/``, because it is private."""

from datetime import date
from pathlib import Path

from service_policy.content.data import unknown_segments
from service_policy.content.files import read_data
from service_policy.content.library import Library
from service_policy.content.price_tables import day_of
from service_policy.content.shape import letters_have_shapes
from service_policy.content.tree import ContentErrors, Fault, Tree
from service_policy.content.validate import validate
from service_policy.digits import plain
from service_policy.price_sheets import PriceSheet, is_far, standing
from service_policy.quotes import Quote
from service_policy.text import vnd

_FROM_THE_PRODUCT = ("name", "unit", "vat", "warranty_months")


def read_quote(file: Path, library: Library) -> tuple[Quote, PriceSheet]:
    """Read a quote; returns it with the price sheet it is based on.

    Args:
        file: a YAML file as docs/quotes.md explains it.
        library: the content, for the products, the price sheets and the taxes.

    Raises:
        ContentErrors: the file has faults; all of them are named.
        OSError: the file cannot be read.
    """
    tree, faults = read_data(file, file.name)
    if faults:
        raise ContentErrors(faults)
    dated = day_of(tree.data.get("dated"))
    sheet = None if dated is None else _basis(tree, library, dated, faults)
    lines = tree.data.get("lines")
    for index, line in enumerate(lines if isinstance(lines, list) else ()):
        if isinstance(line, dict):
            faults += _fill(tree, index, line, library, sheet, dated)
    quote, broken = validate(Quote, tree)
    faults += broken
    faults += unknown_segments(tree, library.policy.matrix)
    # A field that is wrong as a whole is not told about its letters as well.
    told = {(one.line, one.field) for one in faults}
    faults += [one for one in letters_have_shapes(tree) if (one.line, one.field) not in told]
    if quote is None or sheet is None or faults:
        raise ContentErrors(faults)
    return quote, sheet


def _basis(tree: Tree, library: Library, dated: date, faults: list[Fault]) -> PriceSheet | None:
    """Return the version of the sheet that stood on the day of the quote and was current."""
    wanted = tree.data.get("based_on")
    sheets = standing(library.price_sheet_versions, dated)
    current = [sheet for sheet in sheets if sheet.state(dated) == "current"]
    found = next((sheet for sheet in current if sheet.id == wanted), None)
    if found is None and isinstance(wanted, str):
        day = dated.strftime("%d/%m/%Y")
        message = f"ngày {day} không có bảng giá {wanted} đang hiệu lực"
        fix = f"chọn {' hoặc '.join(sheet.id for sheet in current) or 'một ngày có bảng giá'}"
        faults.append(tree.fault(("based_on",), "no_current_sheet", message, fix))
    return found


def _fill(
    tree: Tree,
    index: int,
    line: dict[str, object],
    library: Library,
    sheet: PriceSheet | None,
    dated: date | None,
) -> list[Fault]:
    """Put into a line what the product, the sheet and the table of taxes say.

    A field whose source is at fault gets a stand-in, so that the model does not complain again.
    """
    faults = []
    if "vat_percent" in line:
        fix = "xóa vat_percent; mức thuế tra theo nhóm thuế và ngày báo giá"
        faults.append(
            tree.fault(("lines", index, "vat_percent"), "vat_by_hand", "mức thuế viết tay", fix)
        )
    if isinstance(code := line.get("product_code"), str):
        faults += _from_product(tree, index, line, code, library, sheet)
    line["vat_percent"] = "0"
    if isinstance(named := line.get("vat"), str) and dated is not None:
        group = library.vat.find(named)
        rate = group.on(dated) if group else None
        if rate is not None:
            line["vat_percent"] = rate.percent
        else:
            known = ", ".join(one.id for one in library.vat.classes)
            message = f"không có mức thuế nhóm “{named}” cho ngày báo giá"
            fix = f"chọn {known}, hoặc sửa dated"
            faults.append(tree.fault(("lines", index, "vat"), "no_vat_rate", message, fix))
    return faults


def _from_product(
    tree: Tree,
    index: int,
    line: dict[str, object],
    code: str,
    library: Library,
    sheet: PriceSheet | None,
) -> list[Fault]:
    path = ("lines", index, "product_code")
    faults = [
        tree.fault(
            ("lines", index, field),
            "said_by_product",
            f"{code} đã có {field} ở trang sản phẩm và bảng giá",
            f"xóa {field}, hoặc xóa product_code nếu là hàng khác",
        )
        for field in _FROM_THE_PRODUCT
        if field in line
    ]
    product = library.product(code)
    listed = sheet.line(code) if sheet else None
    line |= {
        "name": product.name if product else code,
        "unit": listed.unit if listed else "?",
        "vat": listed.vat if listed else library.vat.classes[0].id,
    }
    if product is None:
        fix = "sửa mã, hoặc bỏ product_code và viết name, unit, vat"
        return [*faults, tree.fault(path, "unknown_reference", f"không có sản phẩm {code}", fix)]
    line["warranty_months"] = product.warranty_months
    if sheet is None:
        return faults
    if listed is None:
        fix = "chọn bảng giá có mã này ở based_on"
        message = f"{code} không có trong bảng giá {sheet.id}"
        return [*faults, tree.fault(path, "not_in_sheet", message, fix)]
    price = _dong(line.get("net_vnd"))
    if price > listed.net_vnd:
        message = f"đơn giá {price} cao hơn giá niêm yết chưa thuế {listed.net_vnd}"
        fix = f"sửa thành {listed.net_vnd} hoặc thấp hơn"
        faults.append(tree.fault(("lines", index, "net_vnd"), "dearer_than_listed", message, fix))
    elif price and is_far(price, listed.net_vnd) and line.get("price_checked") != "true":
        message = f"đơn giá {vnd(price)} thấp hơn nhiều lần giá niêm yết {vnd(listed.net_vnd)}"
        fix = "đếm lại số 0; đúng là giá ấy thì thêm price_checked: true vào dòng này"
        faults.append(tree.fault(("lines", index, "net_vnd"), "price_jump", message, fix))
    return faults


def _dong(value: object) -> int:
    """Return an amount of đồng, or zero: the model reports what is none."""
    text = plain(str(value))
    return int(text) if text.isascii() and text.isdigit() else 0
