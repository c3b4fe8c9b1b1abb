"""Products and the catalogues that present them; prices stand in price sheets only."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from service_policy.earlier_versions import EarlierVersion, check_earlier
from service_policy.product_facts import (
    CutOut,
    Detail,
    EndOfSale,
    Part,
    ProductImage,
    ProductLabel,
)
from service_policy.publication import Addressed, Scheduled
from service_policy.segments import GroupId
from service_policy.values import Count, Day, Few, Slug, Text, fault

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


ENERGY_LABELLED = frozenset({"noi-com", "bep", "quat"})
"""Families of which the law wants an energy label: rice cookers, hobs, fans.

Decision 04/2017/QĐ-TTg; hobs were added by Decision 14/2023/QĐ-TTg.
"""


class Product(Scheduled):
    """A product; its price stands in the price sheets only.

    ``parts_note`` says how long spare parts are kept while the product is sold; once the end of
    its sale is decided, ``end_of_sale`` says it to the day. A discontinued product keeps its page
    for as long as there are parts.
    """

    id: Annotated[str, Field(pattern=r"^[A-Z]{2,3}-[A-Z0-9]{2,5}$")]
    name: Text
    family: FamilyId
    product_group: GroupId
    details: Annotated[tuple[Detail, ...], Few]
    unit: Literal["cái", "bộ"]
    warranty_months: Annotated[Count, Field(gt=0)]
    service_place: Literal["home", "center", "exchange", "site"]
    label: ProductLabel
    parts: tuple[Part, ...] = ()
    parts_note: Text | None = None
    images: tuple[ProductImage, ...] = ()
    cut_out: CutOut | None = None
    manual_note: Text
    status: Literal["current", "discontinued"]
    end_of_sale: EndOfSale | None = None
    dealer_minimum: Annotated[Count, Field(gt=0)] | None = None
    body: Text
    path: str

    @model_validator(mode="after")
    def _end_is_told(self) -> "Product":
        if self.status == "discontinued" and self.end_of_sale is None:
            raise fault(
                "no_end_of_sale",
                "mã đã ngừng bán mà thiếu end_of_sale",
                "thêm end_of_sale: announced_on, last_sale_on, replacement, parts_until",
            )
        if self.family in ENERGY_LABELLED and self.label.energy is None:
            raise fault(
                "no_energy_label",
                "nhãn thiếu energy (nhãn năng lượng)",
                "thêm label.energy: mức trên nhãn năng lượng, hoặc vì sao không có",
            )
        return self

    @property
    def specs(self) -> tuple[str, ...]:
        """The details in words, one phrase each."""
        return tuple(str(detail) for detail in self.details)

    @property
    def manual_url(self) -> str:
        """The page with its instructions, made for printing."""
        return f"{self.url}huong-dan/"

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


class Catalogue(Addressed):
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
