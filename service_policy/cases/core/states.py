"""The fixed vocabulary of a case's state; "somebody else's problem" is not a state."""

from typing import Literal

State = Literal["open", "waiting", "proposed", "refused", "review", "closed", "withdrawn", "merged"]

STATE_WORDS: dict[State, str] = {
    "open": "Đang xử lý",
    "waiting": "Đang chờ Quý khách, đồng hồ tạm dừng",
    "proposed": "Đã đề nghị cách giải quyết, chờ Quý khách xác nhận",
    "refused": "Đã từ chối bằng văn bản, Quý khách có quyền yêu cầu xem xét lại",
    "review": "Đang xem xét lại ở cấp hai",
    "closed": "Đã đóng",
    "withdrawn": "Quý khách đã rút",
    "merged": "Đã gộp vào phiếu khác",
}
"""What a customer reads for each state."""

ENDED: frozenset[State] = frozenset({"closed", "withdrawn", "merged"})
"""States in which nobody works on the case; money is still paid and reopening is possible."""
