"""The PDFs of the register: price sheets, catalogues, procedures; and what all papers share.

Every paper says who speaks, which version this is, and where to check it.
"""

from collections.abc import Iterator
from fractions import Fraction

from plugins.pdf.press import Press, Validity, period
from plugins.pdf.price_table import Column, Table, Value
from plugins.pdf.prose import blocks
from plugins.pdf.typst_pdf import PdfContext
from plugins.product_view import label_rows
from service_policy.documents import ProcedureStep, WarrantyProcedure
from service_policy.price_sheets import PriceSheet
from service_policy.products import Catalogue, CutOut, Product
from service_policy.register import Issue
from theme.filters import date_vi, number_vi, percent_vi

Facts = list[tuple[str, str]]
"""Pairs of a name and its value, in the order of the paper."""


def issue_paper(
    press: Press,
    issue: Issue,
    template: str,
    *,
    kind: str,
    summary: str | None,
    facts: Facts,
    **data: object,
) -> PdfContext:
    """Return what the PDF of an issue of the register is made from.

    Args:
        press: the content and the public address.
        issue: which version of which document.
        template: its name in `theme/typst/`.
        kind: what it is, in one or two words.
        summary: a sentence under the title.
        facts: besides id and version.
        data: what the template reads besides the frame.
    """
    frame = {
        **company_frame(press),
        "kind": kind,
        "title": issue.title,
        "id": issue.id,
        "version": issue.version,
        "summary": summary,
        "facts": [
            ("Số hiệu", issue.id),
            ("Phiên bản", str(issue.version)),
            *facts,
        ],
        "notice": _notice(press.validity(issue)),
        "checking": "Bản in này còn hiệu lực không? Quét mã, hoặc mở địa chỉ:",
    }
    link = press.address(issue.permalink)
    return PdfContext(template, {"frame": frame, **data}, issue.issued_on, link)


def company_frame(press: Press) -> dict[str, object]:
    """Return what every paper says of the company, and in which colours."""
    company = press.library.company
    return {
        "colours": press.library.chrome.brand.scheme("light"),
        "company": {
            "name": company.name,
            "short_name": company.short_name,
            "tagline": company.tagline,
            "banner": company.banner if company.fictional else None,
            "lines": [
                f"Mã số thuế: {company.tax_code}",
                company.address,
                f"Điện thoại: {company.hotline}",
                f"Thư điện tử: {company.email}",
                press.site_url,
            ],
        },
    }


def _notice(validity: Validity) -> dict[str, object] | None:
    """Return the box of a paper that does not hold today; None for one that does."""
    if validity.state == "current":
        return None
    return {
        "gone": validity.withdrawn,
        "headline": validity.headline,
        "instead": validity.instead,
    }


def price_sheet(press: Press, issue: Issue, sheet: PriceSheet, table: Table) -> PdfContext:
    """Return what the PDF of a price sheet is made from, for printing and for the counter.

    The text under the table is left out once the prices no longer hold: it may speak of them.
    """
    withdrawn = press.validity(issue).withdrawn
    return issue_paper(
        press,
        issue,
        "price-sheet",
        kind="Bảng giá",
        summary=None if withdrawn else sheet.summary,
        facts=[
            ("Áp dụng", period(issue)),
            ("Công bố", date_vi(issue.issued_on)),
            ("Kiểm tra gần nhất", date_vi(sheet.last_checked)),
            ("Người duyệt", str(sheet.approved_by)),
        ],
        conditions=list(sheet.conditions),
        table={
            "title": "Các dòng của bảng (không còn ghi giá)" if withdrawn else "Giá, đơn vị đồng",
            "count": f"Bảng có {table.size} dòng.",
            **shown(table),
        },
        changes=None if withdrawn else sheet.changes,
        body=[] if withdrawn else blocks(sheet.body, press.site_url),
    )


def shown(table: Table) -> dict[str, object]:
    """Return a table in words; a column that says nothing in any line is left out."""
    rows = [row for group in table.groups for row in group.rows]
    kept = [
        place for place in range(len(table.columns)) if any(row[place] is not None for row in rows)
    ]
    first_price = next((one for one in table.columns if one.kind == "vnd"), None)
    return {
        "columns": [
            {
                "title": column.short,
                "number": column.kind != "text",
                "wide": column.title == "Tên",
                "strong": column is first_price,
            }
            for column in (table.columns[place] for place in kept)
        ],
        "groups": [
            {
                "title": group.title,
                "rows": [
                    [_words(row[place], table.columns[place]) for place in kept]
                    for row in group.rows
                ],
            }
            for group in table.groups
        ],
    }


def _words(value: Value, column: Column) -> str:
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if column.kind == "percent":
        return percent_vi(Fraction(value))
    return number_vi(value)


def catalogue(press: Press, issue: Issue, one: Catalogue) -> PdfContext:
    """Return what the PDF of a catalogue is made from; it holds no prices."""
    wanted = set(one.products)
    products = [product for product in press.library.products if product.id in wanted]
    return issue_paper(
        press,
        issue,
        "catalogue",
        kind="Catalogue",
        summary=one.summary,
        facts=[
            ("Dùng", period(issue)),
            ("Phát hành", date_vi(issue.issued_on)),
            ("Số sản phẩm", str(len(products))),
        ],
        body=blocks(one.body, press.site_url),
        families=[
            {
                "title": group.family.name,
                "products": [_product(press, product) for product in group.products],
            }
            for group in press.library.by_family(products)
        ],
    )


def _product(press: Press, product: Product) -> dict[str, object]:
    drawing = press.drawings.get(product.id)
    return {
        "code": product.id,
        "name": product.name,
        "picture": None if drawing is None else {"svg": drawing.svg, "alt": drawing.alt},
        "specs": list(product.specs),
        "facts": [(name, said) for name, said in _facts(press, product) if said],
        "page": press.address(product.url),
    }


def _facts(press: Press, product: Product) -> Iterator[tuple[str, str | None]]:
    """Yield what the product's page says of it, in the same order; the heading has the name."""
    yield "Bảo hành", f"{product.warranty_months} tháng, {product.service_place_name}"
    if product.cut_out is not None:
        yield "Khoét, chừa", _cut_out(product.cut_out)
    yield from label_rows(product, press.library.company)[1:]
    yield "Cảnh báo", " ".join(product.label.warnings)
    yield (
        "Linh kiện",
        "; ".join(f"{one.name} ({one.note})" if one.note else one.name for one in product.parts),
    )
    if product.end_of_sale is not None:
        yield "Còn linh kiện đến", date_vi(product.end_of_sale.parts_until)
    else:
        yield "Giữ linh kiện", product.parts_note


def _cut_out(room: CutOut) -> str:
    size = f"rộng {room.width_mm} × cao {room.height_mm} × sâu {room.depth_mm} mm"
    return " ".join((f"{room.place}: {size}.", *room.notes))


def procedure(press: Press, issue: Issue, one: WarrantyProcedure) -> PdfContext:
    """Return what the PDF of a warranty procedure is made from, the one that lies in every shop."""
    words = press.library.legal.words
    return issue_paper(
        press,
        issue,
        "procedure",
        kind="Bảo hành",
        summary=one.summary,
        facts=[
            ("Áp dụng", period(issue)),
            ("Rà soát gần nhất", date_vi(one.last_reviewed)),
        ],
        needed=list(one.information_needed),
        not_required=list(one.not_required),
        steps=[_step(step) for step in one.steps],
        exclusions=[[each.case, each.evidence] for each in one.exclusions],
        rights=[[right.text, words(right.law)] for right in one.rights],
        body=blocks(one.body, press.site_url),
    )


def _step(step: ProcedureStep) -> list[str]:
    return [step.who, step.what, str(step.deadline), step.contact, step.customer_sees or "–"]
