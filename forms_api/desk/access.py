"""Who may read what is personal about a case."""

from forms_api.staff.people import Person
from service_policy.cases import Case
from service_policy.company import Company

READERS = frozenset({"agent", "lead", "second_reader", "accountant"})
"""Roles that need to know the customer; editors and auditors see everything else."""

_SIGNERS = frozenset({"second_reader", "accountant"})
_FOR_EVERYBODY = "tat-ca"


def may_read_personal(person: Person, case: Case, company: Company) -> bool:
    """Say whether somebody may see who the customer is and what was written.

    Agents and leads: of the departments that answer for the case or hold or held it, and of those
    that serve all others. Second readers and accountants need every case they are asked about.
    """
    mine = company.department(person.department)
    if person.role not in READERS or mine is None:
        return False
    if reads_every_case(person, company):
        return True
    involved = {case.owner_department, *(one.department for one in case.holdings)}
    return mine.name in involved


def reads_every_case(person: Person, company: Company) -> bool:
    """Say whether somebody may see who the customer is, whoever has to do with a case."""
    mine = company.department(person.department)
    if person.role not in READERS or mine is None:
        return False
    serves_all = any(_FOR_EVERYBODY in limit.serves for limit in mine.limits)
    return person.role in _SIGNERS or serves_all
