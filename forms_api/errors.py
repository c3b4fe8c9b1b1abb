"""What can go wrong with a command, told apart by what the customer should do next."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class FieldError:
    """One fault of one field: its name in the contract and a Vietnamese message."""

    field: str
    message: str


class SettingsError(Exception):
    """Bad settings; ``faults`` names every one as ``PORTAL_NAME: what is wrong``."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(faults))


class ValidationFailed(Exception):
    """The submission has faults; all of them are named at once. Nothing was recorded."""

    def __init__(self, errors: Iterable[FieldError]) -> None:
        self.errors = tuple(errors)
        super().__init__(", ".join(error.field for error in self.errors))


class IdempotencyConflict(Exception):
    """The same ``Idempotency-Key`` came with another body. Nothing new was recorded.

    The answer to this never carries a code: whoever holds the key alone proves nothing.
    """


class StoreUnavailable(Exception):
    """The store could not promise that the command is durable: it is *not* recorded.

    The web layer answers 503 and says so ("chưa được ghi nhận"). A retry with the same key is
    safe, because a write that did reach the disk is found again by that key.
    """


class NotFound(Exception):
    """No case answers to this reference and code.

    An unknown reference, a wrong code and a malformed one are the same error on purpose.
    """


class CaseMoved(Exception):
    """Somebody did something to the case after the page was opened. Nothing was recorded.

    The person is shown the case as it is now and decides again.
    """
