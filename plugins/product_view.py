"""What several pages say of a product in the same words: its label, and where it can be found."""

from service_policy.company import Company
from service_policy.content import Library
from service_policy.products import Catalogue, Product


def label_rows(product: Product, company: Company) -> tuple[tuple[str, str | None], ...]:
    """Return the label as (title, text) pairs; a text is None where the law wants none.

    The order is that of Decree 43/2017/NĐ-CP, article 10: what it is, who answers, from where.
    """
    label = product.label
    return (
        ("Tên hàng hóa", f"{product.name}, mã {product.id}"),
        ("Chịu trách nhiệm về hàng hóa", f"{company.name}, {company.address}"),
        ("Xuất xứ", label.origin),
        ("Nơi sản xuất", label.manufactured_at),
        ("Định lượng", label.contents),
        ("Tháng, năm sản xuất", label.made_on),
        ("Thông số điện", label.power),
        ("Tiêu chuẩn, hợp quy", label.standard),
        ("Nhãn năng lượng", label.energy),
    )


def catalogues_with(library: Library, product: Product) -> tuple[Catalogue, ...]:
    """Return the catalogues that are valid today and show the product, the most special first."""
    found = [
        one
        for one in library.catalogues
        if product.id in one.products and one.issued_on <= library.today <= one.valid_to
    ]
    return tuple(sorted(found, key=lambda one: (len(one.products), one.id)))
