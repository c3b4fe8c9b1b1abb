"""What every command about an existing case has."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from service_policy.actors import Actor
from service_policy.cases.files import FileFact
from service_policy.text import nfc
from service_policy.values import Model, Text


class Evidence(Model):
    """A piece of evidence: the opaque id of a stored file or message, and who may read it."""

    id: Text
    readable_by_customer: bool = False


@dataclass(frozen=True)
class CaseCommand:
    """A command about a case; ``actor`` gives it, and ``files`` may go with it."""

    actor: Actor
    files: tuple[FileFact, ...] = field(default=(), kw_only=True)
    PRIVATE: ClassVar[tuple[str, ...]] = ("text",)

    @property
    def private(self) -> dict[str, Any]:
        """The texts of this command, for the erasable side of the store, beside its first event."""
        values = {name: nfc(str(getattr(self, name, "") or "")).strip() for name in self.PRIVATE}
        return {name: value for name, value in values.items() if value}
