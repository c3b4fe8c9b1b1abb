"""Products side by side: one table for each family; a script shows two of them alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from plugins.model import PageFile, SiteBuild, page
from plugins.pages.prices import current_price
from plugins.product_view import first_pictures
from service_policy.families import Family
from service_policy.price_sheets import PriceLine, PriceSheet
from service_policy.products import Product

URL = "/san-pham/so-sanh/"


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


def build(site_build: SiteBuild) -> Iterator[PageFile]:
    """Yield the page."""
    found = comparisons(site_build)
    yield page(
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
        url=URL,
        above=[("Sản phẩm", "/san-pham/")],
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
