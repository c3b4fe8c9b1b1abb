"""Products and the catalogues that present them; prices stand in price sheets only."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from service_policy.earlier_versions import EarlierVersion, check_earlier
from service_policy.families import ANY_CODE
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
from service_policy.values import Count, Day, NonEmpty, Slug, Text, fault


class Product(Scheduled):
    """A product; its price stands in the price sheets only.

    ``parts_note`` says how long spare parts are kept while the product is sold; once the end of
    its sale is decided, ``end_of_sale`` says it to the day. A discontinued product keeps its page
    for as long as there are parts.
    """

    id: Annotated[str, Field(pattern=rf"^{ANY_CODE}$")]
    name: Text
    family: Slug
    product_group: GroupId
    details: Annotated[tuple[Detail, ...], NonEmpty]
    unit: Text
    warranty_months: Annotated[Count, Field(gt=0)]
    service_place: Literal["home", "center", "exchange", "site"]
    label: ProductLabel
    parts: tuple[Part, ...] = ()
    parts_note: Text | None = None
    images: tuple[ProductImage, ...] = ()
    cut_out: CutOut | None = None
    manual_note: Text | None = None
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
    family: Slug | None = None
    issued_on: Day
    valid_to: Day
    version: Annotated[Count, Field(gt=0)]
    earlier: tuple[EarlierVersion, ...] = ()
    summary: Text
    products: Annotated[tuple[Text, ...], NonEmpty]
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
