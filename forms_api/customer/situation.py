"""Where a case stands: what the customer reads first. ``forms/case_parts.html`` has the words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from forms_api.customer.choices import follow_up_is_answered
from forms_api.kinds.own_report import DOCUMENT_NO
from forms_api.loading import Loaded
from forms_api.own_reports.words import findings
from forms_api.promise_view import PromiseView
from service_policy.cases import Case
from service_policy.cases.messages.contact import InformationAdded
from service_policy.cases.messages.pauses import THING_WORDS, QuestionAsked
from service_policy.cases.own_report import KIND as OWN_REPORT
from service_policy.cases.split_merge import CaseMergedAway
from service_policy.promises.clock import due_at
from service_policy.promises.policy import Policy

Stands = Literal[
    "open", "late", "paused", "asked", "proposed", "refused", "review", "closed", "follow_up",
    "withdrawn", "merged", "found",
]  # fmt: skip


@dataclass(frozen=True)
class Situation:
    """``asks`` is what the customer is asked for: answer, decide, follow_up, or nothing.

    ``message`` is the number of the message that asks, ``thing`` what it wants in words, or what
    the company ``found`` in its own books. ``until``
    is when the way out ends that the words name: to answer, to decide, to reopen. ``into`` is the
    reference of the case that this one was merged into.
    """

    stands: Stands
    asks: str = ""
    message: int = 0
    until: datetime | None = None
    thing: str = ""
    into: str = ""


def situation(
    loaded: Loaded,
    case: Case,
    promises: Iterable[PromiseView],
    policy: Policy,
    now: datetime,
) -> Situation:
    """Say where a case stands at ``now``; ``case`` is the case as it is now."""
    match case.state_at(now):
        case "proposed" | "refused" as state:
            if case.proposal is None:
                return Situation(state, "decide")
            return Situation(state, "decide", case.proposal.number, case.proposal.confirm_by)
        case "review":
            return Situation("review", until=case.review.review_by if case.review else None)
        case "closed" | "withdrawn":
            return _closed(loaded, case, policy)
        case "merged":
            into = [one.into for one in loaded.events if isinstance(one, CaseMergedAway)]
            return Situation("merged", into=into[-1] if into else "")
        case _:
            return _open(loaded, case, promises, now)


def _open(loaded: Loaded, case: Case, promises: Iterable[PromiseView], now: datetime) -> Situation:
    pause, asked = case.pause(now), _unanswered(loaded)
    if pause is not None:
        thing = THING_WORDS[pause.thing]
        return Situation("paused", "answer", pause.number, pause.until, thing)
    if asked is not None:
        return Situation("asked", "answer", asked.message, thing=THING_WORDS[asked.thing])
    missed = any(one.is_open and one.status == "missed" for one in promises)
    stands: Stands = "late" if missed else "open"
    if case.kind == OWN_REPORT and case.objected is None:
        found = findings(case, str(loaded.filed.get(DOCUMENT_NO, "")))
        return Situation("found", thing="; ".join(found))
    if case.objected is not None:
        return Situation(stands, "decide", case.objected.number)
    return Situation(stands)


def _unanswered(loaded: Loaded) -> QuestionAsked | None:
    """Return the latest question, unless the customer wrote something after it."""
    for event in reversed(loaded.events):
        if isinstance(event, InformationAdded):
            return None
        if isinstance(event, QuestionAsked):
            return event
    return None


def _closed(loaded: Loaded, case: Case, policy: Policy) -> Situation:
    until = due_at(policy.company.handling.reopen_within, case.closed[-1].start, policy.calendar)
    if case.state == "withdrawn":
        return Situation("withdrawn", until=until)
    if case.follow_up_asked and not follow_up_is_answered(loaded.events):
        return Situation("follow_up", "follow_up", until=until)
    return Situation("closed", until=until)
