"""Products, what their files say, and the catalogues; prices stand in price sheets only."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from service_policy.earlier_versions import EarlierVersion, check_earlier
from service_policy.families import ANY_CODE
from service_policy.publication import Addressed, Scheduled
from service_policy.segments import GroupId
from service_policy.text import slugify
from service_policy.values import Count, Day, Model, NonEmpty, Slug, Text, fault

PositiveMm = Annotated[Count, Field(gt=0)]
"""A length in whole millimetres."""

PICTURE_NAME = r"^[a-z0-9]+(-[a-z0-9]+)*\.(svg|png|jpg)$"


def _picture_name(name: str) -> str:
    if re.fullmatch(PICTURE_NAME, name):
        return name
    stem, _, kind = name.rpartition(".")
    kind = {"jpeg": "jpg", "jpe": "jpg"}.get(kind.casefold(), kind.casefold())
    known = kind in ("svg", "png", "jpg")
    better = f"{slugify(stem) or 'hinh'}.{kind if known else 'jpg'}"
    save = "đổi tên tệp" if known else "mở bằng phần mềm ảnh, lưu lại"
    raise fault(
        "picture_name",
        "tên hình chỉ gồm a-z, 0-9, gạch nối, đuôi svg, png hoặc jpg",
        f"{save} thành {better}, và viết file: {better}",
    )


class Detail(Model):
    """One published figure or feature: ``Dung tích``, ``1,8 lít``.

    Products of a family that use the same ``name`` can be compared line by line. A feature that a
    product has or has not is written with the value ``có``.
    """

    name: Text
    value: Text

    def __str__(self) -> str:
        return self.name if self.value == "có" else f"{self.name} {self.value}"


class ProductLabel(Model):
    """What the law wants on the label, besides the name and who answers for the goods.

    Decree 43/2017/NĐ-CP, articles 10 and annex I, amended by Decree 111/2021/NĐ-CP; what the
    label must say has to stand where goods are shown (E-commerce Law 122/2025, article 16.1). The
    name is the product's; the company answers for all goods that this site shows.

    Attributes:
        contents: how much is in the box.
        made_on: where the buyer finds month and year of making: they differ from unit to unit.
        warnings: the warnings printed on the label, the gravest first.
        power: the electrical figures; goods without a plug have none.
        energy: the energy label, or why there is none; wanted of some families only
            (``Family.energy_label``).
    """

    origin: Text
    manufactured_at: Text
    standard: Text
    power: Text | None = None
    contents: Text
    made_on: Text
    warnings: Annotated[tuple[Text, ...], NonEmpty]
    energy: Text | None = None


class Part(Model):
    """A spare part that can be ordered."""

    name: Text
    note: Text | None = None


class ProductImage(Model):
    """A picture of the product: a file in ``san-pham/hinh/``, and its content in words.

    Who cannot see the picture reads ``alt``, so there is no picture without it (WCAG 1.1.1).
    """

    file: Annotated[Text, AfterValidator(_picture_name)]
    alt: Text


class CutOut(Model):
    """The opening that a built-in device needs, in millimetres.

    Attributes:
        place: in what it is cut or left free: a worktop, a cupboard.
        width_mm: from left to right, seen from the front.
        height_mm: from bottom to top; for a hob, what it takes below the worktop.
        depth_mm: from front to back.
        notes: what else must be free around it.
    """

    place: Text
    width_mm: PositiveMm
    height_mm: PositiveMm
    depth_mm: PositiveMm
    notes: tuple[Text, ...] = ()


class EndOfSale(Model):
    """How the sale of a product ends, as promised on the page about it.

    Attributes:
        announced_on: the day the end was announced.
        last_sale_on: the last day on which it is sold.
        replacement: the code of the product nearest to it, or None when there is none.
        replacement_note: where the replacement does not fit in the same place.
        parts_until: the last day on which spare parts are certain.
    """

    announced_on: Day
    last_sale_on: Day
    replacement: Text | None = None
    replacement_note: Text | None = None
    parts_until: Day

    @model_validator(mode="after")
    def _days_in_order(self) -> "EndOfSale":
        if not self.announced_on < self.last_sale_on < self.parts_until:
            raise fault(
                "dates_reversed",
                "ngày công bố, ngày bán cuối, ngày hết linh kiện không theo thứ tự",
                "announced_on trước last_sale_on, last_sale_on trước parts_until",
            )
        return self


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
