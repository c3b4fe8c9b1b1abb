"""``/gui/tai-lieu/``: ask for documents, or for a quote, or for both.

The address may bring the id of a document (``ma``) and the version that the asker has in hand
(``v``), as the page of each document does.
"""

from collections.abc import Mapping
from typing import Any

from forms_api.kinds.common import CONTACT_HINT, EMAIL, NAME, PHONE, SEGMENT
from forms_api.kinds.document_fields import PURPOSES, QUOTE, WAY, WHAT
from forms_api.kinds.kind import Kind
from forms_api.kinds.questions import Answers, Section
from service_policy.cases.documents import DocumentsWanted
from service_policy.promises.policy import Policy

_NEEDED = {
    "email": ("email", "Nhập email để nhận tài liệu."),
    "post": ("address", "Nhập địa chỉ để gửi bưu điện."),
    "fax": ("fax", "Nhập số fax."),
    "pick_up": ("shop", "Ghi cửa hàng hoặc nơi Quý khách muốn đến lấy."),
}
"""By way of sending: the answer that it needs, and what to do about a missing one."""


def _judge(answers: Answers) -> None:
    """Judge what depends on another answer: the way, and what a quote is about."""
    needed, message = _NEEDED.get(answers.get("send_by"), ("", ""))
    if needed and answers.get(needed) is None and not answers.faulty(needed):
        answers.add(needed, message)
    purpose = answers.get("purpose")
    lines = answers.get("quote_lines") or answers.faulty("quote_lines")
    documents = answers.get("document_ids") or answers.faulty("document_ids")
    in_words = purpose == "other" and answers.get("details")
    if not documents and not lines and purpose != "quote" and not in_words:
        message = "Chọn một tài liệu."
        if purpose == "other":
            message = "Chọn một tài liệu, hoặc ghi tài liệu ấy ở ô “Nói thêm”."
        answers.add("document_ids" if answers.json else "document_ids-1-id", message)
    if purpose == "quote" and not lines:
        first = "quote_lines" if answers.json else "quote_lines-1-product_code"
        answers.add(first, "Ghi ít nhất một sản phẩm cần báo giá.")
    if answers.get("quote_lines") and purpose != "quote" and not answers.faulty("purpose"):
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
        Section("tai-lieu", "Quý khách cần tài liệu nào", WHAT),
        Section(
            "bao-gia",
            "Nếu xin báo giá",
            (QUOTE,),
            "Bỏ trống nếu chỉ xin tài liệu. Đây là yêu cầu báo giá, chưa phải đặt hàng, chưa "
            "phải giao kết hợp đồng.",
        ),
        Section("cach-nhan", "Nhận bằng cách nào", WAY),
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
