"""The PDF of a catalogue, made from the pages of its products. It holds no prices."""

from plugins.papers.frame import issue_frame
from plugins.papers.press import Press, period
from plugins.papers.prose import blocks
from plugins.papers.typst_paper import Data, Paper
from service_policy.products import FAMILIES, Catalogue, Product
from service_policy.register import Issue
from theme.filters import date_vi

_TEMPLATE = "catalogue"


def paper(press: Press, issue: Issue, catalogue: Catalogue) -> Paper:
    """Return what the PDF of an issue is made from."""
    data = _data(press, issue, catalogue)
    return Paper(_TEMPLATE, data, issue.issued_on, press.address(issue.permalink))


def _data(press: Press, issue: Issue, catalogue: Catalogue) -> Data:
    """Return what the template reads: the products by family, in the order of the families."""
    wanted = set(catalogue.products)
    products = [one for one in press.library.products if one.id in wanted]
    return {
        "frame": issue_frame(
            press,
            issue,
            kind="Catalogue",
            summary=catalogue.summary,
            facts=[
                ("Dùng", period(issue)),
                ("Phát hành", date_vi(issue.issued_on)),
                ("Số sản phẩm", str(len(products))),
            ],
        ),
        "body": blocks(catalogue.body, press.site_url),
        "families": [
            {
                "title": name,
                "products": [_product(press, one) for one in products if one.family == family],
            }
            for family, name in FAMILIES.items()
            if any(one.family == family for one in products)
        ],
    }


def _product(press: Press, product: Product) -> dict[str, object]:
    label = product.label
    parts = [f"{one.name} ({one.note})" if one.note else one.name for one in product.parts]
    facts = [
        ("Điện", label.power),
        ("Xuất xứ", label.origin),
        ("Nơi làm", label.manufactured_at),
        ("Tiêu chuẩn", label.standard),
        ("Bảo hành", f"{product.warranty_months} tháng, {product.service_place_name}"),
        ("Trong hộp", label.contents),
        ("Cảnh báo", " ".join(label.warnings)),
        ("Nhãn năng lượng", label.energy),
        ("Linh kiện", "; ".join(parts)),
        ("Giữ linh kiện", product.parts_note),
        ("Hướng dẫn", product.manual_note),
    ]
    return {
        "code": product.id,
        "name": product.name,
        "specs": list(product.specs),
        "facts": [fact for fact in facts if fact[1]],
        "page": press.address(product.url),
    }
