"""The raw side of reading: every file parsed, its prose checked, its ids compared."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_type_hints

from service_policy.banks import Banks
from service_policy.chrome import Chrome
from service_policy.company import Company
from service_policy.content import prose
from service_policy.content.conditions import check_conditions
from service_policy.content.dealer_prices import partner_names
from service_policy.content.drafts import check_drafts, take_draft
from service_policy.content.files import read_data, read_document
from service_policy.content.folder import TABLES, documents_in, is_dropping, shown, unread_in
from service_policy.content.price_tables import attach_table
from service_policy.content.published import FILE as PUBLISHED
from service_policy.content.published import left_of_a_merge
from service_policy.content.tree import Fault, Tree
from service_policy.content.unread import Unread, unread
from service_policy.content.validate import validate
from service_policy.data_files import (
    ComplaintCategories,
    HolidayList,
    LegalReferences,
    PrintedStock,
    ServiceElements,
    Synonyms,
    Terms,
    VatTable,
)
from service_policy.documents import FaqEntry, Page, PartnerPart, WarrantyProcedure
from service_policy.families import Topics
from service_policy.handling import OutsideBodies
from service_policy.mystery import MysteryTasks
from service_policy.price_sheets import PriceSheet
from service_policy.products import Catalogue, Product
from service_policy.promises.commitment import Commitment
from service_policy.segments import Matrix
from service_policy.values import Model, peel

M = TypeVar("M", bound=Model)

DOCUMENTS: dict[str, type[Model]] = {
    "cam-ket": Commitment,
    "bao-hanh": WarrantyProcedure,
    "bang-gia": PriceSheet,
    "catalogue": Catalogue,
    "san-pham": Product,
    "hoi-dap": FaqEntry,
    "doi-tac": PartnerPart,
    "trang": Page,
}
"""Folders of Markdown documents and the model of each."""


@dataclass(frozen=True)
class Data:
    """The data files, all of them valid, each with its name."""

    company: Annotated[Company, "cong-ty.yaml"]
    matrix: Annotated[Matrix, "phan-khuc.yaml"]
    topics: Annotated[Topics, "chu-de.yaml"]
    legal: Annotated[LegalReferences, "can-cu.yaml"]
    categories: Annotated[ComplaintCategories, "khieu-nai.yaml"]
    holidays: Annotated[HolidayList, "lich-nghi.yaml"]
    elements: Annotated[ServiceElements, "yeu-to-dich-vu.yaml"]
    synonyms: Annotated[Synonyms, "tu-dong-nghia.yaml"]
    outside: Annotated[OutsideBodies, "noi-khieu-nai.yaml"]
    vat: Annotated[VatTable, "thue.yaml"]
    terms: Annotated[Terms, "thuat-ngu.yaml"]
    printed: Annotated[PrintedStock, "ton-an-pham.yaml"]
    chrome: Annotated[Chrome, "giao-dien.yaml"]
    banks: Annotated[Banks, "ngan-hang.yaml"]
    mystery: Annotated[MysteryTasks, "khach-dong-vai.yaml"]


DATA: dict[str, type[Model]] = {
    notes[0]: model
    for model, notes in map(peel, get_type_hints(Data, include_extras=True).values())
}
"""Data files and the model of each, in the order of ``Data``."""
VERSIONED = ("cam-ket", "bang-gia")
"""Kinds of which every version keeps a file of its own."""
IGNORED = frozenset({"HUONG-DAN.md", "ket-qua", "kiem-tra", "thuong-hieu", PUBLISHED})
"""Names in the folder that other readers own (the guide; ``scorecards``, ``checks`` …)."""
DATA_FIELDS = (
    "id",
    "path",
    "version",
    "basis",
    "legal_minimum",
    "examples",
    "effective_from",
    "effective_to",
)
"""Top-level fields of a commitment that may carry numbers: they are data or law."""


@dataclass
class Reading:
    """What has been read so far: trees by kind, and the faults found in them.

    ``unreadable`` are files of other kinds than ``documents`` that have faults.
    """

    folder: Path
    today: date
    with_drafts: bool = False
    faults: list[Fault] = field(default_factory=list)
    documents: dict[str, list[Tree]] = field(default_factory=dict)
    data: dict[str, Tree] = field(default_factory=dict)
    broken: set[int] = field(default_factory=set)
    drafts: set[int] = field(default_factory=set)
    unreadable: list[tuple[str, Tree]] = field(default_factory=list)

    def all_documents(self) -> Iterable[tuple[str, Tree]]:
        """Yield every document with its kind."""
        for kind, trees in self.documents.items():
            for tree in trees:
                yield kind, tree

    def unread(self) -> Unread:
        """Return what is not known, because the files that say it have faults of their own."""
        broken = [(kind, tree) for kind, tree in self.all_documents() if id(tree) in self.broken]
        return unread([*broken, *self.unreadable], {(one.file, one.field) for one in self.faults})

    def model(self, kind: type[M], tree: Tree, *, report: bool = True) -> M | None:
        """Validate ``tree``; a broken one is reported once and stays broken."""
        if id(tree) in self.broken:
            return None
        made, faults = validate(kind, tree)
        if faults and report:
            self.faults += faults
            self.broken.add(id(tree))
        return made


def parse_everything(folder: Path, today: date, *, drafts: bool) -> Reading:
    """Parse every file of a content folder; faults are collected, nothing is raised."""
    reading = Reading(folder, today, drafts)
    for name, model in DATA.items():
        called = f"{folder.name}/{name}"
        if (folder / name).is_file():
            reading.data[name], faults = read_data(folder / name, called)
            note(reading, reading.data[name], faults)
            continue
        reading.data[name] = Tree(called)
        if any(field.is_required() for field in model.model_fields.values()):
            missing = Fault(
                called, 1, "tệp", "thiếu tệp này", "tạo tệp theo HUONG-DAN.md", "missing_file"
            )
            note(reading, reading.data[name], [missing])
    reading.faults += left_of_a_merge(folder)
    for kind in DOCUMENTS:
        used = _parse_kind(reading, kind)
        reading.faults += unread_in(folder, kind, used)
    for entry in sorted(folder.iterdir()):
        if entry.name not in {*DOCUMENTS, *DATA, *IGNORED} and not is_dropping(entry.name):
            fix = "chuyển vào đúng thư mục hoặc xóa"
            name = shown(entry, folder)
            reading.faults.append(Fault(name, 1, "tệp", "không ai đọc tệp này", fix, "stray_file"))
    return reading


def _parse_kind(reading: Reading, kind: str) -> set[Path]:
    """Parse the documents of a kind; returns the tables that belong to them."""
    folder, used = reading.folder, set[Path]()
    trees = reading.documents.setdefault(kind, [])
    for file in documents_in(folder, kind):
        tree, faults = read_document(file, shown(file, folder))
        draft, unclear = take_draft(tree)
        if "lines_from" in tree.data:
            used.add(file.parent / str(tree.data["lines_from"]))
        if draft and not reading.with_drafts:
            continue
        if draft:
            reading.drafts.add(id(tree))
        faults += unclear
        if kind == "bang-gia":
            faults += attach_table(tree, folder, file)
        note(reading, tree, faults)
        trees.append(tree)
    # A sheet with faults of syntax may name any table that lies beside it.
    if any(id(tree) in reading.broken for tree in trees):
        used |= {one for one in (folder / kind).rglob("*") if one.suffix.lower() in TABLES}
    return used


def note(reading: Reading, tree: Tree, faults: list[Fault]) -> None:
    """Keep the faults of a file; one that has any is broken."""
    reading.faults += faults
    if faults:
        reading.broken.add(id(tree))


def check_prose(reading: Reading) -> None:
    """Check phrases, markup and bare numbers in everything that was parsed."""
    partners = partner_names(reading.data["phan-khuc.yaml"])
    topics = reading.model(Topics, reading.data["chu-de.yaml"], report=False)
    held = {one.id for one in topics.topics if one.warranty} if topics else set()
    for kind, tree in (*reading.all_documents(), *reading.data.items()):
        commitment = kind == "cam-ket"
        warranty = kind in ("cam-ket", "bao-hanh") or str(tree.data.get("topic")) in held
        reading.faults += prose.check_phrases(
            tree, commitment=commitment, warranty=warranty, partners=partners
        )
        reading.faults += prose.check_markup(tree)
        reading.faults += prose.typed_hours(tree)
        if kind in DOCUMENTS:
            reading.faults += check_conditions(tree)
            reading.faults += check_drafts(tree, draft=id(tree) in reading.drafts)
        if commitment:
            reading.faults += prose.check_numbers(tree, DATA_FIELDS)


def refuse_duplicate_ids(reading: Reading) -> None:
    """Report ids, slugs and addresses that two documents share."""
    seen: dict[tuple[str, Any], Tree] = {}
    kinds: dict[Any, str] = {}
    for kind, tree in reading.all_documents():
        for name in ("id", "slug", "url"):
            value = tree.data.get(name)
            if not isinstance(value, str | int):
                continue  # There is none, or the model refuses it.
            if name == "id" and kinds.setdefault(value, kind) == kind and kind in VERSIONED:
                seen.setdefault((name, value), tree)
                value = f"{value} phiên bản {tree.data.get('version')}"
            key = (name if name == "id" else f"{kind}/{name}", value)
            if key in seen and not (name == "slug" and _versions_of_one(seen[key], tree)):
                first = seen[key].place((name,))
                message = f"“{value}” đã dùng ở {first[0]}:{first[1]}"
                reading.faults.append(
                    tree.fault((name,), "duplicate_id", message, "đặt giá trị khác")
                )
            seen.setdefault(key, tree)


def _versions_of_one(first: Tree, second: Tree) -> bool:
    """Say whether two files are versions of one document, or may be when one has no id."""
    ids = {first.data.get("id"), second.data.get("id")}
    return "version" in first.data and (len(ids) == 1 or None in ids)
