"""The company: who it is, its departments, its channels and its rules for paying."""

from typing import Annotated, Literal

from pydantic import model_validator

from service_policy.banks import CashPlace, OtherWay
from service_policy.handling import Handling, Limit
from service_policy.opening_hours import Hours
from service_policy.promises.clock import Quantity
from service_policy.values import Day, Model, Name, NonEmpty, Slug, Text, Vnd, YesNo, fault


class Registration(Model):
    """The business registration that Decree 248/2026, article 4, wants published."""

    number: Text
    issued_on: Day
    issued_by: Text


class Department(Model):
    """A department; ``role`` is the role that answers for a case, never a person's name.

    ``limits`` are its time limits towards other departments: the internal customer chain.
    ``formerly`` are names that it, or a department whose work it took over, bore before.
    """

    id: Slug
    name: Text
    role: Text
    email: Text
    formerly: tuple[Text, ...] = ()
    limits: tuple[Limit, ...] = ()

    def limit(self, limit_id: str) -> Limit | None:
        """Return a time limit by its id, or None."""
        return next((one for one in self.limits if one.id == limit_id), None)

    def limits_for(self, kind: str, giver: str) -> tuple[Limit, ...]:
        """Return the limits that may hold for a hand-off that named no task.

        They are those for this kind of case; without any, those that serve the department that
        gives; without any, all.
        """
        of_kind = tuple(one for one in self.limits if kind in one.kinds)
        serving = tuple(one for one in self.limits if one.answers(giver))
        return of_kind or serving or self.limits


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
    """Who decides against a customer, as published: refuses, signs a refusal, reviews it.

    ``negotiate`` are the departments that sit down with a customer who still does not agree.
    """

    refuse: Decider
    sign: Decider
    review: Decider
    negotiate: Annotated[tuple[Slug, ...], NonEmpty]


class Route(Model):
    """Which department answers for new cases of a kind, or for those about some topics.

    The first route of a kind that names the topic holds, else its route without topics; a route
    without a kind is for every kind that has none of its own. Complaints have none: their category
    says who answers.
    """

    kind: Name | None = None
    topics: tuple[Name, ...] = ()
    department: Slug


class Channel(Model):
    """A way to reach the company. ``value`` is shown; ``url`` is linked when there is one."""

    id: Slug
    name: Text
    value: Text
    url: Text | None = None
    hours: Text
    note: Text | None = None


class PaymentRules(Model):
    """Rules that hold for every compensation; ``cash_at`` and ``also`` are ways besides a bank."""

    pay_within: Quantity
    notify_within: Quantity
    late_payment_add_vnd: Vnd
    discretion_limit_vnd: Vnd
    method: Text
    voucher: Text
    cash_at: tuple[CashPlace, ...] = ()
    also: tuple[OtherWay, ...] = ()

    def place(self, place_id: str) -> CashPlace | None:
        """Return a shop that pays out cash by its id, or None."""
        return next((one for one in self.cash_at if one.id == place_id), None)


class ThirdParty(Model):
    """A kind of third party that may do a part of a case; its customer reads the name."""

    id: Name
    name: Text


class Company(Model):
    """``cong-ty.yaml``: the company as its customers meet it.

    ``banner`` stands on every page and paper of a ``fictional`` one. ``factory`` and ``warehouses``
    are for those that have any.
    """

    name: Text
    short_name: Text
    fictional: YesNo = False
    banner: Text | None = None
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
    factory: Text | None = None
    warehouses: tuple[Text, ...] = ()
    hours: Hours
    departments: Annotated[tuple[Department, ...], NonEmpty]
    channels: Annotated[tuple[Channel, ...], NonEmpty]
    payment: PaymentRules
    handling: Handling
    routes: Annotated[tuple[Route, ...], NonEmpty]
    decisions: Decisions
    third_parties: Annotated[tuple[ThirdParty, ...], NonEmpty]

    def third_party(self, party: str) -> str:
        """Name a third party; the id of one that an old case knows and nobody else."""
        return next((one.name for one in self.third_parties if one.id == party), party)

    @model_validator(mode="after")
    def _fiction_is_told(self) -> "Company":
        if self.fictional and self.banner is None:
            raise fault(
                "no_banner",
                "fictional: true mà thiếu banner",
                "thêm banner: một câu nói đây là doanh nghiệp hư cấu; "
                "công ty có thật thì đổi thành fictional: false",
            )
        return self

    def department(self, department_id: str) -> Department | None:
        """Return a department by its id, or None."""
        return next((one for one in self.departments if one.id == department_id), None)

    def route(self, kind: str, topic: str | None) -> str | None:
        """Return the id of the department that answers for such a case, or None."""
        mine = [one for one in self.routes if one.kind == kind]
        named = (one.department for one in mine if topic is not None and topic in one.topics)
        rest = (one.department for one in mine if not one.topics)
        others = (one.department for one in self.routes if one.kind is None)
        return next(named, None) or next(rest, None) or next(others, None)

    def department_name(self, department_id: str) -> str:
        """Return how a department is called; its id, once the company has it no more."""
        found = self.department(department_id)
        return department_id if found is None else found.name
