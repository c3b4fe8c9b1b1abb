"""Catalogues: some products presented together."""

from collections.abc import Iterator

from plugins.heads import page
from plugins.markdown_html import render
from plugins.model import House, PageFile
from plugins.picture_view import first_pictures

INDEX = ("Catalogue", "/catalogue/")


def build(house: House) -> Iterator[PageFile]:
    """Yield the index and a page for each catalogue."""
    catalogues = house.library.catalogues
    products = {product.id: product for product in house.library.products}
    yield page(
        house,
        "catalogue_index",
        {
            "catalogues": catalogues,
            "pictures": first_pictures(house.library),
            "day": house.day,
        },
        title="Catalogue",
        description="Sản phẩm theo nhu cầu, kèm ngày phát hành và phiên bản.",
        url=INDEX[1],
        changed_on=max((one.issued_on for one in catalogues), default=None),
    )
    for catalogue in catalogues:
        yield page(
            house,
            "catalogue",
            {
                "catalogue": catalogue,
                "products": tuple(products[code] for code in catalogue.products),
                "pictures": first_pictures(house.library),
                "issue": house.library.register.find(catalogue.id, catalogue.version),
                "expired": catalogue.valid_to < house.day,
                "body": render(catalogue.body).html,
            },
            title=catalogue.title,
            description=catalogue.summary,
            url=catalogue.url,
            above=[INDEX],
            version=str(catalogue.version),
            changed_on=catalogue.issued_on,
        )
