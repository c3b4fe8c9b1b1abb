"""Sample data for the pattern page, which shows every component once.

The pattern page documents the components and is what the tests render and validate. Nothing here
describes a real company; a sample stands in for the models, with the same names.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, Final

from theme.context import Page, Site


@dataclass(frozen=True, slots=True)
class Event:
    """A line of a case's history."""

    at: datetime
    by_role: str
    text: str


COMPANY: Final = SimpleNamespace(
    name="Công ty Cổ phần Mẫu",
    short_name="Mẫu",
    tagline="Hứa bằng số, giữ bằng tiền.",
    statement="Hàng phải an toàn, đúng mô tả, sửa được.",
    fictional=True,
    banner="Doanh nghiệp hư cấu dùng để minh họa phần mềm. Không có thật, không bán hàng.",
    hotline="1900 0000 (số mẫu)",
    safety_line="1900 0000, nhánh 1 (số mẫu)",
    email="lienhe@mau.example",
)

PAGE: Final = Page(
    title="Bảng mẫu thành phần",
    description="Mọi thành phần của giao diện, mỗi thứ một lần.",
    url="/bang-mau/",
    kind="patterns",
    noindex=True,
)


def pattern_variables(site: Site) -> dict[str, Any]:
    """Return what ``patterns.html`` needs; ``site`` lends its menu and its look."""
    return {
        "company": COMPANY,
        "site": site,
        "page": PAGE,
        "due": datetime(2026, 12, 3, 10, 0, tzinfo=UTC),
        "events": (
            Event(
                datetime(2026, 11, 23, 2, 0, tzinfo=UTC),
                "Hệ thống",
                "Đã nhận khiếu nại của Quý khách.",
            ),
            Event(
                datetime(2026, 11, 23, 4, 30, tzinfo=UTC),
                "Trưởng ca Tiếp nhận",
                "Đã nhận việc và sẽ gọi lại trước 16:00.",
            ),
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
