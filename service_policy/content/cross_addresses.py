"""Cross-checks of addresses: one owner each, and what was published stays or leads on.

Of pages that come and go whatever names one is not on the site without it: so no day that passes by
itself, at night and without an editor, can break a link or a build.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from service_policy.addresses import BUILT, GROWING, SERVED, Claim, below
from service_policy.content.cross_references import Sources, with_pages
from service_policy.content.library import Library, page_urls
from service_policy.content.published import FILE as PUBLISHED
from service_policy.content.tree import Fault, Path, Tree
from service_policy.documents import FaqEntry, Page, PartnerPart, WarrantyProcedure
from service_policy.price_sheets import PriceSheet
from service_policy.products import Catalogue, Product
from service_policy.publication import Scheduled
from service_policy.register import document_page


def claims(library: Library) -> Iterator[Claim]:
    """Yield every address that the site has or will have, whoever is to keep it first."""
    for url, what in library.indexes.items():
        yield Claim(url, what)
    for url in sorted(library.served_pages):
        yield Claim(url, "máy chủ biểu mẫu")
    for month in library.scorecards:
        yield Claim(month.url, f"kết quả tháng {month.month}")
    for version in library.policy.versions:
        owner = version.id
        yield Claim(version.url, owner, version.path, "id")
        yield Claim(version.version_url, owner, version.path, "id")
    for product in library.products:
        yield Claim(product.url, product.id, product.path, "id")
        yield Claim(product.manual_url, product.id, product.path, "id")
    sheets = library.every_sheet
    for sheet in sheets:
        yield Claim(sheet.url, sheet.id, sheet.path, "slug")
        yield Claim(sheet.version_url, sheet.id, sheet.path, "slug")
    printed: tuple[PriceSheet | Catalogue | WarrantyProcedure, ...]
    printed = (*sheets, *library.catalogues, *library.warranty)
    for document in printed:
        yield Claim(document_page(document.id), document.id, document.path, "id")
    slugged: tuple[Catalogue | WarrantyProcedure | FaqEntry | PartnerPart, ...]
    slugged = (*library.catalogues, *library.warranty, *library.faq, *library.partners)
    for entry in slugged:
        yield Claim(entry.url, entry.id, entry.path, "slug")
    for page in library.pages:
        yield Claim(page.url, f"trang {page.id}", page.path, "url")
    yield from redirects(library)


def redirects(library: Library) -> Iterator[Claim]:
    """Yield the old addresses that lead to a document's page."""
    for document in with_pages(library):
        for index, old in enumerate(document.aliases):
            owner = f"địa chỉ cũ của {document.url}"
            yield Claim(old, owner, document.path, "aliases", index, target=document.url)


def addresses_have_one_owner(library: Library, sources: Sources) -> Iterator[Fault]:
    """Nobody claims an address of the form server, of the builder or of another document."""
    trees = sources.by_file()
    owners: dict[str, Claim] = {}
    for claim in claims(library):
        tree = trees.get(claim.file, Tree(claim.file))
        if claim.file and (taken := _reserved(claim)):
            message = f"địa chỉ {claim.url} dành riêng cho {taken}"
            fix = "đặt địa chỉ khác cho trang này"
            yield tree.fault(_path(claim), "address_reserved", message, fix)
            continue
        first = owners.setdefault(_key(claim.url), claim)
        same = first.owner == claim.owner and first.url == claim.url
        if same or _told_already(first, claim, trees):
            continue
        message = f"địa chỉ {claim.url} đã là của {_who(first, trees)}"
        yield tree.fault(
            _path(claim), "address_taken", message, "đặt địa chỉ khác cho một trong hai"
        )


def _reserved(claim: Claim) -> str:
    """Say for whom an address is kept; "" when a document may have it."""
    if below(claim.url, SERVED):
        return "máy chủ biểu mẫu"
    if below(claim.url, BUILT):
        return "tệp của trang web"
    section = below(claim.url, GROWING)
    if claim.field == "url" and section not in (None, claim.url):
        return f"trang máy tạo dưới {section}"
    return ""


def _key(url: str) -> str:
    """Return the file that an address is written to: one file, one owner, on every disk."""
    return url.casefold().removesuffix("index.html").rstrip("/")


def _told_already(first: Claim, claim: Claim, trees: dict[str, Tree]) -> bool:
    """Say whether the same field of two files of one folder has one value: a fault of its own."""
    if first.field != claim.field or claim.field == "aliases":
        return False
    folders = {one.file.rpartition("/")[0] for one in (first, claim)}
    values = {
        str(trees[one.file].data.get(one.field)) for one in (first, claim) if one.file in trees
    }
    return len(folders) == 1 and len(values) == 1


def _who(claim: Claim, trees: dict[str, Tree]) -> str:
    if claim.file not in trees:
        return claim.owner
    file, line = trees[claim.file].place(_path(claim))
    return f"{claim.owner} ({file}:{line})"


def _path(claim: Claim) -> Path:
    return (claim.field,) if claim.index is None else (claim.field, claim.index)


def published_pages_stay(library: Library, sources: Sources) -> Iterator[Fault]:
    """What was published is still there, or leads on: letters and prints carry its address."""
    known = {_key(url) for url in (*page_urls(library), *(one.url for one in claims(library)))}
    for line, url in library.published:
        if _key(url) not in known:
            yield Fault(
                f"{sources.folder}/{PUBLISHED}",
                line,
                "địa chỉ",
                f"{url} đã công bố, nay không còn trang nào",
                f"thêm aliases: [{url}] vào tệp thay cho nó; bỏ hẳn thì xóa dòng này",
                "address_vanished",
                "warning",
            )


ADDRESS_CHECKS = (addresses_have_one_owner, published_pages_stay)


def moved(all_claims: Iterable[Claim]) -> dict[str, str]:
    """Return the new address by each old one."""
    return {one.url: one.target for one in all_claims if one.target}


Days = tuple[date, date]
"""The first and the last day on the site."""
ALWAYS: Days = (date.min, date.max)
_LINK = re.compile(r"\]\((/[^)\s#?]*)")
_OWN_NAME = (("id",), ("url",))
_AT_HOME = ("home", "questions")
"""Questions of the home page: one that is not on the site is passed over there."""


def nothing_outlives_what_it_names(library: Library, sources: Sources) -> Iterator[Fault]:
    """A page is named only by pages that are on the site within its days."""
    scheduled: tuple[FaqEntry | Product | PartnerPart | Page, ...]
    scheduled = (*library.faq, *library.products, *library.partners, *library.pages)
    passing = {
        name: _days(one) for one in scheduled if _days(one) != ALWAYS for name in (one.id, one.url)
    }
    own = {one.path: _days(one) for one in scheduled}
    own |= {sheet.path: (sheet.issued_on, date.max) for sheet in library.every_sheet}
    for tree in sources.by_file().values():
        begin, end = own.get(tree.file, ALWAYS)
        for path, text in tree.strings():
            for name in {text, *_LINK.findall(text)} & passing.keys():
                first, last = passing[name]
                allowed = path in _OWN_NAME or path[:2] == _AT_HOME
                if not allowed and (begin < first or last < end):
                    message = f"{name} chỉ có {_words(first, last)}, còn nơi nhắc đến nó có lâu hơn"
                    fix = "bỏ chỗ nhắc, hoặc đặt publish_from, publish_until nằm trong khoảng đó"
                    yield tree.fault(path, "outlives_page", message, fix)


def _days(one: Scheduled) -> Days:
    return one.publish_from or date.min, one.publish_until or date.max


def _words(first: date, last: date) -> str:
    begin = f"từ {first:%d/%m/%Y}" if first != date.min else ""
    end = f"đến {last:%d/%m/%Y}" if last != date.max else ""
    return f"{begin} {end}".strip()
