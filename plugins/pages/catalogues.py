"""Catalogues: some products presented together."""

from collections.abc import Iterator

from plugins.markdown_html import render
from plugins.model import PageFile, SiteBuild, page
from plugins.product_view import first_pictures

INDEX = ("Catalogue", "/catalogue/")


def build(site_build: SiteBuild) -> Iterator[PageFile]:
    """Yield the index and a page for each catalogue."""
    catalogues = site_build.library.catalogues
    products = {product.id: product for product in site_build.library.products}
    yield page(
        site_build,
        "catalogue_index",
        {
            "catalogues": catalogues,
            "pictures": first_pictures(site_build.library),
            "day": site_build.day,
        },
        title="Catalogue",
        description="Sản phẩm theo nhu cầu, kèm ngày phát hành và phiên bản.",
        url=INDEX[1],
        changed_on=max((one.issued_on for one in catalogues), default=None),
    )
    for catalogue in catalogues:
        yield page(
            site_build,
            "catalogue",
            {
                "catalogue": catalogue,
                "products": tuple(products[code] for code in catalogue.products),
                "pictures": first_pictures(site_build.library),
                "issue": site_build.library.register.find(catalogue.id, catalogue.version),
                "expired": catalogue.valid_to < site_build.day,
                "body": render(catalogue.body).html,
            },
            title=catalogue.title,
            description=catalogue.summary,
            url=catalogue.url,
            above=[INDEX],
            version=str(catalogue.version),
            changed_on=catalogue.issued_on,
        )
