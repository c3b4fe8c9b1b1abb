"""The command of whoever sends documents that were asked for."""

from dataclasses import dataclass
from typing import ClassVar

from service_policy.cases.commands_base import CaseCommand
from service_policy.cases.events_documents import SentCopy, Way


@dataclass(frozen=True)
class RecordDocumentsSent(CaseCommand):
    """Record which versions went out, which way. The outbox does it for letters, people otherwise.

    ``letter`` is the number of the asking event that a letter of the outbox answers; a letter is
    recorded once, however often it had to be handed to the mail server. People give none.
    """

    copies: tuple[SentCopy, ...]
    way: Way
    letter: int | None = None
    PRIVATE: ClassVar[tuple[str, ...]] = ()
