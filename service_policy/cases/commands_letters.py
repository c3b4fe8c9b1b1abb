"""Commands about letters that did not arrive."""

from dataclasses import dataclass

from service_policy.cases.commands_base import CaseCommand
from service_policy.cases.events_letters import Failure, LetterKind, ReachedBy


@dataclass(frozen=True, kw_only=True)
class RecordLetterFailure(CaseCommand):
    """The post gave up a letter, or a letter came back that no delivery was recorded of."""

    letter: LetterKind
    failure: Failure
    message: int | None = None


@dataclass(frozen=True, kw_only=True)
class RecordReached(CaseCommand):
    """Somebody told the customer what a letter that failed was to say; ``failure`` names it."""

    failure: int
    means: ReachedBy
