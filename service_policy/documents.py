"""The prose kinds: FAQ entries, warranty procedures, partner policy and pages."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from service_policy.earlier_versions import EarlierVersion, check_earlier
from service_policy.promises.clock import Quantity, Unit
from service_policy.publication import Announced, Scheduled
from service_policy.segments import SegmentId
from service_policy.values import (
    Count,
    Day,
    LegalRef,
    Model,
    Name,
    NonEmpty,
    Slug,
    Text,
    Url,
    fault,
)

FaqId = Annotated[str, Field(pattern=r"^[A-Z]{2,4}-\d+$")]


class FaqEntry(Scheduled):
    """A question and its answer; ``hoi_cach_khac`` is indexed and never shown."""

    id: FaqId
    slug: Slug
    topic: Slug
    segment: SegmentId | None = None
    question: Text
    hoi_cach_khac: Annotated[tuple[Text, ...], Field(min_length=4)]
    related: tuple[Text, ...] = ()
    source: Literal["gọi", "zalo", "phiếu", "tìm kiếm"]
    last_reviewed: Day
    body: Text
    path: str

    @property
    def url(self) -> str:
        """Where its page stands, root-relative."""
        return f"/hoi-dap/{self.slug}/"


class Deadline(Model):
    """A deadline of a procedure step: a quantity, or words such as ``tại chỗ``."""

    value: Count | None = None
    unit: Unit | None = None
    text: Text | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "Deadline":
        if self.text is None:
            Quantity.model_validate({"value": self.value, "unit": self.unit})
        elif self.value is not None:
            raise fault("unclear_deadline", "hạn phải có value và unit, hoặc text", "chọn một cách")
        return self

    def __str__(self) -> str:
        if self.text is not None:
            return self.text
        return str(Quantity.model_validate({"value": self.value, "unit": self.unit}))


class ProcedureStep(Model):
    """One step: who does what by when, and how to reach them."""

    who: Text
    what: Text
    deadline: Deadline
    contact: Text
    customer_sees: Text | None = None


class Exclusion(Model):
    """A case that is not repaired free of charge, and the evidence the company must show."""

    case: Text
    evidence: Text


class Right(Model):
    """A right of the customer and the law that gives it."""

    text: Text
    law: LegalRef


class WarrantyProcedure(Announced):
    """A warranty page with its steps, exclusions and rights."""

    id: Annotated[str, Field(pattern=r"^[A-Z]{2,4}-\d+$")]
    slug: Slug
    title: Text
    summary: Text
    earlier: tuple[EarlierVersion, ...] = ()
    last_reviewed: Day
    order: Count
    information_needed: tuple[Text, ...] = ()
    not_required: tuple[Text, ...] = ()
    steps: tuple[ProcedureStep, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    rights: tuple[Right, ...] = ()
    body: Text
    path: str

    @model_validator(mode="after")
    def _versions_in_order(self) -> "WarrantyProcedure":
        check_earlier(self.version, self.effective_from, self.earlier)
        return self

    @property
    def url(self) -> str:
        """Where its page stands, root-relative."""
        return f"/bao-hanh/{self.slug}/"


class PartnerItem(Model):
    """One point of the partner policy, both sides named."""

    ours: Text
    theirs: Text
    measure: Text
    if_missed: Text


class PartnerPart(Scheduled):
    """One of the four parts of the partner policy."""

    id: Annotated[str, Field(pattern=r"^DT-[A-Z0-9-]+$")]
    slug: Slug
    title: Text
    order: Count
    summary: Text
    effective_from: Day
    items: Annotated[tuple[PartnerItem, ...], NonEmpty]
    body: Text
    path: str

    @property
    def url(self) -> str:
        """Where its page stands, root-relative."""
        return f"/doi-tac/{self.slug}/"


class PageStep(Model):
    """A step of a procedure on a page."""

    step: Text
    who: Text
    deadline: Deadline
    contact: Text


class RefusalCondition(Model):
    """A published condition under which a request of this page may be refused.

    ``id`` is unique on the page; ``evidence`` is what the company must show. Each has a day of its
    own, so that a condition written today decides nothing that was filed yesterday.
    """

    id: Name
    text: Text
    evidence: Text
    effective_from: Day
    effective_to: Day | None = None


class Page(Scheduled):
    """Any other page of the site; its address is written out."""

    id: Slug
    title: Text
    url: Url
    summary: Text
    section: Literal[
        "phap-ly", "ho-tro", "giao-hang", "doi-tra", "san-pham", "doi-tac", "ve-chung-toi", "khac"
    ]
    effective_from: Day | None = None
    law: tuple[LegalRef, ...] = ()
    steps: tuple[PageStep, ...] = ()
    elements: tuple[Count, ...] = ()
    measures: tuple[Text, ...] = ()
    refusal_conditions: tuple[RefusalCondition, ...] = ()
    body: Text
    path: str
