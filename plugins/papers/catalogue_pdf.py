"""The PDF of a catalogue, made from the pages of its products. It holds no prices."""

from collections.abc import Iterator

from plugins.papers.frame import issue_paper
from plugins.papers.press import Press, period
from plugins.papers.prose import blocks
from plugins.papers.typst_paper import Paper
from plugins.product_view import label_rows
from service_policy.product_facts import CutOut
from service_policy.products import Catalogue, Product
from service_policy.register import Issue
from theme.filters import date_vi


def paper(press: Press, issue: Issue, catalogue: Catalogue) -> Paper:
    """Return what the PDF of an issue is made from."""
    wanted = set(catalogue.products)
    products = [one for one in press.library.products if one.id in wanted]
    return issue_paper(
        press,
        issue,
        "catalogue",
        kind="Catalogue",
        summary=catalogue.summary,
        facts=[
            ("Dùng", period(issue)),
            ("Phát hành", date_vi(issue.issued_on)),
            ("Số sản phẩm", str(len(products))),
        ],
        body=blocks(catalogue.body, press.site_url),
        families=[
            {
                "title": group.family.name,
                "products": [_product(press, one) for one in group.products],
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
