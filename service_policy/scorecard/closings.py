"""How cases ended in a month: what is counted beside the scores, and what each count means."""

from collections import Counter
from collections.abc import Iterable

from service_policy.cases.refusal.refusing import RefusalIssued
from service_policy.cases.resolution.proposing import ResolutionConfirmed, ResolutionProposed
from service_policy.scorecard.histories import History, Period
from service_policy.values import Model, Number

NOT_COUNTED = "chưa đếm"
"""What stands for a count in a month that was written before it was counted."""

MEANINGS: dict[str, tuple[str, str]] = {
    "closed": (
        "Phiếu đã đóng",
        "Mỗi lần một phiếu đóng trong kỳ: khách xác nhận, hết hạn phản đối, hoặc sau xem xét lại.",
    ),
    "by_silence": (
        "Đóng vì khách im lặng",
        "Kết luận đã đến tay khách, hết hạn phản đối mà khách không nói gì ở kênh nào.",
    ),
    "unconfirmed": (
        "Đóng mà không tính là giữ lời",
        "Khách đã phản đối hoặc được giải quyết cách khác mà không xác nhận. Vẫn nằm ở mẫu số.",
    ),
    "explained": (
        "Đóng bằng lời giải thích",
        "Kết luận là một lời giải thích. Chỉ khi khách xin giải thích, góp ý hoặc hỏi thông tin.",
    ),
    "other_remedy": (
        "Đóng bằng cách khác điều khách muốn",
        "Kết luận là một cách giải quyết khác đã đề nghị với khách, nêu rõ là cách nào.",
    ),
}
"""The counts in the order of the page: their names and definitions."""


class Closings(Model):
    """How the cases of a month ended; the fields mean what ``MEANINGS`` says."""

    closed: Number
    by_silence: Number
    unconfirmed: Number
    explained: Number
    other_remedy: Number

    @property
    def rows(self) -> tuple[tuple[str, str, int], ...]:
        """Name, definition and count of each, in the order of the page."""
        return tuple((*MEANINGS[name], getattr(self, name)) for name in MEANINGS)


def closings(every: Iterable[History], period: Period) -> Closings:
    """Count the ends of the month by how they came about, from events alone."""
    counted: Counter[str] = Counter()
    for history in every:
        concluded = ""
        for event in history.events:
            if isinstance(event, ResolutionProposed):
                concluded = event.outcome
            elif isinstance(event, RefusalIssued):
                concluded = "refused"
            elif isinstance(event, ResolutionConfirmed) and period.has(event.at):
                counted["closed"] += 1
                counted[concluded] += 1
                counted["by_silence"] += event.how == "silence"
                counted["unconfirmed"] += event.ends == "nothing"
    return Closings(**{name: counted[name] for name in MEANINGS})
