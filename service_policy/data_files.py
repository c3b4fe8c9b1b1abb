"""Data files of the content folder: categories, days off, terms, printed stock, taxes, laws."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field, model_validator

from service_policy.promises.clock import Quantity
from service_policy.register import IssueKind
from service_policy.values import (
    Count,
    Day,
    LegalRef,
    Model,
    NonEmpty,
    Percent,
    Slug,
    Text,
    TimeOfDay,
    Url,
    YesNo,
    fault,
)


class ComplaintCategory(Model):
    """A kind of complaint; its own deadlines may only shorten the commitments'.

    ``danger`` says that somebody may be hurt: such a case comes before all others, is never paused
    and never closed silently. ``refuse_under`` are the ids of the warranty procedures and pages
    whose published conditions may decide it; where there are none, it cannot be refused.
    ``discloses`` says that whoever answers it tells of the customer's invoices, debts or payments,
    so that staff have to make sure of the asker first. ``warranty`` says that it is about a repair
    or a refused warranty, which an indicator counts.
    """

    id: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    title: Text
    danger: YesNo = False
    first_answer: Quantity | None = None
    resolution: Quantity | None = None
    department: Slug
    ask_for: Text | None = None
    refuse_under: tuple[Text, ...] = ()
    discloses: YesNo = False
    warranty: YesNo = False


class ComplaintCategories(Model):
    """``khieu-nai.yaml``."""

    categories: Annotated[tuple[ComplaintCategory, ...], NonEmpty]


class ServiceElement(Model):
    """An element of customer service, and where it is answered or promised."""

    number: Count
    name: Text
    page: Url
    measure: Text
    commitments: tuple[Text, ...] = ()


class ServiceElements(Model):
    """``yeu-to-dich-vu.yaml``: the elements that the company has, in the order of their page."""

    elements: tuple[ServiceElement, ...] = ()


class DayOff(Model):
    """A day the company does not work, or (``working: true``) works although others do not."""

    date: Day
    name: Text
    working: YesNo = False


class CalendarYear(Model):
    """The days off of one year; ``confirmed`` says whether the company has decided them."""

    year: Count
    confirmed: YesNo
    days: Annotated[tuple[DayOff, ...], NonEmpty]


class DeadlineExample(Model):
    """Something received at a moment, and how long there is for it; its end is computed."""

    on: Day
    at: TimeOfDay
    within: Quantity


class HolidayList(Model):
    """``lich-nghi.yaml``."""

    years: Annotated[tuple[CalendarYear, ...], NonEmpty]
    examples: tuple[DeadlineExample, ...] = ()


class SynonymGroup(Model):
    """Ways of saying the same; ``north`` and ``south`` are the words of one part of the country."""

    words: tuple[Text, ...] = ()
    north: tuple[Text, ...] = ()
    south: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _at_least_two(self) -> "SynonymGroup":
        if len(self.phrases) < 2:
            raise fault("lonely_synonym", "nhóm chỉ có một cách nói", "thêm cách nói thứ hai")
        return self

    @property
    def phrases(self) -> tuple[str, ...]:
        """All ways of saying it."""
        return (*self.words, *self.north, *self.south)


class Synonyms(Model):
    """``tu-dong-nghia.yaml``: what customers type and what they mean by it."""

    abbreviations: dict[str, Annotated[tuple[Text, ...], NonEmpty]] = {}
    groups: tuple[SynonymGroup, ...] = ()


class Term(Model):
    """A word or phrase, what it means here, and the page that says more."""

    term: Text
    meaning: Text
    page: Url


class Terms(Model):
    """``thuat-ngu.yaml``."""

    terms: tuple[Term, ...] = ()

    def defines(self, words: str) -> bool:
        """Say whether a term is defined, whatever its capitals."""
        return any(one.term.casefold() == words.casefold() for one in self.terms)


StockKind = Literal[IssueKind, "hang-mau", "bang-gioi-thieu"]
"""Printed documents of the register, samples of goods, and sheets that introduce a product."""


class Norm(Model):
    """How many pieces of a kind every shop keeps for customers."""

    document: StockKind
    at_least: Annotated[Count, Field(gt=0)]


class Copies(Model):
    """How many pieces of a kind were counted."""

    document: StockKind
    count: Count


class Shop(Model):
    """A shop and its last count."""

    name: Text
    counted_on: Day
    copies: tuple[Copies, ...]

    def count(self, document: StockKind) -> int:
        """Return how many pieces there were; a kind that nobody counted has none."""
        return sum(one.count for one in self.copies if one.document == document)


class PrintedStock(Model):
    """``ton-an-pham.yaml``; who prints nothing has neither norms nor shops."""

    norms: tuple[Norm, ...] = ()
    shops: tuple[Shop, ...] = ()


class VatRate(Model):
    """A rate in percent and the days it holds; ``valid_to`` is None while no end is decided."""

    valid_from: Day
    valid_to: Day | None = None
    percent: Percent
    law: LegalRef

    def holds(self, day: date) -> bool:
        """Say whether the rate holds on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class VatClass(Model):
    """Goods and services that are taxed alike, with their rates in the order of time."""

    id: Slug
    name: Text
    rates: Annotated[tuple[VatRate, ...], NonEmpty]

    @model_validator(mode="after")
    def _without_gaps(self) -> "VatClass":
        for before, after in zip(self.rates, self.rates[1:], strict=False):
            if before.valid_to is None or after.valid_from != before.valid_to + timedelta(days=1):
                raise fault(
                    "vat_gap",
                    f"thuế suất nhóm {self.id} không nối tiếp nhau theo ngày",
                    "mức sau bắt đầu đúng một ngày sau khi mức trước kết thúc",
                )
        return self

    def on(self, day: date) -> VatRate | None:
        """Return the rate that holds on ``day``, or None when the table does not know."""
        return next((rate for rate in self.rates if rate.holds(day)), None)


class VatTable(Model):
    """``thue.yaml``: the classes and their dated rates (Law 48/2024/QH15, article 9)."""

    classes: Annotated[tuple[VatClass, ...], NonEmpty]

    def find(self, class_id: str) -> VatClass | None:
        """Return a class by its id, or None."""
        return next((one for one in self.classes if one.id == class_id), None)


class LegalReference(Model):
    """A law, decree or circular: its number, its days in force and what replaced it."""

    id: Slug
    title: Text
    short: Text
    number: Text
    effective_from: Day
    effective_to: Day | None = None
    successor: Slug | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "LegalReference":
        if self.effective_to and self.effective_to < self.effective_from:
            raise fault("dates_reversed", "hết hiệu lực trước khi có hiệu lực", "sửa lại ngày")
        return self

    def in_force(self, day: date) -> bool:
        """Say whether the reference is in force on ``day``."""
        ended = self.effective_to is not None and self.effective_to < day
        return self.effective_from <= day and not ended


class LegalReferences(Model):
    """``can-cu.yaml``."""

    references: Annotated[tuple[LegalReference, ...], NonEmpty]

    def get(self, citation: str) -> LegalReference | None:
        """Return the reference that a citation such as ``luat-19-2023:30.2`` names, or None."""
        wanted = citation.partition(":")[0]
        return next((one for one in self.references if one.id == wanted), None)

    def words(self, citation: str) -> str:
        """Say a citation in words: ``khoản 2 Điều 30 Luật …``.

        Raises:
            KeyError: no such reference.
        """
        reference = self.get(citation)
        if reference is None:
            raise KeyError(citation)
        article, *parts = citation.partition(":")[2].split(".")
        if not article:
            return reference.short
        labels = ("khoản", "điểm")
        inner = [f"{label} {part}" for label, part in zip(labels, parts, strict=False)]
        return " ".join([*reversed(inner), f"Điều {article}", reference.short])
