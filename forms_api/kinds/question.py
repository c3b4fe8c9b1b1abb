"""``/gui/cau-hoi/``: ask what no published answer says: the question first, very little besides.

The address may bring the words that were searched for (``q``) and the page that raised the
question (``trang``). The nearest published answers are offered beside the form, never instead.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from forms_api import inputs
from forms_api.kinds.common import (
    CONTACT_HINT,
    EMAIL,
    LONGEST_TEXT,
    NAME,
    PHONE,
    PRODUCT,
    SEGMENT,
    page_of,
)
from forms_api.kinds.field import MOST_TEXTS, Field, choices
from forms_api.kinds.kind import Kind
from forms_api.kinds.questions import Section
from service_policy.promises.policy import Policy

SHORTEST_QUESTION = 5
"""Characters; "ship ko?" is a question."""


def _begun(address: Mapping[str, str], policy: Policy) -> Mapping[str, str]:
    words, page = inputs.searched(address.get("q", "")), page_of(address.get("trang", ""))
    return {"question": words, "search_terms_tried": words, "page_url": page}


_WHAT = (
    Field(
        "question",
        "Quý khách muốn hỏi gì?",
        "text",
        f"The question, {SHORTEST_QUESTION} to {LONGEST_TEXT} characters after NFC.",
        required=True,
        missing="Viết điều Quý khách muốn hỏi.",
        hint="Hỏi như đang nói chuyện. Viết không dấu cũng được.",
        shortest=SHORTEST_QUESTION,
        longest=LONGEST_TEXT,
        brief="Câu hỏi",
    ),
    Field(
        "category",
        "Hỏi về việc gì?",
        "select",
        "Topic of the published questions.",
        empty="Chưa rõ",
        width="l",
        brief="Loại",
        fit=lambda field, setting: replace(
            field, choices=choices({one.id: one.name for one in setting.policy.topics})
        ),
    ),
    replace(PRODUCT, name="product", brief=""),
    Field(
        "page_url",
        "Hỏi từ trang",
        "hidden",
        "Path of the page that raised the question, from the root of the site.",
        reader=inputs.page_address,
    ),
    Field(
        "search_terms_tried",
        "Đã tìm",
        "list",
        f"Up to {MOST_TEXTS} searches tried before; with them, whoever asked hears when an "
        "answer is published.",
        reader=partial(inputs.line, longest=200),
    ),
    Field(
        "hits_shown",
        "Đã được gợi ý",
        "list",
        f"Ids of up to {MOST_TEXTS} documents that were offered and did not answer it.",
        reader=inputs.code,
    ),
)
_SEGMENT = replace(
    SEGMENT,
    required=False,
    about="Who is asking; deadlines depend on it. {usual} when left out.",
)
_PUBLISH = Field(
    "publish_ok",
    "Được đăng câu hỏi này, không nêu tên tôi",
    "tick",
    "Consent to publishing the question without any name; never assumed.",
    hint="Để người hỏi sau có ngay câu trả lời. Không đánh dấu thì câu hỏi không được đăng.",
    brief="Cho đăng câu hỏi, không nêu tên",
)

KIND = Kind(
    id="question",
    slug="cau-hoi",
    api="questions",
    prefix="CH",
    place=40,
    title="Gửi câu hỏi",
    description="Chưa thấy câu trả lời thì hỏi ở đây: có mã hồ sơ, ngày trả lời và người trả lời.",
    noun="câu hỏi",
    entry="Câu hỏi khác",
    summary="Ask about anything else",
    sections=(
        Section("dieu-hoi", "Điều Quý khách hỏi", _WHAT),
        Section("lien-he", "Chúng tôi trả lời ai", (NAME, PHONE, EMAIL, _SEGMENT), CONTACT_HINT),
        Section("lua-chon", "Lựa chọn thêm", (_PUBLISH,)),
    ),
    main_text=("question",),
    kept_months=12,
    send_words="Gửi câu hỏi",
    template="forms/question",
    begun=_begun,
    suggested_by="question",
)
