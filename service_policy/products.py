"""Products and the catalogues that present them; prices stand in price sheets only."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from service_policy.earlier_versions import EarlierVersion, check_earlier
from service_policy.publication import Scheduled
from service_policy.segments import GroupId
from service_policy.values import Count, Day, Few, Model, Slug, Text

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


class Product(Scheduled):
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


class Catalogue(Model):
    """A catalogue: some products presented together, without prices."""

    id: Annotated[str, Field(pattern=r"^CT-[A-Z0-9-]+$")]
    slug: Slug
    title: Text
    family: FamilyId | None = None
    issued_on: Day
    valid_to: Day
    version: Annotated[Count, Field(gt=0)]
    earlier: tuple[EarlierVersion, ...] = ()
    summary: Text
    products: Annotated[tuple[Text, ...], Few]
    body: Text
    path: str

    @model_validator(mode="after")
    def _versions_in_order(self) -> "Catalogue":
        check_earlier(self.version, self.issued_on, self.earlier)
        return self

    @property
    def url(self) -> str:
        """Where its page stands, root-relative."""
        return f"/catalogue/{self.slug}/"
