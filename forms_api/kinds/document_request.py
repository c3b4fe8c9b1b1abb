"""``/gui/tai-lieu/``: ask for documents, or for a quote, or for both.

The address may bring the id of a document (``ma``) and the version that the asker has in hand
(``v``), as the page of each document does.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from forms_api import inputs
from forms_api.inputs import BadInput
from forms_api.inputs.contact import LONGEST_PHONE
from forms_api.kinds.common import (
    CONTACT_HINT,
    DETAILS,
    EMAIL,
    NAME,
    PHONE,
    PRODUCT,
    SEGMENT,
)
from forms_api.kinds.field import Choice, Field, Setting, choices
from forms_api.kinds.kind import Kind
from forms_api.kinds.questions import Answers, Section
from service_policy.cases.commands import DocumentsWanted
from service_policy.policy import Policy

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
_SHELVES = {"bang-gia": "Bảng giá", "catalogue": "Catalogue", "bao-hanh": "Thủ tục bảo hành"}
_NEEDED = {
    "email": ("email", "Nhập email để nhận tài liệu."),
    "post": ("address", "Nhập địa chỉ để gửi bưu điện."),
    "fax": ("fax", "Nhập số fax."),
    "pick_up": ("shop", "Ghi cửa hàng hoặc nơi Quý khách muốn đến lấy."),
}
"""By way of sending: the answer that it needs, and what to do about a missing one."""
MOST_COPIES = 500


def _issued(field: Field, setting: Setting) -> Field | None:
    """Ask for documents where any was issued."""
    return field if setting.policy.register.issues else None


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
    """Offer quotes and partnership where somebody has them; nothing else without documents."""
    matrix, issued = setting.policy.matrix, setting.policy.register.issues
    needs = {"quote": matrix.allowed("quotes"), "partner": matrix.allowed("partner")}
    offered = tuple(
        one
        for one in field.choices
        if needs.get(one.value, True) and (issued or one.value == "quote")
    )
    return replace(field, choices=offered)


def _lines(field: Field, setting: Setting) -> Field | None:
    if not setting.policy.matrix.allowed("quotes"):
        return None
    return field if setting.policy.products else replace(field, label="Việc cần báo giá")


def _ways(field: Field, setting: Setting) -> Field:
    if not setting.letters_wait:
        return field
    return replace(field, choices=choices({**_WAYS, "email": _EMAIL_WAITS}))


def _judge(answers: Answers) -> None:
    """Judge what depends on another answer: the way, and what a quote is about."""
    needed, message = _NEEDED.get(answers.get("send_by"), ("", ""))
    if needed and answers.get(needed) is None and not answers.faulty(needed):
        answers.add(needed, message)
    purpose, lines = answers.get("purpose"), answers.get("quote_lines")
    lines = lines or answers.faulty("quote_lines")
    documents = answers.get("document_ids") or answers.faulty("document_ids")
    if not documents and not lines and purpose != "quote":
        answers.add("document_ids" if answers.json else "document_ids-1-id", "Chọn một tài liệu.")
    if purpose == "quote" and not lines:
        first = "quote_lines" if answers.json else "quote_lines-1-product_code"
        answers.add(first, "Ghi ít nhất một sản phẩm cần báo giá.")
    if lines and purpose != "quote" and not answers.faulty("purpose"):
        answers.add("purpose", "Có sản phẩm cần báo giá thì chọn “Xin báo giá”.")


def _facts(answers: Answers, policy: Policy) -> Mapping[str, Any]:
    """Tell the rules which documents are wanted, and of which groups the products are.

    How documents come decides by when; without any there is nothing to be sent. While no product
    is known, the promises of every group hold.
    """
    products = (policy.product(one["product_code"]) for one in answers.get("quote_lines") or ())
    groups = frozenset(one.product_group for one in products if one is not None)
    facts: dict[str, Any] = {"groups": groups or frozenset(policy.matrix.groups)}
    if answers.get("document_ids"):
        facts["category"] = answers.get("send_by")
        facts["documents"] = DocumentsWanted(
            ids=answers.get("document_ids"),
            way=answers.get("send_by"),
            format=answers.get("format"),
            version_shown=answers.get("version_shown"),
        )
    return facts


def _begun(address: Mapping[str, str], policy: Policy) -> Mapping[str, str]:
    issues = policy.register.of(address.get("ma", "")[:60])
    if not issues:
        return {}
    version = address.get("v", "")
    shown = {"version_shown": version} if version in {str(one.version) for one in issues} else {}
    return {"document_ids-1-id": issues[0].id, **shown}


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
_WHAT = (
    Field(
        "document_ids",
        "Tài liệu cần nhận",
        "rows",
        "Ids of documents in the register (such as BG-2026.11, see /tai-lieu/), needed unless "
        "a quote is asked for. Of an expired or replaced one today's copy is sent.",
        hint="Bản cũ hoặc hết hiệu lực: chúng tôi gửi bản đang hiệu lực và nói rõ. Chỉ xin báo "
        "giá thì bỏ trống.",
        columns=(_DOCUMENT,),
        count=3,
        brief="Tài liệu",
        told="; ".join,
        fit=_issued,
    ),
    Field(
        "version_shown",
        "Phiên bản đang có",
        "hidden",
        "Version of the first document that the asker has in hand.",
        reader=inputs.count,
        integer=True,
        fit=_issued,
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
_QUOTE = Field(
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
_WAY = (
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

KIND = Kind(
    id="document_request",
    slug="tai-lieu",
    api="document-requests",
    prefix="TL",
    place=30,
    title="Xin tài liệu, báo giá",
    description="Bảng giá, catalogue, thủ tục bảo hành: bản đang hiệu lực qua email, bưu điện, fax "
    "hoặc tại cửa hàng. Xin báo giá cũng ở đây.",
    noun="yêu cầu tài liệu, báo giá",
    entry="Tài liệu, báo giá",
    summary="Ask for documents or for a quote",
    sections=(
        Section("tai-lieu", "Quý khách cần tài liệu nào", _WHAT),
        Section(
            "bao-gia",
            "Nếu xin báo giá",
            (_QUOTE,),
            "Bỏ trống nếu chỉ xin tài liệu. Đây là yêu cầu báo giá, chưa phải đặt hàng, chưa "
            "phải giao kết hợp đồng.",
        ),
        Section("cach-nhan", "Nhận bằng cách nào", _WAY),
        Section("lien-he", "Gửi cho ai", (SEGMENT, NAME, PHONE, EMAIL), CONTACT_HINT),
    ),
    main_text=("details",),
    kept_months=12,
    template="forms/documents",
    topic="purpose",
    topics=PURPOSES,
    judge=_judge,
    facts=_facts,
    begun=_begun,
    soon_by_mail=("Tài liệu đang hiệu lực, nếu nhận qua email",),
)
