"""The next report of progress in words: by when, or how late it is."""

from dataclasses import dataclass
from datetime import datetime

from forms_api.desk.spans import distance
from service_policy.cases import Case
from service_policy.cases.holding.lateness import next_report
from service_policy.policy import Policy
from theme.filters import datetime_vi


@dataclass(frozen=True)
class ReportWords:
    """What the desk shows of a report that is owed."""

    text: str
    late: bool


def report_words(case: Case, policy: Policy, now: datetime) -> ReportWords | None:
    """Say by when the customer must hear of us; None while no promise asks for a report."""
    report = next_report(case, policy)
    if report is None:
        return None
    due = report.late_since or report.due_at
    if due < now:
        late = distance(due, now, policy.calendar)
        return ReportWords(f"Phải báo tiến độ ngay, đã lỡ hẹn {datetime_vi(due)} ({late})", True)
    left = distance(due, now, policy.calendar)
    return ReportWords(f"Phải báo tiến độ trước {datetime_vi(due)} ({left})", False)
