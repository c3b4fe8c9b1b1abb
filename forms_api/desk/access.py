"""Who may read what is personal about a case; pages, searches, exports and files all ask here."""

from forms_api.staff.people import Person
from service_policy.cases import Case
from service_policy.company import Company

READERS = frozenset({"agent", "lead", "second_reader", "accountant"})
"""Roles that need to know the customer; editors and auditors see everything else."""

WORKERS = frozenset({"agent", "lead"})
"""Roles that read by department; the other readers read what waits for them."""

_FOR_EVERYBODY = "tat-ca"


def may_read_personal(person: Person, case: Case, company: Company) -> bool:
    """Say whether somebody may see who the customer is and what was written.

    Agents and leads: of the departments that answer for the case or hold or held it, and of those
    that serve all others. Second readers and accountants: a case that waits for them, for as long
    as it does; afterwards they read its history without anything personal, like everybody else.
    ``case`` is as it is now, with what has lapsed by itself.
    """
    match person.role:
        case "second_reader":
            # A refusal, an exemption or a review waits for a second person.
            return bool(case.refusal or case.claims or case.review)
        case "accountant":
            return case.open_vnd > 0
        case "agent" | "lead":
            return reads_every_case(person, company) or _involved(person, case, company)
        case _:
            return False


def reads_every_case(person: Person, company: Company) -> bool:
    """Say whether somebody may see who the customer is, whoever has to do with a case."""
    mine = company.department(person.department)
    if mine is None or person.role not in WORKERS:
        return False
    return any(_FOR_EVERYBODY in limit.serves for limit in mine.limits)


def _involved(person: Person, case: Case, company: Company) -> bool:
    involved = {case.owner_department, *(one.department for one in case.holdings)}
    known = company.department(person.department) is not None
    return known and person.department in involved
