"""What a command is: what somebody asks for, who may ask it, what follows, and how rules say no.

Commands may hold personal data. What of it may stand in a public event is decided by ``decide``;
the rest is kept apart, where it can be erased. Nothing here deletes, backdates or resets: there is
no such command.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Literal

from service_policy.actors import Actor, Role
from service_policy.cases.core.case import Case
from service_policy.cases.core.event import Event
from service_policy.cases.core.facts import FileFact
from service_policy.promises.policy import Policy
from service_policy.text import nfc


class CommandRefused(Exception):
    """The rules refuse a command: the field at fault and a Vietnamese message."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


def need(condition: object, field: str, message: str) -> None:
    """Refuse unless ``condition`` holds.

    Raises:
        CommandRefused: it does not.
    """
    if not condition:
        raise CommandRefused(field, message)


SHORTEST_TEXT = 20
"""Letters below which a message cannot say anything: "đã ghi nhận" has twelve."""
SHORTEST_CONCLUSION = 30
"""Letters of a text that concludes something."""
SHORTEST_REASON = 5
"""Letters of a reason."""


def need_text(text: str, field: str = "text", least: int = SHORTEST_TEXT) -> None:
    """Refuse an empty or meaningless text."""
    long_enough = len(nfc(text).strip()) >= least
    need(long_enough, field, f"Viết nội dung, ít nhất {least} ký tự.")


def need_open(case: Case) -> None:
    """Refuse work on a case that has ended."""
    need(not case.is_ended, "state", "Phiếu đã đóng; chỉ khách mới mở lại được.")


CUSTOMERS: frozenset[Role] = frozenset({"customer"})
DESK: frozenset[Role] = frozenset({"agent", "lead"})
LEADS: frozenset[Role] = frozenset({"lead"})
SECOND_READERS: frozenset[Role] = frozenset({"lead", "second_reader"})
ACCOUNTANTS: frozenset[Role] = frozenset({"accountant"})
PAYEES: frozenset[Role] = CUSTOMERS | DESK
"""Who says where money should go: the customer, or staff whom the customer told."""
MACHINES: frozenset[Role] = frozenset({"system"})
DELIVERY: frozenset[Role] = frozenset({"system", "agent", "lead"})
ANY_DESK: frozenset[Role] = frozenset({"system", "agent", "lead", "second_reader", "accountant"})
"""Editors and auditors read; agents work; leads decide more; a second reader signs; the accountant
pays; only the customer confirms, withdraws, disputes, contests, appeals and reopens."""

FILING: frozenset[Role] = frozenset({"agent", "lead"})
"""Who may enter a case for a customer who told it by phone, at a counter, on Zalo or by mail."""


class FilingCommand(ABC):
    """A command that files a case."""

    @abstractmethod
    def decide(self, policy: Policy, now: datetime) -> tuple[Event, ...]:
        """Return the events of a new case.

        Raises:
            CommandRefused: the category is not published, no department answers for this, which
                the checker of the content refuses, or staff may not enter it.
        """


Tells = Literal["nothing", "figures", "text", "answer", "plain_answer"]
"""What a command lets the customer read: recorded ``figures``, a ``text``, an ``answer`` that needs
an identified asker, or one that may say of itself that it discloses nothing, and is held to it."""


@dataclass(frozen=True)
class CaseCommand:
    """A command about a case; ``actor`` gives it, and ``files`` may go with it."""

    actor: Actor
    files: tuple[FileFact, ...] = field(default=(), kw_only=True)
    ALLOWED: ClassVar[frozenset[Role]] = frozenset()
    TELLS: ClassVar[Tells] = "nothing"
    PRIVATE: ClassVar[tuple[str, ...]] = ("text",)

    @property
    def private(self) -> dict[str, Any]:
        """The texts of this command, for the erasable side of the store, beside its first event."""
        values = {name: nfc(str(getattr(self, name, "") or "")).strip() for name in self.PRIVATE}
        return {name: value for name, value in values.items() if value}

    def shows_figures(self, case: Case) -> bool:
        """Say whether this very command would show figures of an invoice or a debt."""
        return False

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterable[Event]:
        """Return or yield the events that follow from the command at ``now``.

        Raises:
            CommandRefused: the rules refuse it; it names the field and says why.
        """
        raise CommandRefused("command", "Việc này cần hai phiếu.")


Command = FilingCommand | CaseCommand
