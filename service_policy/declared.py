"""What the portal declares of the forms that it has, as far as the content must agree with it.

The rules know no list of kinds: whoever reads the content and has the forms says what they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Declared:
    """Kinds of cases and addresses of forms.

    ``topics`` are the kinds that a route leads to a department, each with the topics that it may
    be about; ``others`` are kinds without a route, which promises may be for. ``forms`` are the
    addresses below ``/gui/`` that a text may link to.
    """

    topics: Mapping[str, tuple[str, ...]]
    others: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The ids of all kinds."""
        return (*self.topics, *self.others)
