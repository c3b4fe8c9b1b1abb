"""schema.org descriptions of pages, as plain dicts; the theme's `json_ld` filter escapes them.

Addresses are absolute when the site's own address is known, as readers of such data expect.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from plugins.markdown_html import plain_text
from plugins.product_view import PictureView
from service_policy.company import Company
from service_policy.content import Library
from service_policy.documents import FaqEntry
from service_policy.price_sheets import PriceLine, PriceSheet
from service_policy.products import Product

JsonLd = Mapping[str, Any]

CONTEXT = "https://schema.org"
_DAY_OF_WEEK: Mapping[str, str] = {
    "mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday",
    "sat": "Saturday", "sun": "Sunday",
}  # fmt: skip


def organization(company: Company, site_url: str) -> JsonLd:
    """Describe the company; a fictional one says so."""
    return {
        "@context": CONTEXT,
        "@type": "Organization",
        "name": company.name,
        "alternateName": company.short_name,
        "url": f"{site_url}/",
        "email": company.email,
        "address": company.address,
        "description": company.banner if company.fictional else company.tagline,
        "contactPoint": {
            "@type": "ContactPoint",
            "contactType": "customer service",
            "email": company.email,
            "availableLanguage": "vi",
            "hoursAvailable": [
                {
                    "@type": "OpeningHoursSpecification",
                    "dayOfWeek": [_DAY_OF_WEEK[day] for day in opening.weekdays],
                    "opens": f"{interval.opens:%H:%M}",
                    "closes": f"{interval.closes:%H:%M}",
                }
                for opening in company.hours.staffed
                for interval in opening.intervals
            ],
        },
    }


def breadcrumb_list(trail: Sequence[tuple[str, str]], site_url: str) -> JsonLd:
    """Describe the way from the home page; `trail` holds (title, url) pairs after it."""
    steps = [("Trang chủ", "/"), *trail]
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": title, "item": f"{site_url}{url}"}
            for place, (title, url) in enumerate(steps, 1)
        ],
    }


def faq_page(entry: FaqEntry, answer_html: str) -> JsonLd:
    """Describe one question and its answer."""
    return {
        "@context": CONTEXT,
        "@type": "FAQPage",
        "inLanguage": "vi",
        "mainEntity": [
            {
                "@type": "Question",
                "name": entry.question,
                "acceptedAnswer": {"@type": "Answer", "text": plain_text(answer_html)},
            }
        ],
    }


def product(
    item: Product,
    library: Library,
    site_url: str,
    price: PriceLine | None,
    sheet: PriceSheet | None,
    pictures: Sequence[PictureView],
) -> JsonLd:
    """Describe a product; the price only while its price sheet is valid.

    An offer ends with its price sheet. Without an offer, as for what is no longer sold, the page
    is described and not the product.
    """
    company = library.company
    described: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Product",
        "name": item.name,
        "sku": item.id,
        "category": library.policy.matrix.family(item.family).name,
        "brand": {"@type": "Brand", "name": company.short_name},
        "manufacturer": {"@type": "Organization", "name": company.name},
        "url": f"{site_url}{item.url}",
        "description": "; ".join(item.specs),
        "countryOfOrigin": item.label.origin,
        "additionalProperty": [
            {"@type": "PropertyValue", "name": detail.name, "value": detail.value}
            for detail in item.details
        ],
    }
    if pictures:
        described["image"] = [f"{site_url}{picture.src}" for picture in pictures]
    if price is None or sheet is None or item.status != "current":
        # Search engines take a product without an offer, a review or a rating for an error
        # (developers.google.com, product structured data); a page needs none of them.
        kept = ("@context", "name", "url", "description", "image")
        return {"@type": "ItemPage", **{key: described[key] for key in kept if key in described}}
    described["offers"] = {
        "@type": "Offer",
        "price": str(price.price_vnd),
        "priceCurrency": "VND",
        "priceValidUntil": sheet.valid_to.isoformat(),
        "url": f"{site_url}{item.url}",
    }
    return described
