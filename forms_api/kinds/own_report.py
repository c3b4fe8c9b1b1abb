"""What the company finds in its own books: nobody files it, so it has no form and no address."""

from forms_api.kinds.common import EMAIL, NAME, PHONE, SEGMENT
from forms_api.kinds.field import Field
from forms_api.kinds.kind import Kind
from forms_api.kinds.questions import Section
from service_policy.cases.own_report import KIND as ID

PAPERS = {
    "orders": "Đơn hàng",
    "warranty_slips": "Phiếu tiếp nhận máy",
    "visits": "Lượt hẹn",
    "invoices": "Hóa đơn",
}
"""The papers that such a case may be about, by their table in the books."""
DOCUMENT_NO = "document_no"
"""The number of the paper, beside the first event."""

OURS = Kind(
    id=ID,
    slug="cong-ty-tu-mo",
    api="own-reports",
    prefix="TM",
    place=90,
    title="Hồ sơ công ty tự mở",
    description="Công ty tự thấy mình trễ hẹn khi đối chiếu sổ sách.",
    noun="hồ sơ công ty tự mở",
    entry="Hồ sơ công ty tự mở",
    summary="A promise that the company's own books show as broken",
    sections=(
        Section(
            "chung-tu",
            "Chứng từ",
            (Field(DOCUMENT_NO, "Số chứng từ", "line", exported=True), NAME, PHONE, EMAIL, SEGMENT),
        ),
    ),
    main_text=(),
    kept_months=36,
    topic="topic",
    topics=PAPERS,
    routed=False,
)
