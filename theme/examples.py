"""Sample data for the pattern page, which shows every component once.

The pattern page documents the components and is what the tests render and validate; samples with
the same names stand in for the models.
"""

from datetime import UTC, datetime
from typing import Any, Final

from theme.context import Page, Site

PAGE: Final = Page(
    title="Bảng mẫu thành phần",
    description="Mọi thành phần của giao diện, mỗi thứ một lần.",
    url="/bang-mau/",
    kind="patterns",
    noindex=True,
)


def pattern_variables(company: Any, site: Site) -> dict[str, Any]:
    """Return what ``patterns.html`` needs; a company lends its name, its menu and its look."""
    return {
        "company": company,
        "site": site,
        "page": PAGE,
        "due": datetime(2026, 12, 3, 10, 0, tzinfo=UTC),
        "events": (
            {
                "at": datetime(2026, 11, 23, 2, 0, tzinfo=UTC),
                "by_role": "Hệ thống",
                "text": "Đã nhận khiếu nại của Quý khách.",
            },
            {
                "at": datetime(2026, 11, 23, 4, 30, tzinfo=UTC),
                "by_role": "Trưởng ca Tiếp nhận",
                "text": "Đã nhận việc và sẽ gọi lại trước 16:00.",
            },
        ),
        "errors": (
            {"field": "description", "message": "Mô tả phải có ít nhất 20 ký tự"},
            {"field": "occurred_on", "message": "Ngày xảy ra không được ở tương lai"},
            {"field": None, "message": "Phiên làm việc đã hết, hãy gửi lại"},
        ),
        "steps": (
            {
                "what": "Tra hạn bảo hành theo số sê-ri, số điện thoại hoặc hóa đơn",
                "who": "Tiếp nhận",
                "deadline": "4 giờ làm việc",
                "contact": "1900 0000 (số mẫu)",
                "customer_sees": "Còn hạn đến ngày nào, vì sao",
            },
        ),
    }
