"""The company: who it is, its departments, its channels and its rules for paying."""

from typing import Annotated, Literal

from pydantic import model_validator

from service_policy.clock import Quantity
from service_policy.handling import Handling, Limit
from service_policy.values import Day, Few, Model, Name, Slug, Text, TimeOfDay, Vnd, YesNo, fault


class Registration(Model):
    """The business registration that Decree 248/2026, article 4, wants published."""

    number: Text
    issued_on: Day
    issued_by: Text


class Department(Model):
    """A department; ``role`` is the role that answers for a case, never a person's name.

    ``limits`` are its time limits towards other departments: the internal customer chain.
    """

    id: Slug
    name: Text
    role: Text
    email: Text
    limits: tuple[Limit, ...] = ()

    def limit(self, limit_id: str) -> Limit | None:
        """Return a time limit by its id, or None."""
        return next((one for one in self.limits if one.id == limit_id), None)


class Accountable(Model):
    """Who answers for a promise: a role and its department's id."""

    role: Text
    department: Slug


class Decider(Model):
    """Who may decide something: a role of the desk, a department by its id, or both.

    ``title`` is how readers know them, as the pages and the messages call them.
    """

    title: Text
    role: Literal["agent", "lead", "second_reader"] | None = None
    department: Slug | None = None

    @model_validator(mode="after")
    def _somebody(self) -> "Decider":
        if self.role is None and self.department is None:
            raise fault(
                "nobody_decides", "chưa nói ai được quyết", "ghi role, department, hoặc cả hai"
            )
        return self

    def fits(self, role: str, department: str | None) -> bool:
        """Say whether somebody of this role and department may decide."""
        return self.role in (None, role) and self.department in (None, department)


class Decisions(Model):
    """Who decides against a customer, as published: refuses, signs a refusal, reviews it."""

    refuse: Decider
    sign: Decider
    review: Decider


class Channel(Model):
    """A way to reach the company. ``value`` is shown; ``url`` is linked when there is one."""

    id: Slug
    name: Text
    value: Text
    url: Text | None = None
    hours: Text
    note: Text | None = None


class Interval(Model):
    """An opening interval in local time."""

    opens: TimeOfDay
    closes: TimeOfDay


class Hours(Model):
    """Opening hours of a working day; ``weekdays`` by English three-letter names."""

    weekdays: Annotated[tuple[Text, ...], Few]
    intervals: Annotated[tuple[Interval, ...], Few]
    saturday_note: Text | None = None


class PaymentRules(Model):
    """Rules that hold for every compensation."""

    pay_within: Quantity
    notify_within: Quantity
    late_payment_add_vnd: Vnd
    discretion_limit_vnd: Vnd
    method: Text
    voucher: Text


class ThirdParty(Model):
    """A kind of third party that may do a part of a case; its customer reads the name."""

    id: Name
    name: Text


class Company(Model):
    """``cong-ty.yaml``: the company as its customers meet it."""

    name: Text
    short_name: Text
    fictional: YesNo
    banner: Text
    tagline: Text
    statement: Text
    tax_code: Text
    address: Text
    representative: Text
    registration: Registration
    website: Text
    email: Text
    hotline: Text
    safety_line: Text
    factory: Text
    warehouses: Annotated[tuple[Text, ...], Few]
    hours: Hours
    departments: Annotated[tuple[Department, ...], Few]
    channels: Annotated[tuple[Channel, ...], Few]
    payment: PaymentRules
    handling: Handling
    decisions: Decisions
    third_parties: Annotated[tuple[ThirdParty, ...], Few]

    def third_party(self, party: str) -> str:
        """Name a third party; the id of one that an old case knows and nobody else."""
        return next((one.name for one in self.third_parties if one.id == party), party)

    def department_named(self, name: str) -> Department | None:
        """Return a department by the name that events keep, or None."""
        return next((one for one in self.departments if one.name == name), None)

    def department(self, department_id: str) -> Department | None:
        """Return a department by its id, or None."""
        return next((one for one in self.departments if one.id == department_id), None)
