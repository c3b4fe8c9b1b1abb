"""What the form of a question asks: the question first, very little besides."""

from dataclasses import replace

from forms_api.intake import QUESTION_LENGTH
from forms_api.reading import MOST_TEXTS
from forms_api.web.fields import Choice, Field, Questions, Section
from forms_api.web.questions import CONTACT_HINT, EMAIL, NAME, PHONE, product_field, segment_field
from service_policy.content import Library


def question_questions(library: Library) -> Questions:
    """Return the questions of the question form; products come from the content."""
    what = (
        Field(
            "question",
            "Quý khách muốn hỏi gì?",
            "text",
            f"The question, {QUESTION_LENGTH[0]} to {QUESTION_LENGTH[1]} characters after NFC.",
            required=True,
            hint="Hỏi như đang nói chuyện. Viết không dấu cũng được.",
            shortest=QUESTION_LENGTH[0],
            longest=QUESTION_LENGTH[1],
        ),
        Field(
            "category",
            "Hỏi về việc gì?",
            "select",
            "Topic of the published questions.",
            choices=tuple(Choice(one.id, one.name) for one in library.policy.topics),
            empty="Chưa rõ",
            width="l",
        ),
        product_field("product", library),
        Field(
            "page_url",
            "Hỏi từ trang",
            "hidden",
            "Path of the page that raised the question, from the root of the site.",
        ),
        Field(
            "search_terms_tried",
            "Đã tìm",
            "list",
            f"Up to {MOST_TEXTS} searches tried before; with them, whoever asked hears when an "
            "answer is published.",
        ),
        Field(
            "hits_shown",
            "Đã được gợi ý",
            "list",
            f"Ids of up to {MOST_TEXTS} documents that were offered and did not answer it.",
        ),
    )
    who = (
        NAME,
        PHONE,
        EMAIL,
        replace(
            segment_field(library),
            required=False,
            about="Who is asking; deadlines depend on it. "
            f"{library.policy.matrix.usual.id} when left out.",
        ),
    )
    publish = Field(
        "publish_ok",
        "Được đăng câu hỏi này, không nêu tên tôi",
        "tick",
        "Consent to publishing the question without any name; never assumed.",
        hint="Để người hỏi sau có ngay câu trả lời. Không đánh dấu thì câu hỏi không được đăng.",
    )
    return Questions(
        (
            Section("dieu-hoi", "Điều Quý khách hỏi", what),
            Section("lien-he", "Chúng tôi trả lời ai", who, CONTACT_HINT),
            Section("lua-chon", "Lựa chọn thêm", (publish,)),
        )
    )
