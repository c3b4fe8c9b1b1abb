"""Catalogues: some products presented together."""

from collections.abc import Iterator

from plugins.heads import head
from plugins.markdown_html import render
from plugins.model import House, PageFile

INDEX = ("Catalogue", "/catalogue/")


def build(house: House) -> Iterator[PageFile]:
    """Yield the index and a page for each catalogue."""
    catalogues = house.library.catalogues
    products = {product.id: product for product in house.library.products}
    yield PageFile(
        "catalogue_index",
        head(
            house,
            title="Catalogue",
            description="Sản phẩm theo nhu cầu, kèm ngày phát hành và phiên bản.",
            url=INDEX[1],
            kind="catalogue-index",
        ),
        {"catalogues": catalogues},
        changed_on=max((one.issued_on for one in catalogues), default=None),
    )
    for catalogue in catalogues:
        yield PageFile(
            "catalogue",
            head(
                house,
                title=catalogue.title,
                description=catalogue.summary,
                url=catalogue.url,
                kind="catalogue",
                above=[INDEX],
                version=str(catalogue.version),
            ),
            {
                "catalogue": catalogue,
                "products": tuple(products[code] for code in catalogue.products),
                "body": render(catalogue.body).html,
            },
            changed_on=catalogue.issued_on,
        )
