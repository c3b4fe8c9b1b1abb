"""The one way in which the rules say no, and what they ask of many commands."""

from service_policy.cases.core.case import Case
from service_policy.text import nfc


class CommandRefused(Exception):
    """The rules refuse a command: the field at fault and a Vietnamese message."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


def need(condition: object, field: str, message: str) -> None:
    """Refuse unless ``condition`` holds.

    Raises:
        CommandRefused: it does not.
    """
    if not condition:
        raise CommandRefused(field, message)


SHORTEST_TEXT = 20
"""Letters below which a message cannot say anything: "đã ghi nhận" has twelve."""
SHORTEST_CONCLUSION = 30
"""Letters of a text that concludes something."""
SHORTEST_REASON = 5
"""Letters of a reason."""


def need_text(text: str, field: str = "text", least: int = SHORTEST_TEXT) -> None:
    """Refuse an empty or meaningless text."""
    long_enough = len(nfc(text).strip()) >= least
    need(long_enough, field, f"Viết nội dung, ít nhất {least} ký tự.")


def need_open(case: Case) -> None:
    """Refuse work on a case that has ended."""
    need(not case.is_ended, "state", "Phiếu đã đóng; chỉ khách mới mở lại được.")
