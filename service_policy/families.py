"""What a company sells and what people ask it: product families, and topics of questions."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from service_policy.values import LegalRef, Model, NonEmpty, Slug, Text, YesNo, fault

Drawing = Literal[
    "air-conditioner",
    "box",
    "device",
    "fan",
    "filter",
    "fryer",
    "hob",
    "hood",
    "kettle",
    "pot",
    "stove",
    "tools",
]
"""The line drawings of the theme (``macros/art.html``): any family may be shown by any of them."""


ANY_CODE = r"[A-Z0-9]{1,16}(-[A-Z0-9]{1,16}){0,3}"
"""What any product's code looks like: it stands in addresses, on labels and in searches."""


def _code_pattern(pattern: str) -> str:
    try:
        # Without brackets nothing repeats what repeats, so that no pattern takes long.
        known = re.fullmatch(r"[A-Z0-9\[\]{},?+-]+", pattern) and re.compile(pattern)
    except re.error:
        known = None
    if known is None:
        raise fault(
            "not_a_pattern",
            "không phải mẫu mã sản phẩm",
            "viết [A-Z] cho một chữ hoa, [0-9] cho một chữ số, {2,3} cho hai đến ba lần, "
            'ví dụ "[A-Z]{2,3}-[0-9]{2,5}"; không cần mẫu thì xóa dòng này',
        )
    return pattern


CodePattern = Annotated[Text, AfterValidator(_code_pattern)]
"""The shape of a company's product codes: letters, digits, ``[A-Z]``, ``{2,3}``, ``?``, ``+``."""


class Family(Model):
    """A product family; families stand in the order of the price sheet.

    ``drawing`` is the line drawing beside its name. ``energy_label`` says that the law wants an
    energy label on its products, and ``law`` which one does.
    """

    id: Slug
    name: Text
    drawing: Drawing = "box"
    energy_label: YesNo = False
    law: LegalRef | None = None

    @model_validator(mode="after")
    def _demanded_by_somebody(self) -> "Family":
        if self.energy_label and self.law is None:
            raise fault(
                "no_law",
                "energy_label: true mà chưa ghi văn bản nào đòi nhãn năng lượng",
                "thêm law: mã văn bản trong can-cu.yaml, ví dụ law: qd-04-2017",
            )
        return self


class Topic(Model):
    """A topic of questions and answers, and the letters of its entries' codes.

    Entries of a topic about ``warranty`` are held to what warranty texts must not say.
    """

    id: Slug
    name: Text
    prefix: Annotated[str, Field(pattern=r"^[A-Z]{2,4}$")]
    warranty: YesNo = False


class Topics(Model):
    """``chu-de.yaml``: the topics in the order of the page."""

    topics: Annotated[tuple[Topic, ...], NonEmpty]
