"""What every template is told besides its own models: the company, the site and the page.

``company`` is the company model of the rules. ``site`` and ``page`` are the two small objects
below; the static site and the form server both build them, so the shell is one and the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go: its title as shown and its root-relative address."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Site:
    """The published site: its public address ("" when unknown) and its promises' fingerprint.

    ``fingerprint`` is 12 hex digits; ``built_on`` is the day of the build; ``chrome`` is the model
    of menu, footer and home page; ``look`` of pictures and colours; ``addresses`` are those of
    every page that may be linked to. ``matrix`` is the model of customers and families, ``danger``
    what people call a danger.
    """

    url: str
    fingerprint: str
    built_on: date
    chrome: Any
    look: Any
    addresses: frozenset[str]
    matrix: Any = None
    danger: str = ""

    @classmethod
    def of(cls, library: Any, url: str) -> "Site":
        """Describe the site of a library, as both servers know it."""
        policy, addresses = library.policy, library.addresses
        return cls(
            url,
            policy.fingerprint,
            library.today,
            library.chrome,
            library.look,
            addresses,
            policy.matrix,
            policy.danger,
        )

    def has(self, url: str) -> bool:
        """Say whether there is such a page; a place on it or a question to it is of no matter.

        Every form that a template names is there; the company's own links are checked.
        """
        page = url.partition("#")[0].partition("?")[0]
        return page in self.addresses or page.startswith("/gui/")


@dataclass(frozen=True, slots=True)
class Page:
    """One page: what its head and its breadcrumbs need.

    ``url`` is root-relative; ``breadcrumbs`` are (title, url) pairs from the home page's child
    down to the parent of this page; ``json_ld`` holds schema.org objects; ``kind`` is a word
    for the body's class, such as ``commitment`` or ``form``. A page with a ``version`` asks its
    readers whether that version is clear.
    """

    title: str
    description: str
    url: str
    breadcrumbs: tuple[tuple[str, str], ...] = ()
    kind: str = "page"
    json_ld: tuple[Mapping[str, object], ...] = ()
    noindex: bool = False
    version: str = ""
