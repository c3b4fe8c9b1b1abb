"""Cross-checks of what one file says about another: codes, laws and links."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from service_policy.addresses import INDEXES, PARTNERS
from service_policy.commitments import Commitment
from service_policy.content.faults import Fault
from service_policy.content.library import Library
from service_policy.content.tree import Tree
from service_policy.content.unread import Unread
from service_policy.documents import FaqEntry, Page, PartnerPart, WarrantyProcedure
from service_policy.price_sheets import PriceSheet
from service_policy.products import Catalogue, Product

WithPage = (
    Commitment
    | Product
    | PriceSheet
    | Catalogue
    | WarrantyProcedure
    | FaqEntry
    | PartnerPart
    | Page
)


def with_pages(library: Library) -> tuple[WithPage, ...]:
    """Return every version of every document that has a page."""
    return (
        *library.policy.versions,
        *library.products,
        *library.price_sheet_versions,
        *library.scheduled_sheets,
        *library.catalogues,
        *library.warranty,
        *library.faq,
        *library.partners,
        *library.pages,
    )


@dataclass(frozen=True)
class Sources:
    """The trees behind the models: by id of a document, by name of a data file.

    ``unread`` tells which documents are not known, because their files have faults.
    """

    documents: Mapping[str, Tree]
    data: Mapping[str, Tree]
    folder: str = "content"
    unread: Unread = field(default_factory=Unread)

    def by_file(self) -> dict[str, Tree]:
        """Return every tree by the name of its file, as faults call it."""
        return {tree.file: tree for tree in (*self.documents.values(), *self.data.values())}

    def of(self, key: str) -> Tree:
        """Return the tree of a document or data file."""
        found = self.documents.get(key) or self.data.get(key)
        return found if found is not None else Tree(key)


def references_exist(library: Library, sources: Sources) -> Iterator[Fault]:
    """Every code that a document names belongs to something."""
    commitments = {one.id for one in library.policy.versions}
    products = {one.id for one in library.products}
    known = commitments | products | {one.id for one in library.faq}
    for entry in library.faq:
        for index, target in enumerate(entry.related):
            if target not in known:
                fix = "viết mã cam kết, câu hỏi hoặc sản phẩm có thật"
                message = f"không có “{target}”"
                yield sources.of(entry.id).fault(
                    ("related", index), "unknown_reference", message, fix
                )
    for catalogue in library.catalogues:
        for index, code in enumerate(catalogue.products):
            if code not in products:
                yield sources.of(catalogue.id).fault(
                    ("products", index), "unknown_reference", f"không có sản phẩm {code}", "sửa mã"
                )
    yield from _conditions_exist(library, sources)
    for page in library.pages:
        for index, target in enumerate(page.measures):
            if target not in commitments:
                yield sources.of(page.id).fault(
                    ("measures", index), "unknown_reference", f"không có cam kết {target}", "sửa mã"
                )


def laws_are_in_force(library: Library, sources: Sources) -> Iterator[Fault]:
    """Every cited law is known and in force; a replaced one is a warning."""
    for tree in {id(tree): tree for tree in sources.documents.values()}.values():
        for path, text in tree.strings():
            if "law" not in path:
                continue
            reference = library.legal.get(text)
            if reference is None:
                fix = "thêm vào can-cu.yaml hoặc sửa mã"
                yield tree.fault(path, "unknown_law", f"không có căn cứ “{text}”", fix)
            elif reference.effective_to is not None and library.today > reference.effective_to:
                day = reference.effective_to.strftime("%d/%m/%Y")
                message = f"{reference.short} hết hiệu lực từ {day}"
                if reference.successor is None:
                    yield tree.fault(
                        path, "expired_law", message, "thay bằng văn bản đang có hiệu lực"
                    )
                else:
                    fix = f"thay bằng {reference.successor}"
                    yield tree.fault(path, "replaced_law", message, fix, level="warning")
            elif library.today < reference.effective_from:
                day = reference.effective_from.strftime("%d/%m/%Y")
                message = f"{reference.short} đến {day} mới có hiệu lực"
                yield tree.fault(path, "future_law", message, "dùng văn bản đang có hiệu lực")


def page_urls(library: Library) -> frozenset[str]:
    """Return the address of every static page."""
    documents: tuple[Any, ...] = (
        *library.commitments,
        *library.faq,
        *library.products,
        *library.partners,
        *library.pages,
        *library.scorecards,
    )
    issues = library.register.issues
    partner = library.policy.matrix.allowed("partner")
    return (
        frozenset(url for url in INDEXES if partner or url != PARTNERS)
        | {document.url for document in documents}
        | {product.manual_url for product in library.products}
        | {version.version_url for version in library.policy.versions}
        | {address for issue in issues for address in (issue.url, issue.page)}
    )


def _conditions_exist(library: Library, sources: Sources) -> Iterator[Fault]:
    """Report where a complaint may be refused under a document that publishes no condition."""
    known = {one.source for one in library.policy.clauses if one.of != "exemption"}
    for number, category in enumerate(library.policy.categories):
        for index, source in enumerate(category.refuse_under):
            if source not in known:
                yield sources.of("khieu-nai.yaml").fault(
                    ("categories", number, "refuse_under", index),
                    "no_condition",
                    f"“{source}” không công bố điều kiện từ chối nào",
                    "viết mã của trang có refusal_conditions, hoặc của quy trình có exclusions; "
                    "trường hợp miễn bù của một cam kết không từ chối được việc gì",
                )
    for page in library.pages:
        seen: set[str] = set()
        for index, one in enumerate(page.refusal_conditions):
            if one.id in seen:
                yield sources.of(page.id).fault(
                    ("refusal_conditions", index, "id"),
                    "duplicate_condition",
                    f"hai điều kiện cùng mã “{one.id}”",
                    "đặt mã khác",
                )
            seen.add(one.id)
