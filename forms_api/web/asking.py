"""``/gui/cau-hoi/``: ask what no published answer says.

The address may bring the words that were searched for (``q``) and the page that raised the
question (``trang``). The nearest published answers are offered beside the form, never instead.
"""

from collections.abc import Mapping

from forms_api import inputs, intake, service
from forms_api.inputs import BadInput
from forms_api.web.desk import desk
from forms_api.web.flow import Flow, always
from forms_api.web.form_routes import form_blueprint
from forms_api.web.question_fields import question_questions
from forms_api.web.search import asked
from search_index.server import Hit
from theme.words import ASK_URL


def _begun(address: Mapping[str, str]) -> dict[str, str]:
    words = asked(address)
    try:
        page = inputs.page_address(address.get("trang", ""))
    except BadInput:
        page = ""
    return {"question": words, "search_terms_tried": words, "page_url": page}


def _suggest(typed: Mapping[str, str]) -> tuple[Hit, ...]:
    words = asked({"q": typed["question"]})
    try:
        return desk().finder.nearest(words) if words else ()
    except OSError:
        # Without room for its index the search is away; the question is taken all the same.
        return ()


FLOW = Flow(
    url=ASK_URL,
    headed=always(
        "Gửi câu hỏi",
        "Chưa thấy câu trả lời thì hỏi ở đây: có mã hồ sơ, ngày trả lời và người trả lời.",
    ),
    questions=question_questions,
    read=intake.question,
    file=service.file_question,
    template="forms/question",
    send_words="Gửi câu hỏi",
    kept_months=12,
    begun=_begun,
    suggest=_suggest,
)

blueprint = form_blueprint("asking", FLOW)
