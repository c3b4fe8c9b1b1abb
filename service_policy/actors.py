"""Who acts on a case: a customer, a member of staff in a role, or the system itself."""

from typing import Literal

from service_policy.values import Model, Text

Role = Literal[
    "customer",
    "system",
    "agent",
    "lead",
    "second_reader",
    "accountant",
    "editor",
    "auditor",
]

ROLE_WORDS: dict[Role, str] = {
    "customer": "Quý khách",
    "system": "Hệ thống (tự động)",
    "agent": "Nhân viên phụ trách",
    "lead": "Trưởng nhóm",
    "second_reader": "Người đọc lại",
    "accountant": "Kế toán",
    "editor": "Biên tập nội dung",
    "auditor": "Kiểm tra nội bộ",
}
"""What customers read instead of a person's name."""


class Actor(Model):
    """Who gives a command. ``id`` is opaque (a staff number), never a name or an address.

    ``department`` is the id of a department; customers and the system have none.
    """

    id: Text
    role: Role
    department: str | None = None


CUSTOMER = Actor(id="customer", role="customer")
"""The customer: whoever holds the case's secret code."""
SYSTEM = Actor(id="system", role="system")
"""The sweep and the outbox."""
