"""Cases: a case is the fold of its events; commands are decided by the rules, never edited in."""

from importlib import import_module
from pkgutil import walk_packages

from service_policy.cases.core.case import Case, NotAHistory
from service_policy.cases.core.command import CaseCommand, Command, CommandRefused
from service_policy.cases.core.decide import decide
from service_policy.cases.core.event import Event, evolve, fold, read_event
from service_policy.cases.core.facts import Evidence
from service_policy.cases.core.parts import PromiseState
from service_policy.cases.core.promises import PromiseMade
from service_policy.cases.filing.received import FileCase, Received
from service_policy.cases.sweep import act, as_of, due_work

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

# Events and commands are known by being declared, in whichever module of a topic that is.
for _found in walk_packages(__path__, f"{__name__}."):
    import_module(_found.name)
