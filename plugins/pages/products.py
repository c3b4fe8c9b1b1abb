"""Products: the families, a page for each product and its instructions, and models side by side."""

from collections.abc import Iterator
from dataclasses import dataclass

from plugins.markdown_html import render
from plugins.model import PageFile, SiteBuild, page, text_version
from plugins.pages.prices import current_price
from plugins.product_view import (
    catalogues_with,
    drawing_of,
    first_pictures,
    label_rows,
    pictures_of,
)
from plugins.structured_data import product as product_data
from service_policy.content.library import Assortment
from service_policy.families import Family
from service_policy.price_sheets import PriceLine, PriceSheet
from service_policy.products import Product

INDEX = ("Sản phẩm", "/san-pham/")


def build(site_build: SiteBuild) -> Iterator[PageFile]:
    """Yield the index, the comparison, two pages for each product, of those no longer sold too."""
    library = site_build.library
    found = {product.id: current_price(site_build, product.id) for product in library.products}
    sold = [product for product in library.products if product.status == "current"]
    yield page(
        site_build,
        "product_index",
        {
            "families": families(site_build),
            "prices": {code: price for code, price in found.items() if price is not None},
            "pictures": first_pictures(library),
            "ended": tuple(one for one in library.products if one.status == "discontinued"),
        },
        title="Sản phẩm",
        description=f"{len(sold)} sản phẩm trong {len(families(site_build))} nhóm, kèm giá "
        "niêm yết, thời hạn và nơi bảo hành.",
        url=INDEX[1],
    )
    yield _compare(site_build)
    for product in library.products:
        yield _product(site_build, product)
        yield _manual(site_build, product)


def families(site_build: SiteBuild) -> tuple[Assortment, ...]:
    """Return the families that have products on sale, each with them, in the order of content."""
    library = site_build.library
    return library.by_family(one for one in library.products if one.status == "current")


def end_of_sale(site_build: SiteBuild) -> dict[str, object]:
    """Return what the page about the end of sale lists: products and their replacements."""
    library = site_build.library
    ending = [(one, one.end_of_sale) for one in library.products if one.end_of_sale]
    return {
        "ending": tuple(
            (one, end, library.product(end.replacement) if end.replacement else None)
            for one, end in sorted(ending, key=lambda pair: pair[1].last_sale_on, reverse=True)
        )
    }


def _product(site_build: SiteBuild, product: Product) -> PageFile:
    library = site_build.library
    price, sheet = current_price(site_build, product.id) or (None, None)
    company = library.company
    pictures = pictures_of(library, product)
    end = product.end_of_sale
    catalogues = catalogues_with(library, product)
    return page(
        site_build,
        "product",
        {
            "product": product,
            "family": library.policy.matrix.family(product.family),
            "price": price,
            "sheet": sheet,
            "partner": library.policy.matrix.allowed("partner"),
            "group": library.policy.matrix.group(product.product_group),
            "body": render(product.body).html,
            "pictures": pictures,
            "drawing": drawing_of(product.cut_out) if product.cut_out else None,
            "label": label_rows(product, company),
            "replacement": library.product(end.replacement or "") if end else None,
            "catalogues": tuple(
                (one, library.register.find(one.id, one.version)) for one in catalogues
            ),
            "questions": tuple(entry for entry in library.faq if product.id in entry.related),
            "others": tuple(
                other
                for other in library.products
                if other.family == product.family
                and other.id != product.id
                and other.status == "current"
            ),
        },
        title=f"{product.name} {product.id}",
        description=f"{product.name}, mã {product.id}: {'; '.join(product.specs)}.",
        url=product.url,
        above=[INDEX],
        version=text_version(product),
        json_ld=[product_data(product, library, site_build.site.url, price, sheet, pictures)],
    )


def _manual(site_build: SiteBuild, product: Product) -> PageFile:
    """Make the instructions: a print of what the product's file says, not another text.

    Search engines are sent to the product's page, which says the same and more.
    """
    return page(
        site_build,
        "product_manual",
        {
            "product": product,
            "body": render(product.body).html,
            "drawing": drawing_of(product.cut_out) if product.cut_out else None,
            "label": label_rows(product, site_build.library.company),
        },
        title=f"Hướng dẫn sử dụng {product.name} {product.id}",
        description=f"An toàn, lắp đặt và chăm sóc {product.name}, mã {product.id}; bản để in.",
        url=product.manual_url,
        above=[INDEX, (product.name, product.url)],
        version=text_version(product),
        noindex=True,
    )


@dataclass(frozen=True, slots=True)
class Column:
    """A product with its line in the price sheet of today, if it has one."""

    product: Product
    price: PriceLine | None
    sheet: PriceSheet | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A family: its products, and (title, values) pairs; a value is None where none is given."""

    id: str
    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, tuple[str | None, ...]], ...]


def _compare(site_build: SiteBuild) -> PageFile:
    """Make the page with a table for each family; a script shows two products of it alone."""
    found = comparisons(site_build)
    return page(
        site_build,
        "product_compare",
        {
            "comparisons": found,
            "choices": tuple((one.name, _options(one)) for one in found),
            "pictures": first_pictures(site_build.library),
        },
        title="So sánh sản phẩm",
        description="Đặt hai mẫu cạnh nhau: giá, thông số, bảo hành, nơi bảo hành, xuất xứ. "
        "Chỗ khác nhau được đánh dấu.",
        url="/san-pham/so-sanh/",
        above=[INDEX],
    )


def comparisons(site_build: SiteBuild) -> tuple[Comparison, ...]:
    """Return a comparison for each family that has products; those still sold come first."""
    return tuple(
        _comparison(
            site_build, one.family, sorted(one.products, key=lambda product: product.status)
        )
        for one in site_build.library.by_family(site_build.library.products)
    )


def _options(family: Comparison) -> tuple[tuple[str, str], ...]:
    """Return the products of a family as (value, label) pairs of a list to choose from."""
    products = [column.product for column in family.columns]
    return tuple((one.id, f"{one.id} {one.name}") for one in products)


def _comparison(site_build: SiteBuild, family: Family, products: list[Product]) -> Comparison:
    names = dict.fromkeys(detail.name for one in products for detail in one.details)
    given = [{detail.name: detail.value for detail in one.details} for one in products]
    details = tuple((title, tuple(one.get(title) for one in given)) for title in names)
    return Comparison(
        id=family.id,
        name=family.name,
        columns=tuple(
            Column(one, *(current_price(site_build, one.id) or (None, None))) for one in products
        ),
        rows=(
            *details,
            ("Bảo hành", tuple(f"{one.warranty_months} tháng" for one in products)),
            ("Nơi bảo hành", tuple(one.service_place_name for one in products)),
            ("Xuất xứ", tuple(one.label.origin for one in products)),
            ("Nhãn năng lượng", tuple(one.label.energy for one in products)),
        ),
    )
