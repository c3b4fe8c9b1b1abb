"""``/gui/tai-lieu/``: ask for documents, or for a quote.

The address may bring the id of a document (``ma``) and the version that the asker has in hand
(``v``), as the page of each document does.
"""

from collections.abc import Mapping

from forms_api import intake_documents, service
from forms_api.web.desk import desk
from forms_api.web.document_fields import document_questions
from forms_api.web.fields import Questions
from forms_api.web.flow import Flow, always
from forms_api.web.form_routes import form_blueprint
from service_policy.content import Library


def _begun(address: Mapping[str, str]) -> dict[str, str]:
    issues = desk().policy.register.of(address.get("ma", "")[:60])
    if not issues:
        return {}
    version = address.get("v", "")
    known = {str(one.version) for one in issues}
    shown = {"version_shown": version} if version in known else {}
    return {"document_ids-1-id": issues[0].id, **shown}


def _questions(library: Library) -> Questions:
    return document_questions(library, letters_wait=desk().letters_wait)


FLOW = Flow(
    url="/gui/tai-lieu/",
    headed=always(
        "Xin tài liệu, báo giá",
        "Bảng giá, catalogue, thủ tục bảo hành: bản đang hiệu lực qua email, bưu điện, fax "
        "hoặc tại cửa hàng. Xin báo giá cũng ở đây.",
    ),
    questions=_questions,
    read=intake_documents.document_request,
    file=service.file_document_request,
    template="forms/documents",
    send_words="Gửi yêu cầu",
    kept_months=12,
    begun=_begun,
    soon_by_mail=("Tài liệu đang hiệu lực, nếu nhận qua email",),
)

blueprint = form_blueprint("requesting", FLOW)
