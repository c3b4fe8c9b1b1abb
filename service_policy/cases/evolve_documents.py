"""What the events of a request for documents do to a case."""

from dataclasses import replace

from service_policy.cases import events_documents as events
from service_policy.cases.apply import applied, ended
from service_policy.cases.case import Case


@applied.register
def _documents_asked(event: events.DocumentsAsked, case: Case) -> Case:
    return replace(case, documents_asked=event.documents)


@applied.register
def _documents_sent(event: events.DocumentsSent, case: Case) -> Case:
    """The promise ends when each document that was asked for has been sent."""
    sent = replace(case, documents_sent=(*case.documents_sent, event))
    if sent.documents_missing:
        return sent
    return ended(sent, "document_sent", event.at)


@applied.register
def _understood_asked(event: events.UnderstoodAsked, case: Case) -> Case:
    return replace(case, understood_asked=True)
