"""Products, price sheets and catalogues; prices stand in price sheets only."""

from datetime import date
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field, model_validator

from service_policy.segments import GroupId
from service_policy.values import Count, Day, Few, Model, Percent, Slug, Text, Vnd, fault

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
        """The code as it stands in the address."""
        return self.id.lower()

    @property
    def url(self) -> str:
        """Where its page stands, root-relative."""
        return f"/san-pham/{self.slug}/"

    @property
    def title(self) -> str:
        """The name; every document has a title."""
        return self.name

    @property
    def family_name(self) -> str:
        """The family in words."""
        return FAMILIES[self.family]

    @property
    def service_place_name(self) -> str:
        """Where it is repaired, in words."""
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
        """Where its page stands, root-relative."""
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
        """Where its page stands, root-relative."""
        return f"/catalogue/{self.slug}/"
