"""Loads every module that has routes; ``app`` registers the blueprint from here."""

from forms_api.web.staff import (
    cases,
    entry,
    gaps,
    lists,
    login,
    operation,
    queue,
    refusals,
    remarks,
    trail,
)
from forms_api.web.staff.blueprint import blueprint

__all__ = [
    "blueprint",
    "cases",
    "entry",
    "gaps",
    "lists",
    "login",
    "operation",
    "queue",
    "refusals",
    "remarks",
    "trail",
]
