"""The other content kinds: FAQ entries, procedures, products, price sheets, pages and data files."""

from datetime import date
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field, model_validator

from service_policy.clock import Quantity
from service_policy.segments import GroupId, SegmentId
from service_policy.values import (
    Count,
    Day,
    Few,
    LegalRef,
    Model,
    Percent,
    Slug,
    Text,
    Url,
    Vnd,
    YesNo,
    fault,
)

TOPICS: dict[str, str] = {
    "bao-hanh": "Bảo hành",
    "giao-hang": "Giao hàng",
    "hoa-don": "Hóa đơn",
    "gia-bao-gia": "Giá và báo giá",
    "ky-thuat": "Sử dụng và kỹ thuật",
    "doi-tra": "Đổi trả và hoàn tiền",
    "khieu-nai": "Khiếu nại và bồi thường",
    "dai-ly": "Đại lý",
    "du-an": "Dự án",
    "du-lieu": "Dữ liệu và trang web",
}
"""FAQ topics by id, in the order of the page."""

FAMILIES: dict[str, str] = {
    "noi-com": "Nồi cơm",
    "bep": "Bếp",
    "chien-nuong": "Chiên nướng",
    "am-may-xay": "Ấm và máy xay",
    "quat": "Quạt",
    "loc-nuoc": "Lọc nước",
    "hut-mui-rua-bat": "Hút mùi và rửa bát",
    "bep-cong-nghiep": "Bếp công nghiệp",
}
"""Product families by id, in the order of the price sheet."""

TopicId = Literal[
    "bao-hanh",
    "giao-hang",
    "hoa-don",
    "gia-bao-gia",
    "ky-thuat",
    "doi-tra",
    "khieu-nai",
    "dai-ly",
    "du-an",
    "du-lieu",
]
FamilyId = Literal[
    "noi-com",
    "bep",
    "chien-nuong",
    "am-may-xay",
    "quat",
    "loc-nuoc",
    "hut-mui-rua-bat",
    "bep-cong-nghiep",
]
FaqId = Annotated[str, Field(pattern=r"^[A-Z]{2}-\d{2}$")]


class FaqEntry(Model):
    """A question and its answer; ``hoi_cach_khac`` is indexed and never shown."""

    id: FaqId
    slug: Slug
    topic: TopicId
    segment: SegmentId
    question: Text
    hoi_cach_khac: Annotated[tuple[Text, ...], Field(min_length=4)]
    related: tuple[Text, ...] = ()
    source: Literal["gọi", "zalo", "phiếu"]
    last_reviewed: Day
    body: Text
    path: str

    @property
    def url(self) -> str:
        return f"/hoi-dap/{self.slug}/"

    @property
    def topic_name(self) -> str:
        return TOPICS[self.topic]


class Deadline(Model):
    """A deadline of a procedure step: a quantity, or words such as ``tại chỗ``."""

    value: Count | None = None
    unit: str | None = None
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


class WarrantyProcedure(Model):
    """A warranty page with its steps, exclusions and rights."""

    id: Annotated[str, Field(pattern=r"^BHP-\d{2}$")]
    slug: Slug
    title: Text
    summary: Text
    effective_from: Day
    last_reviewed: Day
    order: Count
    information_needed: tuple[Text, ...] = ()
    not_required: tuple[Text, ...] = ()
    steps: tuple[ProcedureStep, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    rights: tuple[Right, ...] = ()
    body: Text
    path: str

    @property
    def url(self) -> str:
        return f"/bao-hanh/{self.slug}/"


class ProductLabel(Model):
    """What the law wants on the label."""

    origin: Text
    manufactured_at: Text
    standard: Text
    power: Text


class Part(Model):
    """A spare part that can be ordered."""

    name: Text
    note: Text | None = None


class Product(Model):
    """A product; its price stands in the price sheets only."""

    id: Annotated[str, Field(pattern=r"^[A-Z]{2,3}-[A-Z0-9]{2,5}$")]
    name: Text
    family: FamilyId
    product_group: GroupId
    specs: Annotated[tuple[Text, ...], Few]
    unit: Literal["cái", "bộ"]
    warranty_months: Annotated[Count, Field(gt=0)]
    service_place: Literal["home", "center", "exchange", "site"]
    label: ProductLabel
    parts: tuple[Part, ...] = ()
    parts_until: Text | None = None
    manual_note: Text
    status: Literal["current", "discontinued"]
    dealer_minimum: Annotated[Count, Field(gt=0)]
    body: Text
    path: str

    @property
    def slug(self) -> str:
        return self.id.lower()

    @property
    def url(self) -> str:
        return f"/san-pham/{self.slug}/"

    @property
    def title(self) -> str:
        return self.name

    @property
    def family_name(self) -> str:
        return FAMILIES[self.family]

    @property
    def service_place_name(self) -> str:
        return {
            "home": "tại nhà",
            "center": "tại trung tâm, lấy và trả miễn phí",
            "exchange": "đổi ngang",
            "site": "tại công trình",
        }[self.service_place]


class PriceLine(Model):
    """A line of a price sheet; ``price_vnd`` includes VAT."""

    product_code: Text
    name: Text | None = None
    unit: Text
    price_vnd: Annotated[Vnd, Field(gt=0)]
    vat_percent: Percent
    warranty_months: Count | None = None
    dealer_minimum: Count | None = None

    @property
    def net_vnd(self) -> int:
        """The price without VAT, rounded half up to a đồng."""
        net = Fraction(self.price_vnd * 100) / (100 + self.vat_percent)
        return int(net + Fraction(1, 2))

    @property
    def vat_vnd(self) -> int:
        """The VAT in the price."""
        return self.price_vnd - self.net_vnd


class PriceSheet(Model):
    """A price sheet with its validity; an expired one never shows a price as current."""

    id: Annotated[str, Field(pattern=r"^BG-[A-Z0-9.-]+$")]
    version: Annotated[Count, Field(gt=0)]
    slug: Slug
    title: Text
    summary: Text | None = None
    valid_from: Day
    valid_to: Day
    approved_by: Text
    last_checked: Day
    conditions: tuple[Text, ...] = ()
    changes: Text | None = None
    lines: Annotated[tuple[PriceLine, ...], Few]
    body: Text
    path: str

    @model_validator(mode="after")
    def _in_order(self) -> "PriceSheet":
        if self.valid_to < self.valid_from:
            raise fault("dates_reversed", "ngày hết hạn trước ngày bắt đầu", "sửa valid_to")
        return self

    @property
    def url(self) -> str:
        return f"/bang-gia/{self.slug}/"

    def state(self, day: date) -> Literal["next", "current", "expired"]:
        """Say whether the sheet is current on ``day``."""
        if day < self.valid_from:
            return "next"
        return "current" if day <= self.valid_to else "expired"

    def line(self, product_code: str) -> PriceLine | None:
        """Return the line of a product, or None."""
        return next((line for line in self.lines if line.product_code == product_code), None)


class Catalogue(Model):
    """A catalogue: some products presented together."""

    id: Annotated[str, Field(pattern=r"^CT-[A-Z0-9-]+$")]
    slug: Slug
    title: Text
    family: FamilyId | None = None
    issued_on: Day
    version: Annotated[Count, Field(gt=0)]
    summary: Text
    products: Annotated[tuple[Text, ...], Few]
    body: Text
    path: str

    @property
    def url(self) -> str:
        return f"/catalogue/{self.slug}/"


class PartnerItem(Model):
    """One point of the partner policy, both sides named."""

    ours: Text
    theirs: Text
    measure: Text
    if_missed: Text


class PartnerPart(Model):
    """One of the four parts of the partner policy."""

    id: Annotated[str, Field(pattern=r"^DT-[A-Z0-9-]+$")]
    slug: Slug
    title: Text
    order: Count
    summary: Text
    effective_from: Day
    items: Annotated[tuple[PartnerItem, ...], Few]
    body: Text
    path: str

    @property
    def url(self) -> str:
        return f"/doi-tac/{self.slug}/"


class PageStep(Model):
    """A step of a procedure on a page."""

    step: Text
    who: Text
    deadline: Deadline
    contact: Text


class Page(Model):
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
    body: Text
    path: str


class ComplaintCategory(Model):
    """A kind of complaint; its own deadlines may only shorten the commitments'."""

    id: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    title: Text
    priority: Count
    first_answer: Quantity | None = None
    resolution: Quantity | None = None
    department: Slug
    ask_for: Text | None = None


class ComplaintCategories(Model):
    """``khieu-nai.yaml``."""

    categories: Annotated[tuple[ComplaintCategory, ...], Few]


class ServiceElement(Model):
    """One of the 24 elements of customer service, and where it is answered or promised."""

    number: Count
    name: Text
    page: Url
    measure: Text
    commitments: tuple[Text, ...] = ()


class ServiceElements(Model):
    """``yeu-to-dich-vu.yaml``."""

    elements: Annotated[tuple[ServiceElement, ...], Few]


class DayOff(Model):
    """A day the company does not work, or (``working: true``) works although others do not."""

    date: Day
    name: Text
    working: YesNo = False


class CalendarYear(Model):
    """The days off of one year; ``confirmed`` says whether the company has decided them."""

    year: Count
    confirmed: YesNo
    days: Annotated[tuple[DayOff, ...], Few]


class HolidayList(Model):
    """``lich-nghi.yaml``."""

    years: Annotated[tuple[CalendarYear, ...], Few]
