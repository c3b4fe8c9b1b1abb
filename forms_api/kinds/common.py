"""Questions that several kinds ask: who it is, how to answer, about which thing."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from forms_api import inputs
from forms_api.inputs.contact import LONGEST_NAME, LONGEST_PHONE
from forms_api.kinds.field import Choice, Field, Setting, choices
from service_policy.segments import Matrix
from theme.words import CHANNELS

LONGEST_TEXT = 4000
"""Characters of a text that people write, after NFC."""
CONTACT_HINT = "Cần số điện thoại hoặc email, có một trong hai là đủ."
CONTACT = ("name", "phone", "email", "segment", "priority")
"""What a reader of the company is told first of a case."""


def code(name: str, label: str, about: str, hint: str = "", **more: Any) -> Field:
    """Ask for a number as it stands on a paper or a thing; ``more`` is as in ``Field``."""
    given = {"longest": 60, "width": "m", "reader": inputs.code, **more}
    return Field(name, label, "line", about, hint=hint, **given)


def page_of(text: str) -> str:
    """Return the page that an address says somebody came from; empty where it is none of ours."""
    try:
        return inputs.page_address(text)
    except inputs.BadInput:
        return ""


def where(needed: Callable[[Matrix], object]) -> Callable[[Field, Setting], Field | None]:
    """Ask a question only where the company has what it is about."""
    return lambda field, setting: field if needed(setting.policy.matrix) else None


def without_goods(label: str) -> Callable[[Field, Setting], Field]:
    """Put the question in these words where the company delivers no goods."""
    return lambda field, setting: (
        field if setting.policy.matrix.delivers else replace(field, label=label)
    )


def _segments(field: Field, setting: Setting) -> Field:
    """Ask what kind of customer it is; where there is one kind, nobody is asked.

    Whoever need not say it and does not is of the usual kind.
    """
    matrix = setting.policy.matrix
    listed = tuple(Choice(one.id, one.choice) for one in matrix.segments)
    *first, last = [one.inside for one in matrix.segments]

    def told(segment: str) -> str:
        found = matrix.segment(segment)
        return segment if found is None else found.choice

    return replace(
        field,
        widget="hidden" if matrix.one_segment else "radios",
        required=field.required and not matrix.one_segment,
        missing=f"Chọn Quý khách là {', '.join(first)} hay {last}.",
        about=field.about.format(usual=matrix.usual.id),
        choices=listed,
        default=matrix.usual.id,
        told=told,
    )


def _products(field: Field, setting: Setting) -> Field:
    """Offer the company's products; of nothing to choose from, any text is asked for."""
    policy = setting.policy
    groups = {
        family.name: tuple(
            Choice(one.id, f"{one.name} ({one.id})")
            for one in policy.products
            if one.family == family.id
        )
        for family in policy.matrix.families
    }
    groups = {name: listed for name, listed in groups.items() if listed}
    if not groups:
        return replace(field, label="Sản phẩm, dịch vụ", widget="line")
    return replace(field, groups=groups)


NAME = Field(
    "name",
    "Họ và tên",
    "line",
    "Full name of a person or a company in one field.",
    required=True,
    longest=LONGEST_NAME,
    autocomplete="name",
    width="l",
    missing="Nhập họ và tên.",
    reader=inputs.full_name,
)
PHONE = Field(
    "phone",
    "Số điện thoại",
    "phone",
    "Phone number as people write it, an extension (máy lẻ 12, ext 12) included; phone or email "
    "is needed.",
    depends=True,
    hint="Ví dụ 0912 345 678",
    longest=LONGEST_PHONE,
    autocomplete="tel",
    width="m",
    brief="Điện thoại",
)
EMAIL = Field(
    "email",
    "Email",
    "email",
    "E-mail address; phone or email is needed.",
    depends=True,
    hint="Chúng tôi gửi biên nhận tới đây ngay",
    longest=320,
    autocomplete="email",
    width="l",
)
SEGMENT = Field(
    "segment",
    "Quý khách là",
    "radios",
    "Who is asking; deadlines depend on it.",
    required=True,
    brief="Khách hàng",
    fit=_segments,
)
PRIORITY = Field(
    "priority",
    "Tôi cần được ưu tiên",
    "tick",
    "Asks for priority service; no reason is asked.",
    hint="Người cao tuổi, người khuyết tật, phụ nữ mang thai, nuôi con nhỏ… Chúng tôi không hỏi "
    "lý do.",
    brief="Cần ưu tiên",
)
PRODUCT = Field(
    "product_code",
    "Sản phẩm",
    "select",
    "Product code, such as NC-10M; any text is taken.",
    open=True,
    longest=60,
    width="l",
    reader=inputs.code,
    brief="Mã sản phẩm",
    told=str,
    fit=_products,
)
ORDER_NO = code(
    "order_no", "Mã đơn hàng", "Order number.", fit=without_goods("Mã đơn hoặc số phiếu việc")
)
PROVINCE = Field(
    "province",
    "Tỉnh, thành phố",
    "line",
    "Province or city.",
    longest=100,
    autocomplete="address-level1",
    width="l",
)
COMMUNE = Field(
    "commune",
    "Xã, phường",
    "line",
    "Commune or ward; names from before July 2025 are fine.",
    hint="Địa chỉ cũ cũng được",
    longest=100,
    autocomplete="address-level2",
    width="l",
)
DETAILS = Field(
    "details",
    "Nói thêm",
    "text",
    "Anything else that helps.",
    longest=LONGEST_TEXT,
    brief="Nội dung",
)
CHANNEL = Field("channel", "Kênh nhận", "select", choices=choices(CHANNELS))
"""Not asked on the public forms: which way a case came."""
