"""Reading a content folder: parse everything, fill placeholders, validate, cross-check."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from service_policy.calendar import BusinessCalendar
from service_policy.commitments import Commitment
from service_policy.company import Company
from service_policy.content import placeholders, prose
from service_policy.content.cross import Sources, cross_check
from service_policy.content.faults import ContentErrors, Fault
from service_policy.content.files import attach_csv, read_data, read_document
from service_policy.content.library import Library, price_on
from service_policy.content.tree import Tree
from service_policy.content.validate import validate
from service_policy.documents import (
    FAMILIES,
    TOPICS,
    Catalogue,
    ComplaintCategories,
    FaqEntry,
    HolidayList,
    Page,
    PartnerPart,
    PriceSheet,
    Product,
    ServiceElements,
    WarrantyProcedure,
)
from service_policy.legal import LegalReferences
from service_policy.policy import Policy, fingerprint_of
from service_policy.segments import Matrix
from service_policy.values import Model

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
DATA: dict[str, type[Model]] = {
    "cong-ty.yaml": Company,
    "phan-khuc.yaml": Matrix,
    "can-cu.yaml": LegalReferences,
    "khieu-nai.yaml": ComplaintCategories,
    "lich-nghi.yaml": HolidayList,
    "yeu-to-dich-vu.yaml": ServiceElements,
}
"""Data files and the model of each."""
IGNORED = frozenset({"HUONG-DAN.md", "tu-dong-nghia.yaml", "ket-qua"})
"""Names in the folder that other readers own (the guide, search synonyms, scorecards)."""
DATA_FIELDS = ("id", "path", "version", "basis", "examples", "effective_from", "effective_to")
"""Top-level fields of a commitment that may carry numbers: they are data or law."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass
class _Reading:
    """What has been read so far."""

    folder: Path
    today: date
    faults: list[Fault] = field(default_factory=list)
    documents: dict[str, list[Tree]] = field(default_factory=dict)
    data: dict[str, Tree] = field(default_factory=dict)
    broken: set[int] = field(default_factory=set)

    def all_documents(self) -> Iterable[tuple[str, Tree]]:
        for kind, trees in self.documents.items():
            for tree in trees:
                yield kind, tree

    def model(self, kind: type[M], tree: Tree, *, report: bool = True) -> M | None:
        """Validate ``tree``; a broken one is reported once and stays broken."""
        if id(tree) in self.broken:
            return None
        made, faults = validate(kind, tree)
        if faults and report:
            self.faults += faults
            self.broken.add(id(tree))
        return made


def read(folder: Path, today: date) -> Library:
    """Read and check a content folder.

    Args:
        folder: the content folder.
        today: the day the content is published for; decides which versions, prices and laws hold.

    Raises:
        ContentErrors: the content has errors; all of them are named.
    """
    library, faults = _read(folder, today)
    errors = [fault for fault in faults if fault.level == "error"]
    if library is None or errors:
        raise ContentErrors(errors)
    return library


def check(folder: Path, today: date) -> list[Fault]:
    """Return every error and warning of a content folder, sorted by file and line."""
    return sorted(set(_read(folder, today)[1]))


def _read(folder: Path, today: date) -> tuple[Library | None, list[Fault]]:
    reading = _Reading(folder, today)
    _parse_everything(reading)
    _check_prose(reading)
    _refuse_duplicate_ids(reading)
    data = {name: reading.model(kind, reading.data[name]) for name, kind in DATA.items()}
    company, matrix = data["cong-ty.yaml"], data["phan-khuc.yaml"]
    if isinstance(company, Company) and isinstance(matrix, Matrix):
        _fill(reading, company, matrix)
    library = _assemble(reading, data)
    if library is None:
        return None, reading.faults
    reading.faults += cross_check(library, _sources(reading))
    warnings = tuple(sorted({fault for fault in reading.faults if fault.level == "warning"}))
    return replace(library, warnings=warnings), reading.faults


def _parse_everything(reading: _Reading) -> None:
    folder = reading.folder
    for name in DATA:
        shown = f"{folder.name}/{name}"
        if (folder / name).is_file():
            reading.data[name], faults = read_data(folder / name, shown)
            _note(reading, reading.data[name], faults)
        else:
            reading.data[name] = Tree(shown)
            missing = Fault(
                shown, 1, "tệp", "thiếu tệp này", "tạo tệp theo HUONG-DAN.md", "missing_file"
            )
            _note(reading, reading.data[name], [missing])
    for kind in DOCUMENTS:
        trees = reading.documents.setdefault(kind, [])
        for file in sorted((folder / kind).rglob("*.md")):
            tree, faults = read_document(file, f"{folder.name}/{file.relative_to(folder)}")
            if kind == "bang-gia":
                faults += attach_csv(tree, folder, file)
            _note(reading, tree, faults)
            trees.append(tree)
    for entry in sorted(folder.iterdir()):
        if entry.name not in {*DOCUMENTS, *DATA, *IGNORED} and not entry.name.startswith("."):
            fix = "chuyển vào đúng thư mục hoặc xóa"
            name = f"{folder.name}/{entry.name}"
            reading.faults.append(Fault(name, 1, "tệp", "không ai đọc tệp này", fix, "stray_file"))


def _note(reading: _Reading, tree: Tree, faults: list[Fault]) -> None:
    reading.faults += faults
    if faults:
        reading.broken.add(id(tree))


def _check_prose(reading: _Reading) -> None:
    for kind, tree in reading.all_documents():
        commitment = kind == "cam-ket"
        warranty = kind in ("cam-ket", "bao-hanh") or tree.data.get("topic") == "bao-hanh"
        reading.faults += prose.check_phrases(tree, commitment=commitment, warranty=warranty)
        reading.faults += prose.check_markup(tree)
        if commitment:
            reading.faults += prose.check_numbers(tree, DATA_FIELDS)
    for tree in reading.data.values():
        reading.faults += prose.check_phrases(tree, commitment=False, warranty=False)
        reading.faults += prose.check_markup(tree)


def _refuse_duplicate_ids(reading: _Reading) -> None:
    seen: dict[tuple[str, Any], Tree] = {}
    for kind, tree in reading.all_documents():
        for name in ("id", "slug", "url"):
            value = tree.data.get(name)
            if value is None:
                continue
            if name == "id" and kind in ("cam-ket", "bang-gia"):
                value = f"{value} phiên bản {tree.data.get('version')}"
            key = (name if name == "id" else f"{kind}/{name}", value)
            if key in seen:
                first = seen[key].place((name,))
                message = f"“{value}” đã dùng ở {first[0]}:{first[1]}"
                reading.faults.append(
                    tree.fault((name,), "duplicate_id", message, "đặt giá trị khác")
                )
            seen.setdefault(key, tree)


def _fill(reading: _Reading, company: Company, matrix: Matrix) -> None:
    """Fill placeholders: first the promises' own, then everyone's."""
    names = placeholders.company_names(company)
    own: list[tuple[Tree, dict[str, str]]] = []
    for tree in reading.documents["cam-ket"]:
        commitment = reading.model(Commitment, tree)
        if commitment is not None:
            mine = placeholders.commitment_names(commitment, matrix)
            own.append((tree, mine))
            names |= {f"{commitment.id}.{name}": text for name, text in mine.items()}
    sheets = tuple(
        sheet
        for tree in reading.documents["bang-gia"]
        if (sheet := reading.model(PriceSheet, tree)) is not None
    )
    for tree in reading.documents["san-pham"]:
        product = reading.model(Product, tree)
        if product is not None:
            names |= placeholders.product_names(
                product, price_on(sheets, product.id, reading.today)
            )
    ignored = frozenset(
        str(tree.data.get("id"))
        for _, tree in reading.all_documents()
        if id(tree) in reading.broken
    )
    for tree, mine in own:
        reading.faults += placeholders.fill(tree, {**names, **mine}, ignored)
    mine_ids = {id(tree) for tree, _ in own}
    for _, tree in reading.all_documents():
        if id(tree) not in mine_ids:
            reading.faults += placeholders.fill(tree, names, ignored)


def _assemble(reading: _Reading, data: dict[str, Model | None]) -> Library | None:
    found: dict[str, list[Any]] = {}
    for kind, tree in reading.all_documents():
        made = reading.model(DOCUMENTS[kind], tree)
        if made is not None:
            found.setdefault(kind, []).append(made)
    if any(model is None for model in data.values()):
        return None
    company, matrix = data["cong-ty.yaml"], data["phan-khuc.yaml"]
    holidays, categories = data["lich-nghi.yaml"], data["khieu-nai.yaml"]
    legal, elements = data["can-cu.yaml"], data["yeu-to-dich-vu.yaml"]
    assert isinstance(company, Company) and isinstance(matrix, Matrix)
    assert isinstance(holidays, HolidayList) and isinstance(categories, ComplaintCategories)
    assert isinstance(legal, LegalReferences) and isinstance(elements, ServiceElements)
    versions = tuple(sorted(found.get("cam-ket", []), key=lambda one: (one.id, one.version)))
    policy = Policy(
        company=company,
        calendar=calendar_of(company, holidays),
        matrix=matrix,
        versions=versions,
        categories=categories.categories,
        fingerprint=fingerprint_of((*versions, matrix, categories, company.hours, holidays)),
    )
    topics, families = list(TOPICS), list(FAMILIES)
    return Library(
        policy=policy,
        today=reading.today,
        faq=tuple(sorted(found.get("hoi-dap", []), key=lambda e: (topics.index(e.topic), e.id))),
        warranty=tuple(sorted(found.get("bao-hanh", []), key=lambda p: (p.order, p.id))),
        products=tuple(
            sorted(found.get("san-pham", []), key=lambda p: (families.index(p.family), p.id))
        ),
        price_sheets=tuple(
            sorted(found.get("bang-gia", []), key=lambda s: (s.valid_from, s.id), reverse=True)
        ),
        catalogues=tuple(sorted(found.get("catalogue", []), key=lambda c: c.id)),
        partners=tuple(sorted(found.get("doi-tac", []), key=lambda p: (p.order, p.id))),
        pages=tuple(sorted(found.get("trang", []), key=lambda p: p.url)),
        elements=tuple(sorted(elements.elements, key=lambda e: e.number)),
        legal=legal,
        holidays=holidays,
        warnings=(),
    )


def calendar_of(company: Company, holidays: HolidayList) -> BusinessCalendar:
    """Build the business calendar from the company's hours and its decided days off."""
    return BusinessCalendar(
        hours=tuple((one.opens, one.closes) for one in company.hours.intervals),
        weekdays=frozenset(WEEKDAYS.index(day) for day in company.hours.weekdays),
        days_off={
            year.year: {day.date: day.name for day in year.days if not day.working}
            for year in holidays.years
        },
        working_days=frozenset(
            day.date for year in holidays.years for day in year.days if day.working
        ),
    )


def _sources(reading: _Reading) -> Sources:
    documents: dict[str, Tree] = {}
    for kind, tree in reading.all_documents():
        if kind == "cam-ket":
            documents[f"{tree.data.get('id')}/{tree.data.get('version')}"] = tree
        elif kind == "bang-gia":
            documents[tree.file] = tree
        else:
            documents[str(tree.data.get("id"))] = tree
    return Sources(documents, dict(reading.data))
