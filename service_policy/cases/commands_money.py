"""Commands about money; amounts in đồng."""

from dataclasses import dataclass

from service_policy.cases.commands_base import CaseCommand, Evidence
from service_policy.cases.events_money import FactName, PayMethod


@dataclass(frozen=True)
class RecordFact(CaseCommand):
    """Record a figure that an amount depends on, such as the price, with its evidence."""

    name: FactName
    value: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class ClaimExemption(CaseCommand):
    """Claim that a missed ``promise`` (its key) falls under one of its published exemptions."""

    promise: str
    exemption: str
    evidence: tuple[Evidence, ...]
    text: str


@dataclass(frozen=True)
class SignExemption(CaseCommand):
    """Decide, as a second person, on a claimed exemption."""

    promise: str
    granted: bool = True


@dataclass(frozen=True)
class GrantGoodwill(CaseCommand):
    """Give money at one's own discretion, beyond what is owed."""

    vnd: int
    text: str


@dataclass(frozen=True)
class GrantAdvance(CaseCommand):
    """Advance money for damage in a safety case, before anything is settled."""

    vnd: int
    text: str


@dataclass(frozen=True)
class RecordPayment(CaseCommand):
    """Record that money went out; ``evidence`` is the bank's or the ledger's reference."""

    vnd: int
    method: PayMethod
    evidence: tuple[Evidence, ...]
