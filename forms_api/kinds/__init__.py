"""The kinds of submission that the portal takes, each declared in a module of its own.

Whatever module of this package has a ``KIND`` is one: nothing else lists them. What a module calls
``OURS`` is a kind of case that the company opens itself, which has no form.
"""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from forms_api.kinds.kind import Kind
from service_policy.addresses import Declared

_MODULES = [import_module(f"{__name__}.{one.name}") for one in iter_modules(__path__)]
KINDS: tuple[Kind, ...] = tuple(
    sorted((one.KIND for one in _MODULES if hasattr(one, "KIND")), key=lambda one: one.place)
)
"""All of them, in the order in which lists show them."""
ALL: tuple[Kind, ...] = (*KINDS, *(one.OURS for one in _MODULES if hasattr(one, "OURS")))
"""All kinds of cases, those that the company opens itself last."""
_BY_ID = {one.id: one for one in ALL}

TO_COME = {
    "warranty_claim": "yêu cầu bảo hành",
    "partner_incident": "sự cố của đối tác",
    "data_request": "yêu cầu về dữ liệu cá nhân",
}
"""Kinds that promises may speak of already, and for which there is no form yet."""

DECLARED = Declared(
    topics={one.id: tuple(one.topics) for one in KINDS if one.routed},
    others=(*(one.id for one in ALL if not one.routed), *TO_COME),
    forms=(*(one.url for one in KINDS), "/gui/gop-y/"),
)
"""What the content has to agree with: see ``service_policy.content.read``."""


def of(kind: str) -> Kind:
    """Return the kind of this id.

    Raises:
        KeyError: there is none.
    """
    return _BY_ID[kind]


def find(kind: str) -> Kind | None:
    """Return the kind of this id, or None: cases may be of one that is taken no longer."""
    return _BY_ID.get(kind)


def words_of(kind: str, filed: Mapping[str, Any]) -> str:
    """Return the customer's own words, exactly as taken; empty once they are erased."""
    found = find(kind)
    names = ("description",) if found is None else found.main_text
    return "\n\n".join(str(filed[one]) for one in names if filed.get(one))
