"""The internal customer chain: which department serves which, by when, and how often it did."""

from collections.abc import Mapping
from dataclasses import dataclass

from plugins.model import House
from service_policy.company import Company, Department
from service_policy.handling import Limit
from service_policy.scorecard.snapshot import ChainLink

EVERYBODY = {"khach": "Quý khách", "tat-ca": "tất cả các phòng"}


@dataclass(frozen=True, slots=True)
class Link:
    """One time limit: whom it serves, in words, and the latest result, if any."""

    limit: Limit
    serves: tuple[str, ...]
    result: ChainLink | None


def variables(house: House) -> Mapping[str, object]:
    """Return what the page needs: departments with their links, and the month measured."""
    company = house.library.company
    measured = [month for month in house.library.scorecards if month.chain]
    month = measured[-1] if measured else None
    results = {(one.department, one.limit): one for one in (month.chain if month else ())}
    chain = tuple(
        (
            department,
            tuple(
                Link(limit, _serves(company, limit), results.get((department.id, limit.id)))
                for limit in department.limits
            ),
        )
        for department in company.departments
        if department.limits
    )
    return {"chain": chain, "measured_in": month}


def _serves(company: Company, limit: Limit) -> tuple[str, ...]:
    departments: dict[str, Department] = {one.id: one for one in company.departments}
    return tuple(EVERYBODY.get(one) or departments[one].name for one in limit.serves)
