"""Reading a content folder: parse everything, fill placeholders, validate, cross-check."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from service_policy.addresses import Declared
from service_policy.content import placeholders
from service_policy.content.brand import read_brand
from service_policy.content.cross import cross_check
from service_policy.content.cross_references import Sources
from service_policy.content.data import calendar_of, example_names, read_data_files
from service_policy.content.library import Library, price_on
from service_policy.content.pictures import read_pictures
from service_policy.content.price_tables import attach_vat
from service_policy.content.published import read_published
from service_policy.content.reading import (
    DOCUMENTS,
    Data,
    Reading,
    check_prose,
    note,
    parse_everything,
    refuse_duplicate_ids,
)
from service_policy.content.scorecards import read_checks, read_scorecards
from service_policy.content.tree import ContentErrors, Fault, Tree
from service_policy.documents import Page, WarrantyProcedure
from service_policy.families import Family, Topic
from service_policy.handling import Clause
from service_policy.price_sheets import PriceSheet, standing
from service_policy.products import Product
from service_policy.promises.commitment import Commitment
from service_policy.promises.policy import Policy, fingerprint_of
from service_policy.publication import Scheduled
from service_policy.text import code_order
from service_policy.values import Model


def read(
    folder: Path, today: date, *, drafts: bool = False, declared: Declared | None = None
) -> Library:
    """Read and check a content folder.

    Args:
        folder: the content folder.
        today: the day the content is published for; decides which versions, prices and laws hold.
        drafts: read drafts, and what is to be published later, as though their day had come.
        declared: the forms that the portal has, which the content has to agree with; who does not
            know them leaves that unjudged.

    Raises:
        ContentErrors: the content has errors; all of them are named.
    """
    library, faults = read_all(folder, today, drafts=drafts, declared=declared)
    errors = [fault for fault in faults if fault.level == "error"]
    if library is None or errors:
        raise ContentErrors(errors)
    return library


def read_sound(folder: Path, today: date) -> Library | None:
    """Return what is sound of a content folder, whatever else is wrong; None without its data."""
    return read_all(folder, today)[0] if folder.is_dir() else None


def check(
    folder: Path, today: date, *, drafts: bool = False, declared: Declared | None = None
) -> list[Fault]:
    """Return every error and warning of a content folder, sorted by file and line; see ``read``."""
    return sorted(set(read_all(folder, today, drafts=drafts, declared=declared)[1]))


def read_all(
    folder: Path, today: date, *, drafts: bool = False, declared: Declared | None = None
) -> tuple[Library | None, list[Fault]]:
    """Return what is sound of a content folder, and every fault and warning in it."""
    reading = parse_everything(folder, today, drafts=drafts)
    check_prose(reading)
    refuse_duplicate_ids(reading)
    data = read_data_files(reading)
    if data is not None:
        for tree in reading.documents["bang-gia"]:
            if id(tree) not in reading.broken:  # Otherwise any cell may stand in another's place.
                note(reading, tree, attach_vat(tree, data.vat))
        _fill(reading, data)
    else:
        # Without the tax table no price line is whole; that is not the fault of the sheet.
        reading.broken |= {id(tree) for tree in reading.documents["bang-gia"]}
    found: dict[str, list[Any]] = {kind: [] for kind in DOCUMENTS}
    for kind, tree in reading.all_documents():
        made = reading.model(DOCUMENTS[kind], tree)
        if made is not None:
            found[kind].append(made)
    if data is None:
        return None, reading.faults
    pictures, faults = read_pictures(reading.folder, reading.documents["san-pham"])
    # A picture of a product whose file has faults is not known to be unused.
    reading.faults += [
        fault
        for fault in faults
        if fault.code != "unused_picture" or "san-pham" not in reading.unread().kinds
    ]
    brand_files, faults = read_brand(folder, data.chrome.brand, reading.data["giao-dien.yaml"])
    reading.faults += faults
    # What is published later is checked today: its day comes at night, without an editor.
    aside: dict[str, Any] = {
        "scorecards": read_scorecards(reading),
        "checks": read_checks(reading),
        "pictures": pictures,
        "brand_files": brand_files,
        "published": read_published(folder),
        "declared": declared,
    }
    everything = replace(_assemble(reading, data, found), **aside)
    hidden = reading.unread()
    trees = {tree.file: tree for _, tree in reading.all_documents()}
    sources = Sources(trees, reading.data, folder.name, hidden)
    # A letter that paper lacks may stand in a value that is wrong in another way.
    told = {("unprintable", one.file, one.line) for one in reading.faults}
    reading.faults += [
        fault
        for fault in cross_check(everything, sources)
        if not hidden.hides(fault) and (fault.code, fault.file, fault.line) not in told
    ]
    shown = {
        kind: [one for one in all_of if _shown(one, reading)] for kind, all_of in found.items()
    }
    aside["warnings"] = tuple(sorted({one for one in reading.faults if one.level == "warning"}))
    return replace(_assemble(reading, data, shown), **aside), reading.faults


def _shown(one: Model, reading: Reading) -> bool:
    """Say whether a document is on the site; with drafts also one whose day is still to come."""
    if not isinstance(one, Scheduled):
        return True
    return one.shown_on(reading.today) or (
        reading.with_drafts and one.publish_from is not None and reading.today < one.publish_from
    )


def _fill(reading: Reading, data: Data) -> None:
    """Fill placeholders: first the promises' own, then everyone's."""
    names = placeholders.company_names(data.company)
    names |= example_names(data.holidays, calendar_of(data.company, data.holidays))
    own: list[tuple[Tree, dict[str, str]]] = []
    for tree in reading.documents["cam-ket"]:
        commitment = reading.model(Commitment, tree)
        if commitment is not None:
            mine = placeholders.commitment_names(commitment, data.matrix)
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
                product, price_on(standing(sheets, reading.today), product.id, reading.today)
            )
    ignored = reading.unread()
    for tree, mine in own:
        reading.faults += placeholders.fill(tree, {**names, **mine}, ignored)
    for kind, tree in reading.all_documents():
        # A commitment with faults has no names of its own; they are missed for that alone.
        if kind != "cam-ket":
            reading.faults += placeholders.fill(tree, names, ignored)


def _assemble(reading: Reading, data: Data, found: dict[str, list[Any]]) -> Library:
    versions = tuple(sorted(found["cam-ket"], key=lambda one: (code_order(one.id), one.version)))
    policy = Policy(
        company=data.company,
        calendar=calendar_of(data.company, data.holidays),
        matrix=data.matrix,
        versions=versions,
        categories=data.categories.categories,
        fingerprint=fingerprint_of(
            (
                *versions,
                data.matrix,
                data.categories,
                data.company.hours,
                data.company.handling,
                data.company.decisions,
                data.holidays,
            )
        ),
        outside=data.outside,
        clauses=_clauses(versions, found["bao-hanh"], found["trang"]),
        topics=data.topics.topics,
        banks=data.banks,
    )
    topics, families = _places(data.topics.topics), _places(data.matrix.families)
    all_sheets = sorted(
        found["bang-gia"], key=lambda one: (one.valid_from, one.id, one.version), reverse=True
    )
    sheets = tuple(sheet for sheet in all_sheets if sheet.issued_on <= reading.today)
    library = Library(
        policy=policy,
        today=reading.today,
        faq=tuple(sorted(found["hoi-dap"], key=lambda e: (topics[e.topic], code_order(e.id)))),
        warranty=tuple(sorted(found["bao-hanh"], key=lambda p: (p.order, code_order(p.id)))),
        products=tuple(sorted(found["san-pham"], key=lambda p: (families[p.family], p.id))),
        price_sheets=standing(sheets, reading.today),
        price_sheet_versions=sheets,
        scheduled_sheets=tuple(sheet for sheet in all_sheets if sheet not in sheets),
        catalogues=tuple(sorted(found["catalogue"], key=lambda c: c.id)),
        partners=tuple(sorted(found["doi-tac"], key=lambda p: (p.order, code_order(p.id)))),
        pages=tuple(sorted(found["trang"], key=lambda p: p.url)),
        elements=data.elements.elements,
        legal=data.legal,
        holidays=data.holidays,
        synonyms=data.synonyms,
        vat=data.vat,
        terms=data.terms,
        printed=data.printed,
        chrome=data.chrome,
        mystery=data.mystery,
        warnings=(),
    )
    # Whoever decides about a case knows what may be asked for, and of which group a product is.
    decided = replace(policy, register=library.register, products=library.products)
    return replace(library, policy=decided)


def _places(listed: Iterable[Family | Topic]) -> Mapping[str, int]:
    """Return the place of each id; one that nobody declared comes last, and is reported."""
    places = {one.id: place for place, one in enumerate(listed)}
    return defaultdict(lambda: len(places), places)


def _clauses(
    versions: tuple[Commitment, ...], procedures: list[WarrantyProcedure], pages: list[Page]
) -> tuple[Clause, ...]:
    """Collect every published condition: what excuses money, and what a refusal may stand on."""
    exemptions = [
        Clause(
            id=f"{one.id}.{part.id}",
            version=str(one.version),
            effective_from=one.effective_from,
            effective_to=one.effective_to,
            text=part.text,
            evidence=part.evidence,
            url=one.url,
            of="exemption",
        )
        for one in versions
        for part in one.exemptions
    ]
    exclusions = [
        Clause(
            id=f"{one.id}.{number}",
            version=one.effective_from.isoformat(),
            effective_from=one.effective_from,
            text=exclusion.case,
            evidence=exclusion.evidence,
            url=one.url,
            of="exclusion",
        )
        for one in sorted(procedures, key=lambda procedure: procedure.id)
        for number, exclusion in enumerate(one.exclusions, 1)
    ]
    conditions = [
        Clause(
            id=f"{page.id}.{one.id}",
            version=one.effective_from.isoformat(),
            effective_from=one.effective_from,
            effective_to=one.effective_to,
            text=one.text,
            evidence=one.evidence,
            url=page.url,
        )
        for page in sorted(pages, key=lambda one: one.id)
        for one in page.refusal_conditions
    ]
    return (*exemptions, *exclusions, *conditions)
