"""Cross-checks of what one file says about another: ids, codes and laws.

Which field names something of another file stands in one table, ``NAMED``.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from service_policy.content.library import Library, page_urls
from service_policy.content.tree import Fault, Path, Tree
from service_policy.content.unread import Unread
from service_policy.documents import FaqEntry, Page, PartnerPart, WarrantyProcedure
from service_policy.price_sheets import PriceSheet
from service_policy.products import Catalogue, Product
from service_policy.promises.commitment import Commitment
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
        *library.every_sheet,
        *library.catalogues,
        *library.warranty,
        *library.faq,
        *library.partners,
        *library.pages,
    )


@dataclass(frozen=True)
class Sources:
    """The trees behind the models: by the file of a document, by the name of a data file.

    ``unread`` tells which documents are not known, because their files have faults.
    """

    documents: Mapping[str, Tree]
    data: Mapping[str, Tree]
    folder: str = "content"
    unread: Unread = field(default_factory=Unread)

    def by_file(self) -> dict[str, Tree]:
        """Return every tree by the name of its file, as faults call it."""
        return {**self.documents, **{tree.file: tree for tree in self.data.values()}}

    def of(self, key: str) -> Tree:
        """Return the tree of a document, by its path, or of a data file."""
        found = self.documents.get(key) or self.data.get(key)
        return found if found is not None else Tree(key)


Known = Callable[[Library], Collection[str]]


def _coded(library: Library) -> Collection[str]:
    codes = {one.id for one in library.policy.versions} | {one.id for one in library.faq}
    return codes | {one.id for one in library.products}


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that fields name: what there is of it, and how a name of nothing is told.

    ``{choose}`` in the fix becomes the names that there are; ``besides`` are words that a field
    may hold as well.
    """

    known: Known
    message: str
    fix: str = "sửa mã"
    code: str = "unknown_reference"
    besides: tuple[str, ...] = ()


def _declared(what: str, known: Known, file: str) -> Thing:
    message, fix = f"không có {what} “{{name}}” trong {file}", f"{{choose}}; hoặc thêm vào {file}"
    return Thing(known, message, fix)


def _department(*besides: str) -> Thing:
    return Thing(
        lambda library: [one.id for one in library.company.departments],
        "không có phòng “{name}”",
        "{choose}",
        "unknown_department",
        besides,
    )


_CODE = Thing(_coded, "không có “{name}”")
_COMMITMENT = Thing(lambda one: {version.id for version in one.policy.versions}, "không có {name}")
_PRODUCT = Thing(lambda one: {each.id for each in one.products}, "không có sản phẩm {name}")
_GROUP = _declared("nhóm hàng", lambda one: one.policy.matrix.groups, "phan-khuc.yaml")
_FAMILY = _declared(
    "họ sản phẩm",
    lambda one: [family.id for family in one.policy.matrix.families],
    "phan-khuc.yaml",
)
_LAW = Thing(
    lambda library: {one.id for one in library.legal.references},
    "không có căn cứ “{name}”",
    "thêm vào can-cu.yaml hoặc sửa mã",
    "unknown_law",
)

NAMED: tuple[tuple[str, str, Thing], ...] = (
    ("phan-khuc.yaml", "matrix.*.commitment", _COMMITMENT),
    ("phan-khuc.yaml", "matrix.*.cells.*.product_groups.*", _GROUP),
    ("cam-ket", "scope.product_groups.*", _GROUP),
    ("cam-ket", "targets.*.product_groups.*", _GROUP),
    (
        "cam-ket",
        "targets.*.matrix",
        Thing(
            lambda library: [one.id for one in library.policy.matrix.matrix],
            "không có hàng “{name}” trong phan-khuc.yaml",
            "{choose}",
        ),
    ),
    ("cam-ket", "owner.department", _department()),
    ("san-pham", "product_group", _GROUP),
    ("san-pham", "family", _FAMILY),
    ("san-pham", "end_of_sale.replacement", _PRODUCT),
    ("catalogue", "family", _FAMILY),
    ("catalogue", "products.*", _PRODUCT),
    (
        "hoi-dap",
        "topic",
        _declared("chủ đề", lambda one: [topic.id for topic in one.policy.topics], "chu-de.yaml"),
    ),
    (
        "hoi-dap",
        "related.*",
        Thing(_coded, _CODE.message, "viết mã cam kết, câu hỏi hoặc sản phẩm có thật"),
    ),
    ("trang", "measures.*", Thing(_COMMITMENT.known, "không có cam kết {name}")),
    ("cong-ty.yaml", "handling.escalation.*.department", _department()),
    ("cong-ty.yaml", "routes.*.department", _department()),
    ("cong-ty.yaml", "decisions.negotiate.*", _department()),
    ("cong-ty.yaml", "decisions.*.department", _department()),
    ("cong-ty.yaml", "departments.*.limits.*.serves.*", _department("khach", "tat-ca")),
    ("khieu-nai.yaml", "categories.*.department", _department()),
    ("giao-dien.yaml", "home.commitments.*", _CODE),
    ("giao-dien.yaml", "home.questions.*", _CODE),
    (
        "giao-dien.yaml",
        "home.indicators.*",
        Thing(lambda _: {one.id for one in INDICATORS}, _CODE.message),
    ),
    ("yeu-to-dich-vu.yaml", "elements.*.commitments.*", _COMMITMENT),
    (
        "yeu-to-dich-vu.yaml",
        "elements.*.page",
        Thing(
            page_urls, "không có trang {name}", "viết trang đó hoặc sửa đường dẫn", "unknown_page"
        ),
    ),
    ("can-cu.yaml", "references.*.successor", _LAW),
    ("thue.yaml", "classes.*.rates.*.law", _LAW),
)
"""The folder or data file, the place of the field in it (``*`` is any item), and what it names."""


def names_exist(library: Library, sources: Sources) -> Iterator[Fault]:
    """Whatever a field names is there."""
    documents = [sources.of(one.path) for one in with_pages(library)]
    for where, place, thing in NAMED:
        known = thing.known(library)
        choose = f"chọn {', '.join(known)}" if known else "khai báo trước"
        own = [one for one in documents if one.file.startswith(f"{sources.folder}/{where}/")]
        for tree in [sources.data[where]] if where in sources.data else own:
            for path, said in _at(tree, place):
                # Of a citation such as `luat-19-2023:30.2` the law is named.
                if said.partition(":")[0] not in (*known, *thing.besides):
                    message, fix = thing.message.format(name=said), thing.fix.format(choose=choose)
                    yield tree.fault(path, thing.code, message, fix)


def _at(tree: Tree, place: str) -> Iterator[tuple[Path, str]]:
    """Yield the texts at a place, each with its path."""
    wanted = place.split(".")
    for path, text in tree.strings():
        if len(path) == len(wanted) and all(
            want in ("*", part) for want, part in zip(wanted, path, strict=True)
        ):
            yield path, text.strip()


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


def laws_are_in_force(library: Library, sources: Sources) -> Iterator[Fault]:
    """Every cited law is known and in force; a replaced one is a warning."""
    for tree in (*sources.documents.values(), sources.of("phan-khuc.yaml")):
        for path, text in tree.strings():
            if "law" not in path:
                continue
            reference = library.legal.get(text)
            if reference is None:
                yield tree.fault(path, _LAW.code, _LAW.message.format(name=text), _LAW.fix)
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


def conditions_exist(library: Library, sources: Sources) -> Iterator[Fault]:
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
                message = f"hai điều kiện cùng mã “{one.id}”"
                fix = "đặt mã khác"
                path = ("refusal_conditions", index, "id")
                yield sources.of(page.path).fault(path, "duplicate_condition", message, fix)
            seen.add(one.id)
