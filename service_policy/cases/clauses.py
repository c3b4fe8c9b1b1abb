"""Which published conditions a refusal of a case may stand on."""

from service_policy.cases.case import Case
from service_policy.handling import Clause
from service_policy.policy import Policy


def applicable(case: Case, policy: Policy) -> tuple[Clause, ...]:
    """Return the conditions of the thing refused that were in force when the case was filed.

    The complaint's category names the documents whose conditions may decide it; a warranty claim
    is decided by the conditions of the warranty. The exemptions of a commitment excuse money when
    it was missed: they are no condition of anything, and refuse nothing.
    """
    category = policy.category(case.category or "")
    sources = frozenset(category.refuse_under if category is not None else ())
    claim = case.kind == "warranty_claim"
    return tuple(
        one
        for one in policy.clauses
        if one.of != "exemption"
        and policy.clause(one.id, case.pinned_on) == one
        and (one.source in sources or (claim and one.of == "exclusion"))
    )
