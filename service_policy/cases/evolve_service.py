"""What the events of the daily work do to a case."""

from dataclasses import replace

from service_policy.cases import events_service as events
from service_policy.cases.apply import applied, ended, message, moved, plain, reanswered, sent
from service_policy.cases.case import Case
from service_policy.cases.evolve_letters import failed, settled, unread
from service_policy.cases.parts import Holding, Pause, SubCase


@applied.register
def _owner_named(event: events.OwnerNamed, case: Case) -> Case:
    return ended(replace(case, owner_id=event.owner.id), "owner_assigned", event.at)


@applied.register
def _asker_identified(event: events.AskerIdentified, case: Case) -> Case:
    return replace(case, identified_by=event.way, identity_lapsed=False)


@applied.register
def _answer_sent(event: events.AnswerSent, case: Case) -> Case:
    return plain(sent(case, event.message, "answer", event.at), event)


@applied.register
def _update_sent(event: events.UpdateSent, case: Case) -> Case:
    return sent(case, event.message, "update", event.at)


@applied.register
def _question_asked(event: events.QuestionAsked, case: Case) -> Case:
    asked = sent(case, event.message, "question", event.at)
    return replace(asked, questions=(*case.questions, (event.message, event.thing)))


@applied.register
def _answer_published(event: events.AnswerPublished, case: Case) -> Case:
    return replace(case, told_of_answer=True)


@applied.register
def _delivered(event: events.Delivered, case: Case) -> Case:
    arrived = message(
        settled(case, event),
        event.message,
        lambda one: replace(one, delivered_at=event.at, means=event.means),
    )
    purpose = next((one.purpose for one in case.messages if one.number == event.message), None)
    return ended(arrived, "reviewed", event.at) if purpose == "review" else arrived


@applied.register
def _answered(event: events.Answered, case: Case) -> Case:
    return reanswered(case)


@applied.register
def _answer_contested(event: events.AnswerContested, case: Case) -> Case:
    return reanswered(message(case, event.message, lambda one: replace(one, contested=True)))


@applied.register
def _bounced(event: events.Bounced, case: Case) -> Case:
    back = unread(failed(case, "message", event.message, "bounced", event.at), event.message)
    return moved(reanswered(_void(back, event.message)), event.dues, event.at)


@applied.register
def _pause_started(event: events.PauseStarted, case: Case) -> Case:
    pause = Pause(event.message, event.thing, event.at, event.until)
    paused = (
        replace(one, paused_by=one.paused_by | {pause.number})
        if one.is_open and one.pausable
        else one
        for one in case.promises
    )
    waiting = replace(case, pauses=(*case.pauses, pause), promises=tuple(paused))
    return moved(waiting, event.dues, event.at)


@applied.register
def _pause_ended(event: events.PauseEnded, case: Case) -> Case:
    pauses = (
        replace(one, ended_at=event.ended_at) if one.number == event.message else one
        for one in case.pauses
    )
    return moved(replace(case, pauses=tuple(pauses)), event.dues, event.at)


@applied.register
def _pause_voided(event: events.PauseVoided, case: Case) -> Case:
    return moved(_void(case, event.message), event.dues, event.at)


def _void(case: Case, number: int) -> Case:
    pauses = (replace(one, void=True) if one.number == number else one for one in case.pauses)
    return replace(case, pauses=tuple(pauses))


@applied.register
def _handed_off(event: events.HandedOff, case: Case) -> Case:
    *before, last = case.holdings
    now = Holding(event.to_department, event.to_role, event.at, event.task)
    return replace(
        case,
        holdings=(*before, replace(last, until=event.at), now),
        holder_department=event.to_department,
        holder_role=event.to_role,
        holder_since=event.at,
        counted_hand_offs=case.counted_hand_offs + event.counted,
    )


@applied.register
def _called_back(event: events.CalledBack, case: Case) -> Case:
    return ended(case, "called_back", event.at)


@applied.register
def _callback_tried(event: events.CallbackTried, case: Case) -> Case:
    return case


@applied.register
def _recategorised(event: events.Recategorised, case: Case) -> Case:
    categories = tuple(dict.fromkeys((*case.categories, event.category)))
    changed = replace(case, category=event.category, categories=categories, is_safety=event.danger)
    return moved(changed, event.dues, event.at)


@applied.register
def _sub_case_opened(event: events.SubCaseOpened, case: Case) -> Case:
    opened = SubCase(event.number, event.party, event.at)
    return replace(case, sub_cases=(*case.sub_cases, opened))


@applied.register
def _sub_case_closed(event: events.SubCaseClosed, case: Case) -> Case:
    closed = (
        replace(one, closed_at=event.at) if one.number == event.number else one
        for one in case.sub_cases
    )
    return replace(case, sub_cases=tuple(closed))


@applied.register
def _information_added(event: events.InformationAdded, case: Case) -> Case:
    return case


@applied.register
def _contact_recorded(event: events.ContactRecorded, case: Case) -> Case:
    return case


@applied.register
def _escalated(event: events.Escalated, case: Case) -> Case:
    return replace(case, escalated=max(case.escalated, event.level))


@applied.register
def _progress_due(event: events.ProgressDue, case: Case) -> Case:
    return replace(case, progress_reminded=event.due_at)


@applied.register
def _progress_missed(event: events.ProgressMissed, case: Case) -> Case:
    return replace(case, progress_missed=(*case.progress_missed, event.due_at))


@applied.register
def _reminded(event: events.Reminded, case: Case) -> Case:
    reminded = (
        replace(one, reminded_at=event.at) if one.key == event.promise else one
        for one in case.promises
    )
    return replace(case, promises=tuple(reminded))
