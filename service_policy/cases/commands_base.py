"""What every command about an existing case has."""

from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from service_policy.actors import Actor
from service_policy.cases.files import FileFact
from service_policy.text import nfc
from service_policy.values import Model, Text


class Evidence(Model):
    """A piece of evidence: an opaque id, what it is, and whether the customer may read it.

    A ``note`` is a line that staff typed. A ``file`` goes with the same command. An ``event`` is
    one of the case, by its ``number``.
    """

    id: Text
    readable_by_customer: bool = False
    kind: Literal["note", "file", "event"] = "note"
    number: int | None = None


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
