"""Products: the families and a page for each product."""

from collections.abc import Iterator
from dataclasses import dataclass

from plugins.heads import head, text_version
from plugins.markdown_html import render
from plugins.model import House, PageFile
from plugins.pages.prices import current_price
from plugins.structured_data import product as product_data
from service_policy.products import FAMILIES, Product

INDEX = ("Sản phẩm", "/san-pham/")


@dataclass(frozen=True, slots=True)
class Family:
    """A product family with its products, in the order of their codes."""

    id: str
    name: str
    products: tuple[Product, ...]


def build(house: House) -> Iterator[PageFile]:
    """Yield the index and a page for each product, also for those no longer sold."""
    products = house.library.products
    found = {product.id: current_price(house, product.id) for product in products}
    yield PageFile(
        "product_index",
        head(
            house,
            title="Sản phẩm",
            description=f"{len(products)} sản phẩm trong {len(families(house))} nhóm, kèm giá "
            "niêm yết, thời hạn và nơi bảo hành.",
            url=INDEX[1],
            kind="product-index",
        ),
        {
            "families": families(house),
            "prices": {code: price[0] for code, price in found.items() if price is not None},
        },
    )
    for product in products:
        yield _product(house, product)


def families(house: House) -> tuple[Family, ...]:
    """Return the families that have products, in the order of the price sheet."""
    grouped = (
        Family(
            key,
            name,
            tuple(product for product in house.library.products if product.family == key),
        )
        for key, name in FAMILIES.items()
    )
    return tuple(family for family in grouped if family.products)


def _product(house: House, product: Product) -> PageFile:
    library = house.library
    price, sheet = current_price(house, product.id) or (None, None)
    company = library.company
    return PageFile(
        "product",
        head(
            house,
            title=f"{product.name} {product.id}",
            description=f"{product.name}, mã {product.id}: {'; '.join(product.specs)}.",
            url=product.url,
            kind="product",
            above=[INDEX],
            version=text_version(product),
            json_ld=[product_data(product, company, house.site.url, price, sheet)],
        ),
        {
            "product": product,
            "price": price,
            "sheet": sheet,
            "group": library.policy.matrix.group(product.product_group),
            "body": render(product.body).html,
            "questions": tuple(entry for entry in library.faq if product.id in entry.related),
            "others": tuple(
                other
                for other in library.products
                if other.family == product.family and other.id != product.id
            ),
        },
    )
