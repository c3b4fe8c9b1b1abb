"""Documents from the models: everything published that somebody may look for."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from search_index.documents import Document
from search_index.language import data
from service_policy.content import Library
from service_policy.documents import FaqEntry, Page, PartnerPart, WarrantyProcedure
from service_policy.price_sheets import PriceSheet
from service_policy.products import Catalogue, Product
from service_policy.promises.commitment import Commitment
from service_policy.register import Issue

_RULES: Final = (
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),  # links and images keep their words
    (re.compile(r"<(https?://[^>]*)>"), r"\1"),
    (re.compile(r"^\s*(?:#{1,6}|>|[-*+]|\d+[.)])\s+", re.MULTILINE), ""),
    (re.compile(r"^\s*\|?[\s:|-]+\|[\s:|-]*$", re.MULTILINE), ""),  # the rule under a table's head
    (re.compile(r"\s*\|\s*"), " · "),
    (re.compile(r"(\*\*|__|`)"), ""),
    (re.compile(r"(?<!\w)[*_]([^*_]+)[*_](?!\w)"), r"\1"),
    (re.compile(r"\\([^\w\s])"), r"\1"),
)

Published = FaqEntry | Commitment | WarrantyProcedure | Catalogue | Product | PartnerPart | Page

KINDS: dict[str, str] = {
    "hoi-dap": "Hỏi đáp",
    "cam-ket": "Cam kết",
    "bao-hanh": "Bảo hành",
    "bang-gia": "Bảng giá",
    "catalogue": "Catalogue",
    "san-pham": "Sản phẩm",
    "doi-tac": "Đối tác",
    "trang": "Trang",
}
"""Kinds of document and what they are called, in the order in which facets list them."""


def language(library: Library) -> dict[str, Any]:
    """Return what an index of the library knows of its language and its kinds."""
    return {**data(library.synonyms), "kinds": KINDS}


def documents(library: Library, day: date) -> Iterator[Document]:
    """Every document of the library, in an order that depends on its content only.

    ``day`` decides which price sheets still hold: a server may run past the day for which the
    content was read. The addresses are those of the site, which was built for that day.
    """
    for entry in library.faq:
        others = entry.hoi_cach_khac
        yield _document("hoi-dap", entry, entry.question, entry.body, keywords=others)
    for promise in library.commitments:
        texts = (promise.promise, promise.measure, promise.body)
        yield _document("cam-ket", promise, promise.title, *texts, keywords=(promise.id,))
    yield from map(_warranty, library.warranty)
    yield from _price_sheets(library, day)
    for one in library.catalogues:
        yield _document("catalogue", one, one.title, one.summary, one.body)
    for group in library.by_family(library.products):
        yield from (_product(one, group.family.name) for one in group.products)
    for part in library.partners:
        items = (f"{item.ours} {item.theirs}" for item in part.items)
        yield _document("doi-tac", part, part.title, part.summary, part.body, *items)
    for page in library.pages:
        steps = (f"{step.who}: {step.step} {step.deadline}." for step in page.steps)
        yield _document("trang", page, page.title, page.summary, page.body, *steps)


def _document(
    kind: str,
    model: Published,
    title: str,
    *texts: str,
    keywords: Iterable[str] = (),
) -> Document:
    return Document(
        id=f"{kind}:{model.id}",
        title=title,
        body=_plain("\n\n".join(texts)),
        keywords=tuple(keywords),
        url=model.url,
    )


def _warranty(one: WarrantyProcedure) -> Document:
    steps = (f"{step.who}: {step.what} {step.deadline}." for step in one.steps)
    exclusions = (f"{exclusion.case}." for exclusion in one.exclusions)
    rights = (f"{right.text}." for right in one.rights)
    texts = (one.summary, one.body, *steps, *exclusions, *rights)
    return _document("bao-hanh", one, one.title, *texts)


def _price_sheets(library: Library, day: date) -> Iterator[Document]:
    """Yield the versions that the site shows; one that was replaced is not to be found."""
    for sheet in library.price_sheet_versions:
        issue = library.register.find(sheet.id, sheet.version)
        if issue is not None and issue.state(library.today) != "superseded":
            yield _price_sheet(sheet, issue, day)


def _price_sheet(sheet: PriceSheet, issue: Issue, day: date) -> Document:
    """Describe a sheet; one that is over says so and keeps nothing that a better one says too."""
    texts: tuple[str, ...] = ()
    if issue.state(day) in ("next", "current"):
        lines = (f"{line.product_code} {line.name or ''}." for line in sheet.lines)
        texts = (sheet.body, *sheet.conditions, *lines)
    version = "" if issue.url == sheet.url else f".v{sheet.version}"
    return Document(
        id=f"bang-gia:{sheet.id}{version}",
        title=f"{sheet.title}{issue.standing(day)}",
        body=_plain("\n\n".join(texts)),
        keywords=(sheet.id,),
        url=issue.url,
    )


def _product(one: Product, family: str) -> Document:
    parts = (f"{part.name}." for part in one.parts)
    specs = " · ".join(one.specs)
    title = f"{one.name} {one.id}" if one.id not in one.name else one.name
    ended = ("ngừng bán", "mã thay thế") if one.status == "discontinued" else ()
    keywords = (family, *ended)
    return _document("san-pham", one, title, specs, one.body, *parts, keywords=keywords)


def _plain(markdown: str) -> str:
    """Return the text of Markdown without its marks, on one line."""
    for pattern, replacement in _RULES:
        markdown = pattern.sub(replacement, markdown)
    return " ".join(markdown.split()).strip(" ·")
