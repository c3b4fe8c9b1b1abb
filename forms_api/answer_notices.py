"""Askers hear of published answers: whoever asked in vain is pointed to what was written since.

It is a hint, given once for each question, and not the answer that a person owes: no clock stops.
An entry is newer than a question when its ``last_reviewed`` is the day of the question or later,
and the asker was not shown it before sending.
"""

from datetime import datetime

from forms_api.errors import NotFound, ValidationFailed
from forms_api.gaps import Answers
from forms_api.handling import execute
from forms_api.loading import Loaded, load
from forms_api.portal import Portal
from forms_api.store import queues
from service_policy.actors import SYSTEM
from service_policy.cases.messages.answers import TellOfPublishedAnswer
from service_policy.documents import FaqEntry


def tell_askers(portal: Portal, answers: Answers, now: datetime) -> int:
    """Point every open question to the answer published since, if there is one; count them.

    Safe to repeat, from any number of processes: the rules tell each question once.

    Raises:
        StoreUnavailable: whoever was told until then is told.
    """
    told = 0
    for reference in portal.store.read(queues.open_of_kind, "question"):
        try:
            told += _tell(portal, reference, answers, now)
        except (ValidationFailed, NotFound):
            # Somebody closed it, or told of it, a moment ago.
            continue
    return told


def _tell(portal: Portal, reference: str, answers: Answers, now: datetime) -> bool:
    entry = _newer_answer(portal.store.read(load, reference), answers)
    if entry is None:
        return False
    command = TellOfPublishedAnswer(SYSTEM, entry.id, entry.question, entry.url)
    execute(portal, reference, command, now)
    return True


def _newer_answer(loaded: Loaded, answers: Answers) -> FaqEntry | None:
    if loaded.case.told_of_answer:
        return None
    shown = loaded.filed.get("hits_shown", [])
    for words in loaded.filed.get("search_terms_tried", []):
        entry = answers(words)
        if entry is None or f"hoi-dap:{entry.id}" in shown:
            continue
        if entry.last_reviewed >= loaded.case.pinned_on:
            return entry
    return None
