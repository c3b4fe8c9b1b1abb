"""The register of documents: every issued version, and whether it still holds.

A copy on paper carries its id, its version and an address of the register (``permalink``); the
page at that address says what this module says: current, announced, replaced by, or expired.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from service_policy.documents import WarrantyProcedure
from service_policy.price_sheets import PriceSheet, replaced_on
from service_policy.products import Catalogue

IssueState = Literal["next", "current", "superseded", "expired"]
IssueKind = Literal["bang-gia", "catalogue", "bao-hanh", "cam-ket"]

FORMATS: dict[IssueKind, tuple[str, ...]] = {
    "bang-gia": ("pdf", "xlsx", "csv"),
    "catalogue": ("pdf",),
    "bao-hanh": ("pdf",),
    "cam-ket": ("pdf",),
}
"""The formats in which each kind can be downloaded, the one for printing first."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One version of a document.

    Attributes:
        id: the document, such as ``BG-2026.11``.
        version: its number, from 1.
        series: documents that follow each other share it: the price list of each quarter.
        title: in words.
        url: the page that shows this version, root-relative.
        folder: where its files lie, root-relative: the same place before and after it is replaced,
            because whoever was sent the address of a file keeps it.
        issued_on: the day it was published.
        valid_from: its first day.
        valid_to: its last day, or None while no end is decided.
        replaced_on: the day a later version took its place, or None.
        has_files: whether this version can be downloaded (only its record may be left).
        lasting: a page of this one version for ever, where it has one.
    """

    id: str
    version: int
    kind: IssueKind
    series: str
    title: str
    url: str
    folder: str
    issued_on: date
    valid_from: date
    valid_to: date | None
    replaced_on: date | None
    has_files: bool = True
    lasting: str = ""

    @property
    def page(self) -> str:
        """The page of the document in the register, for all its versions."""
        return document_page(self.id)

    @property
    def permalink(self) -> str:
        """What a printed copy carries: the page of this version, or its document asked for it."""
        return self.lasting or f"{self.page}?v={self.version}"

    @property
    def files(self) -> dict[str, str]:
        """The downloads by format, root-relative."""
        if not self.has_files:
            return {}
        stem = f"{self.folder}{self.id}-v{self.version}"
        return {name: f"{stem}.{name}" for name in FORMATS[self.kind]}

    def state(self, day: date) -> IssueState:
        """Say whether this version holds on ``day``; a replaced one is replaced, not expired."""
        if self.replaced_on is not None and self.replaced_on <= day:
            return "superseded"
        if day < self.valid_from:
            return "next"
        return "expired" if self.valid_to is not None and self.valid_to < day else "current"

    def standing(self, day: date) -> str:
        """Say in brackets behind a title how it stands on ``day``; nothing while it holds."""
        return {
            "next": f" (áp dụng từ {self.valid_from:%d/%m/%Y})",
            "current": "",
            "superseded": f" (đã thay bằng phiên bản {self.version + 1})",
            "expired": " (hết hiệu lực)",
        }[self.state(day)]


@dataclass(frozen=True, slots=True)
class Register:
    """Every issue; those of one document stand together, the newest version first."""

    issues: tuple[Issue, ...]

    def of(self, document_id: str) -> tuple[Issue, ...]:
        """Return the versions of a document, the newest first; ids are told apart without case."""
        wanted = document_id.casefold()
        return tuple(one for one in self.issues if one.id.casefold() == wanted)

    def find(self, document_id: str, version: int) -> Issue | None:
        """Return one version of a document, or None."""
        return next((one for one in self.of(document_id) if one.version == version), None)

    def in_place_of(self, issue: Issue, day: date) -> Issue | None:
        """Return the copy that holds on ``day`` for whoever has ``issue`` in hand, or None."""
        current = [one for one in self.issues if one.state(day) == "current"]
        same = [one for one in current if one.id == issue.id]
        series = [one for one in current if (one.kind, one.series) == (issue.kind, issue.series)]
        return next(iter(same or series), None)


def document_page(document_id: str) -> str:
    """Return the address of a document's page in the register."""
    return f"/tai-lieu/{document_id.lower()}/"


def register_of(
    sheets: tuple[PriceSheet, ...],
    standing: tuple[PriceSheet, ...],
    catalogues: tuple[Catalogue, ...],
    procedures: tuple[WarrantyProcedure, ...],
    promises: tuple[Issue, ...] = (),
) -> Register:
    """Return the register of everything issued.

    Args:
        sheets: every issued version of the price sheets, the newest first.
        standing: those that stand for their sheet today, at the sheet's own address.
        catalogues: each with the record of its earlier versions.
        procedures: the warranty procedures, likewise.
        promises: the issues of commitments (``promise_issues``).
    """
    return Register(
        (
            *(_price_sheet(one, sheets, standing) for one in sheets),
            *(
                issue
                for one in catalogues
                for issue in _with_earlier(one, "catalogue", one.issued_on, one.valid_to)
            ),
            *(
                issue
                for one in procedures
                for issue in _with_earlier(one, "bao-hanh", one.effective_from, None)
            ),
            *promises,
        )
    )


def _price_sheet(
    sheet: PriceSheet, sheets: tuple[PriceSheet, ...], standing: tuple[PriceSheet, ...]
) -> Issue:
    stands = any(sheet is one for one in standing)
    return Issue(
        id=sheet.id,
        version=sheet.version,
        kind="bang-gia",
        series=sheet.series,
        title=sheet.title,
        url=sheet.url if stands else sheet.version_url,
        folder=sheet.url,
        issued_on=sheet.issued_on,
        valid_from=sheet.valid_from,
        valid_to=sheet.valid_to,
        replaced_on=replaced_on(sheet, sheets),
    )


def _with_earlier(
    one: Catalogue | WarrantyProcedure, kind: IssueKind, issued_on: date, valid_to: date | None
) -> Iterator[Issue]:
    """Yield a document and the records of its earlier versions, the newest first."""
    newest = Issue(
        id=one.id,
        version=one.version,
        kind=kind,
        series=one.id,
        title=one.title,
        url=one.url,
        folder=one.url,
        issued_on=issued_on,
        valid_from=issued_on,
        valid_to=valid_to,
        replaced_on=None,
    )
    yield newest
    next_day = issued_on
    for past in reversed(one.earlier):
        yield replace(
            newest,
            version=past.version,
            issued_on=past.issued_on,
            valid_from=past.issued_on,
            replaced_on=next_day,
            has_files=False,
        )
        next_day = past.issued_on
