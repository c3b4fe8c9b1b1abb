"""The variables of each page template, beside ``company``, ``site`` and ``page``.

This is the documented contract between templates and the two servers that fill them: a template
uses nothing that is not listed here, and a test holds every template to it. Models are those of
the rules; "view" is a commitment arranged for readers (``plugins.commitment_view``); ``body`` and
``answer`` are Markup. A template that extends another one passes its variables on.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tests.theme.contract_dynamic import FORMS, STAFF

COMMON: Final[Mapping[str, str]] = MappingProxyType(
    {
        "company": "the company model",
        "site": "theme.context.Site",
        "page": "theme.context.Page",
    }
)

# The form server gives these to every page besides: the function that makes the token against
# foreign posts.
COMMON_DYNAMIC: Final = frozenset({"csrf_token"})

_USUAL: Final = "the id of the segment whose compensation cards of promises show"
_PARTNER: Final = "the segment with the partner policy, or none"

_DOCUMENT: Final[dict[str, str]] = {
    "doc": "the page model",
    "body": "its prose",
    "toc": "(title, id) pairs of its headings",
    "laws": "the laws it cites, in words",
    "measures": "commitments that answer for this page",
    "usual": _USUAL,
    "elements": "service elements that this page answers",
    "element_count": "how many service elements the company has",
    "children": "page models one level below",
}

STATIC: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "home": {
            "commitments": "commitments in force, ordered by id",
            "questions": "FAQ entries that most people ask",
            "sheets": "price sheets that are current",
            "families": "product families that are sold: family, products",
            "usual": _USUAL,
            "scorecard": "the latest snapshot, or none",
        },
        "not_found": {},
        "commitments": {
            "commitments": "views, ordered by id",
            "matrix": "the target matrix",
            "paper": "the PDF of all of them (PaperLink), or none",
        },
        "commitment": {
            "view": "a view",
            "previous": "the view before, or none",
            "next": "the view after, or none",
            "permanent": "whether this is the lasting address of one version",
            "results": "the latest figures that measure it (month, figures), or none",
            "paper": "its PDF (PaperLink: issue, url, size), or none",
        },
        "commitment_versions": {"commitments": "views of the promises in force"},
        "warranty_index": {
            "procedures": "warranty procedures, in order",
            "families": "product families that are sold: family, products",
        },
        "warranty": {
            "procedure": "the warranty procedure",
            "body": "its prose",
            "toc": "(title, id) pairs of its headings",
            "rights": "(text, law in words) pairs",
            "others": "the other procedures",
        },
        "price_index": {
            "current": "sheet views (sheet, document) of versions that hold",
            "coming": "sheet views of versions that begin later",
            "over": "sheet views of versions that have ended or were replaced",
            "refund": "the commitment that refunds what was charged too much, or none",
            "elsewhere": "segments whose prices the sheets do not show",
            "elsewhere_body": "where those are",
        },
        "price_sheet": {
            "view": "the sheet view: sheet, document (an issue view) and has_prices",
            "groups": "(title, rows) pairs; a row has line, product (or none) and name",
            "partner": _PARTNER,
            "comparisons": "earlier sheets, each with rows: (row, change) pairs",
            "body": "its prose",
        },
        "price_version": {"view": "the sheet view"},
        "price_archive": {"over": "sheet views of versions that are over, the latest first"},
        "document": {
            "document_id": "its id, such as BG-2026.11",
            "document_title": "what it is called",
            "versions": "issue views of all its versions, the newest first",
            "copies": "issue views of it and its series that hold or are still to come",
        },
        "catalogue_index": {
            "catalogues": "catalogues",
            "pictures": "the first picture of each product (PictureView), by its code",
            "day": "the day of the build",
        },
        "catalogue": {
            "catalogue": "the catalogue",
            "products": "its products",
            "pictures": "the first picture of each product (PictureView), by its code",
            "issue": "its newest version in the register of documents",
            "expired": "whether it had ended on the day of the build",
            "body": "its prose",
        },
        "product_index": {
            "families": "product families that are sold: family, products",
            "prices": "(current price line, its sheet) pairs, by product code",
            "pictures": "the first picture of each product (PictureView), by its code",
            "ended": "products that are no longer sold",
        },
        "product": {
            "product": "the product",
            "body": "its prose",
            "price": "its line in the current price sheet, or none",
            "sheet": "that price sheet, or none",
            "family": "its product family",
            "group": "its product group",
            "partner": _PARTNER,
            "pictures": "its pictures (PictureView)",
            "drawing": "the drawing of the opening it needs (CutOutDrawing), or none",
            "label": "(title, text or none) pairs of its label",
            "replacement": "the product that replaces it, or none",
            "catalogues": "(catalogue, its newest issue) pairs, valid today, that show it",
            "questions": "FAQ entries about it",
            "others": "other products of the family that are sold",
        },
        "product_manual": {
            "product": "the product",
            "body": "its prose",
            "drawing": "the drawing of the opening it needs, or none",
            "label": "(title, text or none) pairs of its label",
        },
        "product_compare": {
            "comparisons": "families: id, name, columns (product, price, sheet), rows "
            "((title, values) pairs)",
            "choices": "(family, (code, name) pairs) pairs, to choose from",
            "pictures": "the first picture of each product (PictureView), by its code",
        },
        "faq_index": {"topics": "(topic, entries) pairs"},
        "faq": {
            "entry": "the FAQ entry",
            "topic": "its topic",
            "customers": "the segment it is for, where that is not the usual one",
            "answer": "its answer",
            "related": "links: title, url",
            "others": "other entries of the topic",
        },
        "partner_index": {
            "parts": "the parts of the partner policy, in order",
        },
        "partner": {"part": "the part", "body": "its prose", "others": "the other parts"},
        "page": _DOCUMENT,
        "page_section": _DOCUMENT,
        "page_calendar": {**_DOCUMENT, "years": "calendar years of the holiday list"},
        "page_channels": _DOCUMENT,
        "page_complaints": {
            **_DOCUMENT,
            "categories": "(category, promise of an answer, promise of a resolution) triples; a "
            "promise or none",
        },
        "page_documents": {
            **_DOCUMENT,
            "documents_by_kind": "(kind in words, issue views) pairs without replaced versions",
            "last_check": "the latest weekly check, or none",
            "check_is_old": "whether on the day of the build a week had gone by without a check",
            "checked_under": "the commitments that the weekly check keeps",
        },
        "page_end_of_sale": {
            **_DOCUMENT,
            "ending": "(product, its end of sale, replacement or none) triples, the latest first",
        },
        "page_elements": {**_DOCUMENT, "all_elements": "all service elements"},
        "page_terms": {**_DOCUMENT, "terms": "defined terms: term, meaning, page"},
        "scorecard": {
            "months": "snapshots, the latest first",
            "meanings": "how cases end: key to (name, definition), in order",
            "latest": "the latest snapshot, or none",
            "lines": "objects: indicator, months ((snapshot, figure) pairs), chart, commitments",
            "how_many": "how many indicators there are, in words",
            "overdue": "a month that ought to be public and is not (month, due_on), or none",
            "age_days": "the age of the latest snapshot in days, or none",
        },
        "scorecard_month": {
            "month": "the snapshot",
            "meanings": "how cases end: key to (name, definition), in order",
            "clauses": "(clause count, published clause or none) pairs",
            "departments": "departments by id",
        },
        "page_chain": {
            **_DOCUMENT,
            "chain": "(department, links) pairs; a link has limit, serves (words) and result",
            "measured_in": "the latest snapshot that measured the chain, or none",
        },
    }
)

DYNAMIC: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        **FORMS,
        **STAFF,
        "patterns": {
            "due": "a moment",
            "received": "an earlier moment",
            "taken": "one soon after it",
        },
    }
)

FILES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "cms": {"policy": "what the editors' page may load"},
        "redirect": {"site_url": 'the site\'s public address, or ""', "url": "the new address"},
    }
)
"""Pages without the frame of the site, which no builder makes."""

PAGES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({**STATIC, **DYNAMIC, **FILES})
