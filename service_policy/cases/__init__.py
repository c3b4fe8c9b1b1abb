"""Cases: a case is the fold of its events; commands are decided by the rules, never edited in."""

from service_policy.cases.case import Case, NotAHistory
from service_policy.cases.commands import FileCase
from service_policy.cases.commands_base import CaseCommand, Evidence
from service_policy.cases.decide import Command, act, decide
from service_policy.cases.due_work import as_of, due_work
from service_policy.cases.events import Event, PromiseMade, Received, read_event
from service_policy.cases.evolve import evolve, fold
from service_policy.cases.parts import PromiseState
from service_policy.cases.refused import CommandRefused

__all__ = [
    "Case",
    "CaseCommand",
    "Command",
    "CommandRefused",
    "Event",
    "Evidence",
    "FileCase",
    "NotAHistory",
    "PromiseMade",
    "PromiseState",
    "Received",
    "act",
    "as_of",
    "decide",
    "due_work",
    "evolve",
    "fold",
    "read_event",
]
