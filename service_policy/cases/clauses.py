"""Which published conditions a refusal of a case may stand on."""

from service_policy.cases.case import Case
from service_policy.handling import Clause
from service_policy.policy import Policy


def applicable(case: Case, policy: Policy) -> tuple[Clause, ...]:
    """Return the conditions in force when the case was filed that can apply to it.

    Exemptions of the commitments that the case was promised, and the conditions of the warranty
    where the case is about one. A condition of another promise refuses nothing.
    """
    promised = {one.commitment_id for one in case.promises}
    commitments = {one.id for one in policy.versions}
    warranty = _about_warranty(case, policy)
    return tuple(
        one
        for one in policy.clauses
        if policy.clause(one.id, case.pinned_on) == one
        and (one.source in promised or (warranty and one.source not in commitments))
    )


def _about_warranty(case: Case, policy: Policy) -> bool:
    category = policy.category(case.category or "")
    return case.kind == "warranty_claim" or (category is not None and category.warranty)
