"""How cases are handled: the company's own published limits, and the bodies outside it."""

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field, model_validator

from service_policy.promises.clock import Quantity
from service_policy.text import folded
from service_policy.values import (
    Count,
    Day,
    Model,
    Name,
    NonEmpty,
    Percent,
    Slug,
    Text,
    Url,
    Vnd,
    fault,
)


class Escalation(Model):
    """A rung inside the house: how long after a missed deadline a case moves up, and to whom."""

    level: Annotated[Count, Field(gt=0)]
    after: Quantity
    department: Slug
    role: Text


FIVE = Fraction(5)
"""Per cent of what was compared above which misses look like a fault of the file."""


class Handling(Model):
    """Limits on what may stop a clock or close a case; the contract's N are these numbers.

    ``pause_longest`` and ``pause_total`` are in working days: one pause, and all of a case.
    ``ask_understood_after`` is how long after a document was sent its reader is asked about it.
    Misses that the books show at once and that cost more than ``hold_above_vnd``, or are more than
    ``hold_above_percent`` of what was compared, wait for a second person, ``sign_within`` at most.
    """

    confirm_within: Quantity
    pause_longest: Quantity
    pause_total: Quantity
    appeal_within: Quantity
    sign_within: Quantity
    reopen_within: Quantity
    follow_up_after: Quantity
    ask_understood_after: Quantity
    remind_before: Quantity
    escalation: tuple[Escalation, ...] = ()
    hold_above_vnd: Annotated[Vnd | None, Field(exclude_if=lambda one: one is None)] = None
    hold_above_percent: Annotated[Percent, Field(exclude_if=lambda one: one == FIVE)] = FIVE

    @model_validator(mode="after")
    def _units(self) -> "Handling":
        pauses = (self.pause_longest, self.pause_total)
        if any(one.unit != "working_days" for one in pauses):
            raise fault(
                "pause_unit", "thời gian dừng đồng hồ phải tính bằng ngày làm việc", "working_days"
            )
        if self.remind_before.unit != "working_hours":
            raise fault("remind_unit", "nhắc trước phải tính bằng giờ làm việc", "working_hours")
        return self


EVERYBODY = "tat-ca"
"""What ``serves`` says of a task that a department owes to all others."""


class Limit(Model):
    """What a department owes its internal customers: a task, by when, and what if it is late.

    ``serves`` names departments by id, ``khach`` for the customer or ``tat-ca`` for everybody.
    ``kinds`` are the kinds of case that come to the department for this task when nobody said more.
    """

    id: Name
    task: Text
    serves: Annotated[tuple[Slug, ...], NonEmpty]
    within: Quantity
    if_late: Text | None = None
    kinds: tuple[Name, ...] = ()

    def answers(self, giver: str) -> bool:
        """Say whether the department owes this to another one, by its id."""
        return giver in self.serves or EVERYBODY in self.serves


class OutsideBody(Model):
    """The authority of one province that supports consumers (Law 19/2023, article 57).

    ``formerly`` are the provinces merged into it on 1 July 2025, so that old addresses find it.
    """

    province: Text
    kind: Literal["thành phố", "tỉnh"]
    formerly: tuple[Text, ...] = ()
    contact: Text | None = None

    @property
    def name(self) -> str:
        """The body's name: ``Sở Công Thương tỉnh Tây Ninh``."""
        if self.province.startswith("Thành phố"):
            return f"Sở Công Thương {self.province}"
        return f"Sở Công Thương {self.kind} {self.province}"


class OutsideBodies(Model):
    """``noi-khieu-nai.yaml``: where a customer may go when the company has not helped."""

    checked_on: Day
    note: Text
    association: Text
    provinces: Annotated[tuple[OutsideBody, ...], NonEmpty]

    @model_validator(mode="after")
    def _each_once(self) -> "OutsideBodies":
        names = [_key(name) for one in self.provinces for name in (one.province, *one.formerly)]
        if len(names) != len(set(names)):
            raise fault("duplicate_province", "một tỉnh được ghi hai lần", "giữ lại một dòng")
        return self

    def body(self, province: str | None) -> OutsideBody | None:
        """Find a province's body by its name of today or before 2025, typed with or without tones.

        None when the province is unknown: the customer is then shown the whole list.
        """
        wanted = _key(province or "")
        for one in self.provinces:
            if wanted in {_key(name) for name in (one.province, *one.formerly)}:
                return one
        return None


class Clause(Model):
    """A published condition as it was on one day.

    ``id`` is the source's and its own: of an exemption of a commitment (which excuses money
    alone), of an exclusion of a warranty procedure by number, or of a condition of a page.
    ``evidence`` is what the company itself must show.
    """

    id: Text
    version: Text
    effective_from: Day
    effective_to: Day | None = None
    text: Text
    evidence: Text
    url: Url
    of: Literal["exemption", "exclusion", "condition"] = "condition"

    @property
    def source(self) -> str:
        """The id of the commitment, the warranty procedure or the page that it stands in."""
        return self.id.partition(".")[0]


_PREFIXES = ("thanh pho ", "tp. ", "tp.", "tp ", "tinh ")


def _key(name: str) -> str:
    """Fold a province's name: no tones, no case, no ``tỉnh`` or ``thành phố`` in front."""
    plain = " ".join(folded(name).replace("–", "-").replace(" - ", "-").split())
    for prefix in _PREFIXES:
        if plain.startswith(prefix):
            return plain.removeprefix(prefix)
    return plain
