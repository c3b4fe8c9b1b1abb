"""Cross-checks of what one file says about another: codes, laws and links."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from service_policy.commitments import Commitment
from service_policy.content.faults import Fault
from service_policy.content.library import Library
from service_policy.content.tree import Tree
from service_policy.content.unread import Unread
from service_policy.documents import FaqEntry, Page, PartnerPart, WarrantyProcedure
from service_policy.price_sheets import PriceSheet
from service_policy.products import Catalogue, Product
from service_policy.scorecard.indicators import INDICATORS

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
    yield from _home_exists(library, sources, known)
    yield from _conditions_exist(library, sources)
    for page in library.pages:
        for index, target in enumerate(page.measures):
            if target not in commitments:
                yield sources.of(page.id).fault(
                    ("measures", index), "unknown_reference", f"không có cam kết {target}", "sửa mã"
                )


def mentions_exist(library: Library, sources: Sources) -> Iterator[Fault]:
    """A code of a commitment or of a question that a text names belongs to one."""
    known = {one.id for one in library.policy.versions} | {one.id for one in library.faq}
    kinds = "|".join(sorted({one.rpartition("-")[0] for one in known}))
    # A case has such letters, too, and a year before its number: `KN-2026-0042` is no question.
    code = re.compile(rf"(?<![\w-])(?:{kinds})-[0-9]+(?![\w-])")
    for tree in sources.by_file().values():
        for path, text in tree.strings():
            for found in code.finditer(text):
                if found[0] not in known and text != found[0]:
                    yield tree.fault(
                        path,
                        "unknown_mention",
                        f"nhắc đến {found[0]}, mà không có mã này",
                        "sửa mã, hoặc bỏ chỗ nhắc",
                        lines_down=text.count("\n", 0, found.start()),
                    )


def _home_exists(library: Library, sources: Sources, known: set[str]) -> Iterator[Fault]:
    """Report codes of the home page that belong to nothing."""
    home = library.chrome.home
    for name, codes, there in (
        ("commitments", home.commitments, known),
        ("questions", home.questions, known),
        ("indicators", home.indicators, {one.id for one in INDICATORS}),
    ):
        for index, code in enumerate(codes):
            if code not in there:
                yield sources.of("giao-dien.yaml").fault(
                    ("home", name, index), "unknown_reference", f"không có “{code}”", "sửa mã"
                )


def laws_are_in_force(library: Library, sources: Sources) -> Iterator[Fault]:
    """Every cited law is known and in force; a replaced one is a warning."""
    citing = (*sources.documents.values(), sources.of("phan-khuc.yaml"))
    for tree in {id(tree): tree for tree in citing}.values():
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
