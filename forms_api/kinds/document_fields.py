"""What is asked of whoever wants documents or a quote."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from forms_api import inputs
from forms_api.inputs import BadInput
from forms_api.inputs.contact import LONGEST_PHONE
from forms_api.kinds.common import DETAILS, PRODUCT
from forms_api.kinds.field import Choice, Field, Setting, choices

PURPOSES: Mapping[str, str] = {
    "buy": "Xem để mua",
    "quote": "Xin báo giá",
    "partner": "Làm đại lý, đối tác",
    "other": "Việc khác",
}
_FORMATS: Mapping[str, str] = {
    "pdf": "Tệp PDF",
    "xlsx": "Bảng tính XLSX",
    "web": "Liên kết tới trang",
    "print": "Bản in",
}
_WAYS: Mapping[str, str] = {
    "email": "Email, gửi ngay",
    "post": "Bưu điện, không thu phí",
    "fax": "Fax",
    "pick_up": "Nhận tại cửa hàng",
}
_EMAIL_WAITS = "Email, gửi khi hệ thống thư có lại (đang tạm dừng)"
_SHELVES = {
    "bang-gia": "Bảng giá",
    "catalogue": "Catalogue",
    "bao-hanh": "Thủ tục bảo hành",
    "cam-ket": "Bản cam kết",
}
MOST_COPIES = 500


def _documents(field: Field, setting: Setting) -> Field:
    """Offer every document of the register; any version's number of one is taken."""
    register = setting.policy.register
    groups: dict[str, dict[str, Choice]] = {title: {} for title in _SHELVES.values()}
    for issue in register.issues:
        choice = Choice(issue.id, f"{issue.title} ({issue.id})")
        groups[_SHELVES[issue.kind]].setdefault(issue.id, choice)

    def known(text: str) -> str:
        issues = register.of(inputs.code(text))
        if not issues:
            raise BadInput("Không có tài liệu này; chọn một tài liệu trong danh sách.")
        return issues[0].id

    listed = {title: tuple(found.values()) for title, found in groups.items() if found}
    return replace(field, groups=listed, reader=known)


def _purposes(field: Field, setting: Setting) -> Field:
    """Offer quotes and partnership where somebody has them."""
    offered = setting.policy.matrix.may_be_asked
    return replace(field, choices=tuple(one for one in field.choices if offered(one.value)))


def _lines(field: Field, setting: Setting) -> Field | None:
    if not setting.policy.matrix.allowed("quotes"):
        return None
    return field if setting.policy.products else replace(field, label="Việc cần báo giá")


def _ways(field: Field, setting: Setting) -> Field:
    if not setting.letters_wait:
        return field
    return replace(field, choices=choices({**_WAYS, "email": _EMAIL_WAITS}))


_DOCUMENT = Field(
    "id",
    "Tài liệu",
    "select",
    "Id of a document in the register, such as BG-2026.11.",
    required=True,
    missing="Chọn một tài liệu.",
    open=True,
    empty="Không thêm",
    width="l",
    fit=_documents,
)
WHAT = (
    Field(
        "document_ids",
        "Tài liệu cần nhận",
        "rows",
        "Ids of documents in the register (such as BG-2026.11, see /tai-lieu/), needed unless "
        "a quote is asked for, or details name another one. Of an expired or replaced one today's "
        "copy is sent.",
        hint="Bản cũ hoặc hết hiệu lực: chúng tôi gửi bản đang hiệu lực và nói rõ. Chỉ xin báo "
        "giá thì bỏ trống.",
        columns=(_DOCUMENT,),
        count=3,
        brief="Tài liệu",
        told="; ".join,
    ),
    Field(
        "version_shown",
        "Phiên bản đang có",
        "hidden",
        "Version of the first document that the asker has in hand.",
        reader=inputs.count,
        integer=True,
    ),
    Field(
        "purpose",
        "Quý khách xin để làm gì?",
        "radios",
        "What the documents are for; ``quote`` asks for a quote and needs lines.",
        required=True,
        missing="Chọn Quý khách xin để làm gì.",
        choices=choices(PURPOSES),
        brief="Để làm gì",
        fit=_purposes,
    ),
    replace(DETAILS, longest=2000),
)
QUOTE = Field(
    "quote_lines",
    "Sản phẩm cần báo giá",
    "rows",
    "Lines to be quoted. It is a request, not an order and not a contract.",
    columns=(
        replace(PRODUCT, required=True, missing="Chọn sản phẩm."),
        Field(
            "quantity",
            "Số lượng",
            "number",
            "How many, a whole number from 1.",
            required=True,
            missing="Ghi số lượng.",
            width="s",
        ),
        Field(
            "unit",
            "Đơn vị",
            "line",
            "Unit; cái when left out.",
            longest=20,
            width="s",
            default="cái",
        ),
    ),
    count=5,
    brief="Hàng cần báo giá",
    fit=_lines,
)
WAY = (
    Field(
        "send_by",
        "Cách nhận",
        "radios",
        "How the documents come; e-mail goes out at once.",
        required=True,
        missing="Chọn cách nhận tài liệu.",
        choices=choices(_WAYS),
        brief="Gửi qua",
        fit=_ways,
    ),
    Field(
        "format",
        "Dạng tài liệu",
        "select",
        "Format; a document without it comes as PDF.",
        choices=choices(_FORMATS),
        default="pdf",
        empty="Tệp PDF",
        width="m",
        brief="Dạng",
    ),
    Field(
        "address",
        "Địa chỉ nhận bưu điện",
        "line",
        "Postal address, needed for ``post``.",
        depends=True,
        longest=300,
        autocomplete="address-line1",
        brief="Địa chỉ nhận",
    ),
    Field(
        "fax",
        "Số fax",
        "phone",
        "Fax number, needed for ``fax``.",
        depends=True,
        longest=LONGEST_PHONE,
        width="m",
    ),
    Field(
        "shop",
        "Cửa hàng đến lấy",
        "line",
        "Shop or place, needed for ``pick_up``.",
        depends=True,
        hint="Tên cửa hàng, hoặc tỉnh và xã, phường để chúng tôi tìm nơi gần nhất",
        longest=200,
        brief="Cửa hàng nhận",
    ),
    Field(
        "copies",
        "Số bản in",
        "number",
        f"Printed copies, up to {MOST_COPIES}.",
        width="s",
        brief="Số bản",
        reader=partial(inputs.count, most=MOST_COPIES),
    ),
    Field(
        "need_by",
        "Cần trước ngày",
        "day",
        "Day by which they are needed, today or later; ISO or day/month/year.",
        hint="Ví dụ 30/11/2026",
        longest=40,
        width="m",
        coming=True,
    ),
)
