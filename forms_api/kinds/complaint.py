"""``/gui/khieu-nai/``: file a complaint."""

from collections.abc import Mapping
from dataclasses import replace

from forms_api.kinds.common import (
    COMMUNE,
    CONTACT_HINT,
    EMAIL,
    LONGEST_TEXT,
    NAME,
    ORDER_NO,
    PHONE,
    PRIORITY,
    PRODUCT,
    PROVINCE,
    SEGMENT,
    code,
    without_goods,
)
from forms_api.kinds.field import Field, Setting, choices
from forms_api.kinds.kind import Kind
from forms_api.kinds.questions import Section

SHORTEST_DESCRIPTION = 20
REMEDIES: Mapping[str, str] = {
    "repair": "Sửa",
    "replace": "Đổi",
    "refund": "Hoàn tiền",
    "compensate": "Bù tiền",
    "apologise": "Xin lỗi",
    "explain": "Giải thích rõ",
    "feedback_only": "Chỉ góp ý",
}


def _categories(field: Field, setting: Setting) -> Field:
    titles = {one.id: one.title for one in setting.policy.categories}

    def told(category: str) -> str:
        return f"{category} · {titles[category]}" if category in titles else category

    return replace(field, choices=choices(titles), told=told)


_WHAT = (
    Field(
        "category",
        "Chuyện thuộc loại nào?",
        "radios",
        "Code of the complaint category; the published table is at /khieu-nai/.",
        required=True,
        missing="Chọn loại khiếu nại.",
        brief="Loại",
        fit=_categories,
    ),
    Field(
        "description",
        "Kể lại sự việc",
        "text",
        f"What happened, {SHORTEST_DESCRIPTION} to {LONGEST_TEXT} characters after NFC.",
        required=True,
        missing="Kể lại sự việc.",
        hint="Chuyện gì, ở đâu, ai đã làm gì. Viết không dấu cũng được. Không cần chứng minh; "
        "chúng tôi sẽ tự kiểm tra.",
        shortest=SHORTEST_DESCRIPTION,
        longest=LONGEST_TEXT,
        brief="Nội dung",
    ),
    Field(
        "occurred_on",
        "Xảy ra ngày nào",
        "day",
        "Day it happened, not in the future; ISO or day/month/year. Without a year it is the "
        "nearest past one.",
        hint="Ví dụ 21/11/2026",
        longest=40,
        width="m",
        brief="Ngày xảy ra",
    ),
)
_WISH = Field(
    "remedy_wanted",
    "Quý khách muốn chúng tôi làm gì?",
    "radios",
    "What would put it right.",
    choices=choices(REMEDIES),
    brief="Mong muốn",
)
_NEWS = Field(
    "marketing_consent",
    "Tôi muốn nhận tin về sản phẩm mới",
    "tick",
    "Consent to news about products. Separate from the complaint and never assumed.",
    hint="Không bắt buộc, tắt lúc nào cũng được. Không ảnh hưởng gì tới phiếu này.",
    brief="Nhận tin sản phẩm mới",
    fit=without_goods("Tôi muốn nhận tin về dịch vụ mới"),
)

KIND = Kind(
    id="complaint",
    slug="khieu-nai",
    api="complaints",
    prefix="KN",
    place=10,
    title="Gửi khiếu nại",
    description="Kể sự việc một lần, có mã hồ sơ và ngày trả lời ngay. Không cần tài khoản.",
    noun="khiếu nại",
    entry="Khiếu nại",
    summary="File a complaint",
    sections=(
        Section("su-viec", "Chuyện gì đã xảy ra", _WHAT),
        Section(
            "hang-hoa",
            lambda matrix: "Món hàng hoặc đơn hàng" if matrix.delivers else "Việc đã làm",
            (
                PRODUCT,
                code("serial", "Số sê-ri", "Serial number.", "In trên tem ở đáy hoặc lưng máy"),
                ORDER_NO,
                code("invoice_no", "Số hóa đơn", "Invoice number, any spelling."),
            ),
            "Có gì điền nấy. Thiếu mã chúng tôi vẫn nhận và tự tra.",
        ),
        Section("mong-muon", "Cách giải quyết", (_WISH,)),
        Section(
            "lien-he",
            "Chúng tôi trả lời ai",
            (SEGMENT, NAME, PHONE, EMAIL, PROVINCE, COMMUNE),
            CONTACT_HINT,
        ),
        Section("lua-chon", "Hai lựa chọn thêm", (PRIORITY, _NEWS)),
    ),
    main_text=("description",),
    kept_months=36,
    send_words="Gửi khiếu nại",
    template="forms/complaint",
    # The category says which department answers.
    routed=False,
    facts=lambda answers, policy: {
        name: answers.get(name) for name in ("category", "remedy_wanted")
    },
)
