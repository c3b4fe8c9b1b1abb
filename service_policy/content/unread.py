"""What cannot be known while files have faults of their own, so that one cause is one fault.

A commitment whose file cannot be read is not missing: whoever names it has done nothing wrong.
"""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from service_policy.content.tree import Fault, Tree

_CLAIM = re.compile(rb"^(id|slug|url):[ \t]*([^\s#][^#\n]*)", re.MULTILINE)
_WORD = re.compile(r"[^\s\"':]+")
_NAMED = re.compile(r"“([^”]+)”|(/[a-z0-9./-]*)|\b([A-Z0-9][A-Z0-9.-]*[A-Za-z0-9])\b")
_ADDRESS = re.compile(r"/?[a-z0-9]+(?:[-/][a-z0-9]+)*/?", re.IGNORECASE)
_ADDRESS_FROM = {"cam-ket": "id", "san-pham": "id", "trang": "url"}
"""The field that says where a document stands; the slug for all other kinds."""
_NAMED_BY_OTHERS = frozenset({"cam-ket", "hoi-dap", "san-pham"})
"""Kinds whose codes stand in other files: any unknown one may be that of a file without a code."""
_PRINTED = ("bang-gia", "catalogue", "bao-hanh", "cam-ket")
"""Kinds that have a page in the register of documents as well, at an address made of the id."""


def claims_in(raw: bytes) -> dict[str, str]:
    """Return the id and address that a file which cannot be parsed seems to give itself."""
    return {
        found.group(1).decode(): found.group(2).decode("utf-8", "replace")
        for found in _CLAIM.finditer(raw)
    }


@dataclass(frozen=True)
class Unread:
    """The files with faults: what they are called, and of which kinds they are.

    Attributes:
        names: ids, slugs and names of files, in small letters.
        addresses: beginnings of addresses below which anything may stand.
        kinds: kinds of documents (names of folders) of which some are not known.
        nameless: those kinds of which some do not even say their id.
    """

    names: frozenset[str] = frozenset()
    addresses: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    nameless: frozenset[str] = frozenset()

    def hides(self, fault: Fault) -> bool:
        """Say whether what a fault misses may stand in one of these files.

        A message of the checker quotes the code or the address that it could not find.
        """
        if not self.names:
            return False
        if (
            fault.code in ("unknown_reference", "unknown_mention")
            and self.nameless & _NAMED_BY_OTHERS
        ):
            return True
        for found in _NAMED.finditer(fault.message):
            quoted, address, code = found.groups()
            name = (quoted or address or code).lower()
            if name in self.names or (address and self._leads_here(name)):
                return True
            if quoted and not self.names.isdisjoint(re.split(r"[:. ]", name)):
                return True
        return False

    def __contains__(self, code: object) -> bool:
        """Say whether a code that a placeholder names may be that of one of these files."""
        return code in self.names or bool(self.nameless & _NAMED_BY_OTHERS)

    def _leads_here(self, address: str) -> bool:
        inside = not self.names.isdisjoint(address.strip("/").split("/"))
        return inside or (bool(self.addresses) and address.startswith(self.addresses))


def unread(broken: Iterable[tuple[str, Tree]], wrong: Container[tuple[str, str]]) -> Unread:
    """Return what is not known of some files, each given with its kind.

    ``wrong`` are the fields (file, name) that have faults: they say nothing.
    """
    names: set[str] = set()
    addresses: set[str] = set()
    kinds: set[str] = set()
    nameless: set[str] = set()
    for kind, tree in broken:
        kinds.add(kind)
        given = tree.claims | {
            key: str(tree.data[key])
            for key in ("id", "slug", "url")
            if key in tree.data and (tree.file, key) not in wrong
        }
        names |= {PurePosixPath(tree.file).stem.lower()}
        names |= {
            word.lower()
            for one in (*tree.claims.values(), *given.values())
            for word in _WORD.findall(one)
        }
        if "id" not in given:
            nameless.add(kind)
            addresses |= {"/tai-lieu/"} if kind in _PRINTED else set()
        if not _ADDRESS.fullmatch(given.get(_ADDRESS_FROM.get(kind, "slug"), "").strip("\"' ")):
            # It says nowhere where it stands, so nobody knows which links lead to it.
            addresses.add("/" if kind == "trang" else f"/{kind}/")
    return Unread(frozenset(names), tuple(sorted(addresses)), frozenset(kinds), frozenset(nameless))
