"""Events about missed promises and the money that follows from them."""

from datetime import datetime
from typing import Literal

from service_policy.actors import Actor
from service_policy.cases.files import FileFact
from service_policy.values import Model, Vnd

MissReason = Literal["late", "second_hand_off"]
OwedReason = Literal["missed", "refund", "late_payment", "goodwill", "advance", "damage"]
FactName = Literal[
    "price_vnd",
    "late_value_vnd",
    "short_value_vnd",
    "difference_vnd",
    "months_used",
    "warranty_months",
    "damage_vnd",
    "obligation_value_vnd",
    "no_show",
]
PayMethod = Literal["transfer", "offset", "voucher", "cash"]


class PromiseMissed(Model):
    """A promise was not kept. Nothing takes this event back."""

    type: Literal["promise_missed"] = "promise_missed"
    at: datetime
    promise: str
    commitment_id: str
    version: int
    reason: MissReason
    due_at: datetime


class PromiseImproved(Model):
    """A newer version of the promise is better for the customer and holds from now on."""

    type: Literal["promise_improved"] = "promise_improved"
    at: datetime
    promise: str
    version: int
    title: str
    measure: str
    first_due_at: datetime
    due_at: datetime
    if_missed_vnd: int | None
    if_missed: str
    unit: str


class CompensationOwed(Model):
    """One step of money owed: ``vnd`` more, ``total_vnd`` so far for this promise and reason.

    ``formula`` and ``inputs`` let anybody compute it again; ``step`` is the late working day.
    """

    type: Literal["compensation_owed"] = "compensation_owed"
    at: datetime
    by: Actor
    promise: str
    commitment_id: str | None = None
    version: int | None = None
    reason: OwedReason
    step: int = 0
    vnd: Vnd
    total_vnd: Vnd
    formula: str
    inputs: dict[str, int]
    since: datetime
    pay_by: datetime


class FactRecorded(Model):
    """A figure that money depends on was recorded with evidence."""

    type: Literal["fact_recorded"] = "fact_recorded"
    at: datetime
    by: Actor
    name: FactName
    value: int
    evidence: tuple[str, ...]
    files: tuple[FileFact, ...] = ()


class ExemptionClaimed(Model):
    """Somebody claims that a missed promise need not be paid for; it waits for a second person."""

    type: Literal["exemption_claimed"] = "exemption_claimed"
    at: datetime
    by: Actor
    promise: str
    exemption: str
    evidence: tuple[str, ...]
    sign_by: datetime
    files: tuple[FileFact, ...] = ()


class ExemptionGranted(Model):
    """A second person signed: unpaid money of this promise is not owed; the miss stays."""

    type: Literal["exemption_granted"] = "exemption_granted"
    at: datetime
    by: Actor
    promise: str
    exemption: str


class ExemptionLapsed(Model):
    """Nobody signed the claim in time, or the second person refused it."""

    type: Literal["exemption_lapsed"] = "exemption_lapsed"
    at: datetime
    promise: str


class PaymentRecorded(Model):
    """Money was paid; it goes to what has been due longest."""

    type: Literal["payment_recorded"] = "payment_recorded"
    at: datetime
    by: Actor
    vnd: Vnd
    method: PayMethod
    evidence: tuple[str, ...]
