"""Cases: a case is the fold of its events; commands are decided by the rules, never edited in."""

from service_policy.cases.case import Case, PromiseState, evolve, fold
from service_policy.cases.commands import Contact, FileComplaint, FileInvoiceInquiry
from service_policy.cases.decide import CommandRefused, decide
from service_policy.cases.events import Event, PromiseMade, Received, read_event

__all__ = [
    "Case",
    "CommandRefused",
    "Contact",
    "Event",
    "FileComplaint",
    "FileInvoiceInquiry",
    "PromiseMade",
    "PromiseState",
    "Received",
    "decide",
    "evolve",
    "fold",
    "read_event",
]
