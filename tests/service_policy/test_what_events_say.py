"""What events say and to whom, told here once more than in the events themselves."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from service_policy.cases.core.event import Event, Telling, event_types, moment
from service_policy.promises.policy import Policy
from tests.service_policy.story import Story, refusal
from theme.filters import datetime_vi

MESSAGES = {
    "answer_sent": "Trả lời của chúng tôi",
    "update_sent": "Tiến độ xử lý",
    "question_asked": "Chúng tôi cần hỏi Quý khách một việc",
    "resolution_proposed": "Đề nghị cách giải quyết",
    "refusal_issued": "Kết luận bằng văn bản",
    "review_decided": "Kết quả xem xét lại",
    "payout_asked": "Xin cho biết nơi nhận tiền",
}
"""What brings the customer a message, and under which subject."""
NEWS = {
    "promise_missed", "compensation_owed", "payment_recorded", "exemption_granted",
    "decided_for_customer", "follow_up_asked", "resolution_confirmed", "handed_off",
    "answer_published", "documents_sent", "understood_asked", "case_split", "merged_in",
    "case_merged_away", "payout_chosen",
}  # fmt: skip
"""What the customer hears of at once."""
FOR_THE_HOLDER = {
    "information_added", "contact_recorded", "answer_contested", "pause_voided",
    "resolution_disputed", "appeal_made", "case_reopened", "case_withdrawn", "follow_up_answered",
    "reminded", "progress_due", "progress_missed", "bounced", "letter_failed", "merged_in",
    "case_merged_away", "payout_failed", "cases_linked",
}  # fmt: skip
"""What whoever holds the case hears of at once: words of the customer, and work."""
FOR_THE_READER = {"refusal_proposed", "exemption_claimed"}
"""What waits for a second person."""
SHOWN_TO_THE_CUSTOMER = {
    "exemption_claimed", "contact_recorded", "case_split", "merged_in", "case_merged_away",
}  # fmt: skip
"""Where the customer reads what staff wrote, besides messages."""


def types(*, where: Callable[[type[Event]], bool]) -> set[str]:
    return {name_of(kind) for kind in event_types() if where(kind)}


def name_of(kind: type[Event]) -> str:
    return str(kind.model_fields["type"].default)


def test_a_message_has_a_subject_and_nothing_else_has() -> None:
    found = {name_of(kind): kind.SUBJECT for kind in event_types() if kind.SUBJECT}
    assert found == MESSAGES
    assert types(where=lambda kind: bool(kind.HEADING)) == set(MESSAGES)


def test_news_are_what_the_customer_should_hear_of_at_once() -> None:
    assert types(where=lambda kind: kind.news is not Event.news) == NEWS


def test_the_department_that_has_work_of_it_is_told() -> None:
    assert types(where=lambda kind: kind.NOTICE == "holder") == FOR_THE_HOLDER
    assert types(where=lambda kind: kind.NOTICE == "reader") == FOR_THE_READER
    own = types(where=lambda kind: kind.concerns is not Event.concerns)
    assert own == {"handed_off", "escalated", "books_compared", "payout_asked"}


def test_notes_of_staff_are_shown_where_they_are_meant_for_the_customer_alone() -> None:
    assert types(where=lambda kind: kind.QUOTED) == SHOWN_TO_THE_CUSTOMER


def test_a_moment_is_written_as_on_every_page() -> None:
    first = datetime(2026, 11, 30, 16, 59, tzinfo=UTC)
    moments = [first + timedelta(hours=25 * number) for number in range(60)]
    assert [moment(at) for at in moments] == [datetime_vi(at) for at in moments]


def test_a_refusal_that_waits_for_its_second_reader_is_no_news_yet(policy: Policy) -> None:
    story = Story(policy).owned().do(refusal())
    (proposed,) = (one for one in story.events if one.type == "refusal_proposed")
    assert proposed.concerns(holder="cskh", reader="phap-che") == "phap-che"
    assert proposed.news(Telling(policy, "", "https://example.vn", "/gui/gop-y/")) == ""
