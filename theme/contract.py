"""The variables of each page template, beside ``company``, ``site`` and ``page``.

This is the documented contract between templates and the two servers that fill them: a template
uses nothing that is not listed here, and a test holds every template to it. Models are those of
the rules; "view" is a commitment arranged for readers (``plugins.commitment_view``); ``body`` and
``answer`` are Markup. A template that extends another one passes its variables on.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

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

_DOCUMENT: Final[dict[str, str]] = {
    "doc": "the page model",
    "body": "its prose",
    "toc": "(title, id) pairs of its headings",
    "laws": "the laws it cites, in words",
    "measures": "commitments that answer for this page",
    "elements": "service elements that this page answers",
    "children": "page models one level below",
}

_FORM: Final[dict[str, str]] = {
    "flow": "the form's own address and rules: url, kept_months",
    "sections": "sections with id, title, hint and fields, or the answers to check",
    "values": "what was typed, by field name",
    "key": "the idempotency key of this form",
    "trouble": "why nothing was recorded (title, text, status), or none",
    "channels": "other channels that are open, in words",
}

STATIC: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "home": {
            "commitments": "commitments in force, ordered by id",
            "questions": "FAQ entries that most people ask",
            "sheets": "price sheets that are current",
            "families": "product families: id, name, products",
        },
        "not_found": {},
        "commitments": {"commitments": "views, ordered by id", "matrix": "the target matrix"},
        "commitment": {
            "view": "a view",
            "previous": "the view before, or none",
            "next": "the view after, or none",
            "permanent": "whether this is the lasting address of one version",
        },
        "commitment_versions": {"versions": "(view, its version links) pairs"},
        "warranty_index": {
            "procedures": "warranty procedures, in order",
            "families": "product families: id, name, products",
        },
        "warranty": {
            "procedure": "the warranty procedure",
            "body": "its prose",
            "toc": "(title, id) pairs of its headings",
            "rights": "(text, law in words) pairs",
            "others": "the other procedures",
        },
        "price_index": {
            "current": "price sheets that are valid",
            "coming": "price sheets that begin later",
            "expired": "price sheets that have ended",
        },
        "price_sheet": {
            "sheet": "the price sheet",
            "state": "next, current or expired on the day of the build",
            "groups": "(title, rows) pairs; a row has line and product (or none)",
            "body": "its prose",
        },
        "price_archive": {"sheets": "expired price sheets, the latest first"},
        "catalogue_index": {"catalogues": "catalogues"},
        "catalogue": {
            "catalogue": "the catalogue",
            "products": "its products",
            "body": "its prose",
        },
        "product_index": {
            "families": "product families: id, name, products",
            "prices": "current price lines, by product code",
        },
        "product": {
            "product": "the product",
            "body": "its prose",
            "price": "its line in the current price sheet, or none",
            "sheet": "that price sheet, or none",
            "group": "its product group",
            "questions": "FAQ entries about it",
            "others": "other products of the family",
        },
        "faq_index": {"topics": "(id, name, entries) triples"},
        "faq": {
            "entry": "the FAQ entry",
            "answer": "its answer",
            "related": "links: title, url",
            "others": "other entries of the topic",
        },
        "partner_index": {"parts": "the parts of the partner policy, in order"},
        "partner": {"part": "the part", "body": "its prose", "others": "the other parts"},
        "page": _DOCUMENT,
        "page_section": _DOCUMENT,
        "page_calendar": {**_DOCUMENT, "years": "calendar years of the holiday list"},
        "page_channels": _DOCUMENT,
        "page_complaints": {**_DOCUMENT, "categories": "complaint categories"},
        "page_elements": {**_DOCUMENT, "all_elements": "all service elements"},
    }
)

DYNAMIC: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "search_results": {
            "query": "what was asked, as typed",
            "kind": "the kind of document asked for, or an empty string",
            "facets": "kind, name, count, url",
            "results": "title, url, kind, snippet (Markup)",
            "sure": "whether the first result may be shown as the answer",
            "meant": "query, url: what was asked without its slips, or none",
            "total": "how many documents were found",
            "next_url": "the next results, or none",
        },
        "forms/form": {
            **_FORM,
            "faults": "the first fault of each field, by field name",
            "errors": "all faults: field, message",
        },
        "forms/check": _FORM,
        "forms/confirmation": {
            "receipt": "the receipt, its code included",
            "errors": "faults of the address to mail to",
            "fault": "the first of them, or an empty string",
            "address": "the address to mail to, as typed",
            "mailed_to": "where the receipt is being mailed, or none",
        },
        "forms/follow": {
            "reference": "the reference, as typed",
            "code": "the code, as typed",
            "errors": "all faults: field, message",
            "trouble": "why the case cannot be shown now, or none",
            "channels": "other channels that are open, in words",
        },
        "forms/case": {
            "case": "the case as its customer sees it",
            "kind_words": "what kind of case it is, in words",
            "reference": "its reference",
            "code": "its code, for the next post",
            "now": "this moment",
        },
        "forms/trouble": {
            "trouble": "what went wrong: title, text, status",
            "not_recorded": "whether something was to be recorded",
            "channels": "other channels that are open, in words",
        },
        "patterns": {
            "due": "a moment",
            "events": "at, by_role, text",
            "errors": "field, message",
            "steps": "steps of a procedure",
        },
    }
)

PAGES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({**STATIC, **DYNAMIC})
