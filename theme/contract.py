"""The variables of each page template, beside ``company``, ``site`` and ``page``.

This is the documented contract between templates and the two servers that fill them: a template
may use nothing that is not listed here (a test reads every template), and a server that renders
one passes all of it. "Commitment view" is a commitment arranged for readers: ``commitment``,
``body``, ``targets`` (who, words), ``owed`` (who, words, cap), ``examples`` (who, text, owed_vnd,
formula), ``laws``, ``owner_role``, ``owner_department``, ``questions`` and ``versions`` (version,
url, effective_from, effective_to, change_note, current). ``body`` is always Markup.
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

_DOCUMENT: Final[dict[str, str]] = {
    "document": "the page model",
    "body": "its prose",
    "laws": "the laws it cites, in words",
    "measures": "commitments that answer for this page",
}

PAGES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "home": {
            "views": "commitment views of the strongest promises, about six",
            "questions": "FAQ entries that most people ask",
            "sheet": "the current retail price sheet, or none",
        },
        "commitments": {
            "views": "commitment views in force, ordered by id",
            "matrix": "the target matrix model",
        },
        "commitment": {"view": "a commitment view", "current_url": "this promise's own address"},
        "commitment_versions": {"views": "commitment views in force, with all their versions"},
        "warranty_index": {
            "procedures": "warranty procedures in their order",
            "views": "commitment views about warranty",
        },
        "warranty_procedure": {
            "procedure": "the warranty procedure",
            "body": "its prose",
            "rights": "(text, law in words) pairs",
            "procedures": "all procedures, in order",
        },
        "price_sheets": {
            "current": "price sheets valid on the day of the build",
            "upcoming": "price sheets that begin later",
            "archived": "how many sheets the archive holds",
        },
        "price_sheet": {
            "sheet": "the price sheet",
            "state": "next, current or expired on the day of the build",
            "lines": "(price line, product or none) pairs",
            "body": "its prose",
        },
        "price_archive": {"sheets": "expired price sheets, the latest first"},
        "catalogues": {"catalogues": "catalogues, the latest first"},
        "catalogue": {
            "catalogue": "the catalogue",
            "products": "its products",
            "body": "its prose",
        },
        "products": {"families": "(id, name, products) triples"},
        "product": {
            "product": "the product",
            "body": "its prose",
            "price": "its line in the current price sheet, or none",
            "sheet": "that price sheet, or none",
            "questions": "FAQ entries about it",
        },
        "faq_index": {"topics": "(id, name, entries) triples"},
        "faq_entry": {
            "entry": "the FAQ entry",
            "body": "the answer",
            "related": "(title, url) pairs",
        },
        "partner_index": {
            "parts": "the parts of the partner policy, in order",
            "pages": "pages of the partner section",
        },
        "partner_part": {
            "part": "the part",
            "body": "its prose",
            "parts": "all parts, in order",
        },
        "page": _DOCUMENT,
        "complaints_page": {
            **_DOCUMENT,
            "categories": "objects: category, first_answer, resolution (words), department",
        },
        "service_elements": {**_DOCUMENT, "elements": "the service elements, in order"},
        "holidays_page": {**_DOCUMENT, "years": "calendar years, the latest first"},
        "legal_index": {"pages": "pages of the legal section", "references": "legal references"},
        "scorecard": {
            "months": "snapshots, the latest first",
            "latest": "the latest snapshot, or none",
            "lines": "objects: indicator, months ((snapshot, figure) pairs), chart, commitments",
            "overdue": "a month that ought to be public and is not (month, due_on), or none",
            "age_days": "the age of the latest snapshot in days, or none",
        },
        "scorecard_month": {
            "month": "the snapshot",
            "clauses": "(clause count, published clause or none) pairs",
            "departments": "departments by id",
        },
        "page_chain": {
            **_DOCUMENT,
            "chain": "(department, links) pairs; a link has limit, serves (words) and result",
            "measured_in": "the latest snapshot that measured the chain, or none",
        },
        "404": {},
        "search_results": {
            "query": "what was asked, as typed",
            "kind": "the kind of document asked for, or an empty string",
            "facets": "objects: kind, name, count, url",
            "results": "objects: title, url, kind, snippet (Markup with mark)",
            "total": "how many documents were found",
            "next_url": "the next results, or none",
        },
    }
)
