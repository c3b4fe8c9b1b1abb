"""The library: everything the content folder says, validated and frozen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from service_policy.addresses import INDEXES, SERVER_PAGES, Declared
from service_policy.brand import Look, look_of
from service_policy.chrome import Chrome
from service_policy.company import Company
from service_policy.content.tree import Fault
from service_policy.data_files import (
    HolidayList,
    LegalReferences,
    PrintedStock,
    ServiceElement,
    Synonyms,
    Terms,
    VatTable,
)
from service_policy.documents import FaqEntry, Page, PartnerPart, WarrantyProcedure
from service_policy.families import Family
from service_policy.mystery import MysteryTasks
from service_policy.pictures import PictureFile
from service_policy.price_sheets import PriceSheet
from service_policy.products import Catalogue, Product
from service_policy.promise_issues import promise_issues
from service_policy.promises.commitment import Commitment
from service_policy.promises.policy import Policy
from service_policy.register import Issue, Register, register_of
from service_policy.scorecard import Snapshot
from service_policy.weekly_check import WeeklyCheck


@dataclass(frozen=True, slots=True)
class Assortment:
    """A product family with some products of it, in the order of their codes."""

    family: Family
    products: tuple[Product, ...]


@dataclass(frozen=True)
class Library:
    """What pages, search and forms are made from; tuples are in the order pages show them.

    Attributes:
        policy: the rules, for whoever decides about cases.
        today: the day the content was read for; price sheets are current or expired by it.
        warnings: faults that do not stop a build.
        price_sheets: the version that stands for each sheet today, the newest sheet first.
        price_sheet_versions: every issued version, those that were replaced included.
        scheduled_sheets: written, but not issued yet: nobody may see them before their day.
        scorecards: the published months, the earliest first.
        pictures: the files of all product pictures, by name.
        brand_files: the pictures of the company's look.
        checks: the weekly checks of the documents, the earliest first.
        published: (line, address) of everything that was ever published, from ``dia-chi.txt``.
    """

    policy: Policy
    today: date
    faq: tuple[FaqEntry, ...]
    warranty: tuple[WarrantyProcedure, ...]
    products: tuple[Product, ...]
    price_sheets: tuple[PriceSheet, ...]
    price_sheet_versions: tuple[PriceSheet, ...]
    scheduled_sheets: tuple[PriceSheet, ...]
    catalogues: tuple[Catalogue, ...]
    partners: tuple[PartnerPart, ...]
    pages: tuple[Page, ...]
    elements: tuple[ServiceElement, ...]
    legal: LegalReferences
    holidays: HolidayList
    synonyms: Synonyms
    vat: VatTable
    terms: Terms
    printed: PrintedStock
    chrome: Chrome
    mystery: MysteryTasks
    warnings: tuple[Fault, ...]
    scorecards: tuple[Snapshot, ...] = ()
    pictures: tuple[PictureFile, ...] = ()
    brand_files: tuple[PictureFile, ...] = ()
    checks: tuple[WeeklyCheck, ...] = ()
    published: tuple[tuple[int, str], ...] = ()
    declared: Declared | None = None

    @property
    def company(self) -> Company:
        """The company, as ``cong-ty.yaml`` describes it."""
        return self.policy.company

    @property
    def every_sheet(self) -> tuple[PriceSheet, ...]:
        """Every version of every price sheet, also those that nobody has published yet."""
        return (*self.price_sheet_versions, *self.scheduled_sheets)

    @property
    def commitments(self) -> tuple[Commitment, ...]:
        """The commitments in force today."""
        return self.policy.commitments(self.today)

    @property
    def last_check(self) -> WeeklyCheck | None:
        """The latest weekly check of the documents, or None before the first one."""
        return self.checks[-1] if self.checks else None

    @cached_property
    def indexes(self) -> Mapping[str, str]:
        """The pages that the builder makes, and what each is; nobody has a list of nothing."""
        return {
            url: what
            for url, (what, listed) in INDEXES.items()
            if not listed or any(getattr(self, name) for name in listed)
        }

    @cached_property
    def addresses(self) -> frozenset[str]:
        """The address of every page that a link may lead to: of the site, and of the forms."""
        return page_urls(self) | self.served_pages

    @property
    def served_pages(self) -> frozenset[str]:
        """The pages of the form server that are known."""
        return SERVER_PAGES | frozenset(self.declared.forms if self.declared else ())

    @cached_property
    def look(self) -> Look:
        """How pages refer to the company's pictures and colours."""
        return look_of(self.chrome.brand, {one.name: one for one in self.brand_files})

    @cached_property
    def register(self) -> Register:
        """Every issued version of every document that can be printed or downloaded."""
        return register_of(
            self.price_sheet_versions,
            self.price_sheets,
            self.catalogues,
            self.warranty,
            promise_issues(self.policy.versions, self.today),
        )

    @property
    def past_sheets(self) -> tuple[Issue, ...]:
        """Every version of a price sheet that holds no more."""
        sheets = (one for one in self.register.issues if one.kind == "bang-gia")
        return tuple(one for one in sheets if one.state(self.today) in ("superseded", "expired"))

    def product(self, code: str) -> Product | None:
        """Return a product by its code, or None."""
        return next((one for one in self.products if one.id == code), None)

    def by_family(self, products: Iterable[Product]) -> tuple[Assortment, ...]:
        """Return the families that have any of these products, each with its own of them."""
        kept = tuple(products)
        grouped = (
            Assortment(family, tuple(one for one in kept if one.family == family.id))
            for family in self.policy.matrix.families
        )
        return tuple(one for one in grouped if one.products)

    def picture(self, name: str) -> PictureFile:
        """Return what is known of a picture that a product names."""
        return next(one for one in self.pictures if one.name == name)


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
    return (
        frozenset(library.indexes)
        | {document.url for document in documents}
        | {product.manual_url for product in library.products}
        | {version.version_url for version in library.policy.versions}
        | {address for issue in issues for address in (issue.url, issue.page)}
    )


def price_on(sheets: tuple[PriceSheet, ...], code: str, day: date) -> int | None:
    """Return the price of ``code`` in the newest sheet current on ``day``, or None."""
    current = [sheet for sheet in sheets if sheet.state(day) == "current"]
    for sheet in sorted(current, key=lambda one: one.valid_from, reverse=True):
        line = sheet.line(code)
        if line is not None:
            return line.price_vnd
    return None
