"""Commitments in the register: on every day one paper with exactly what holds on that day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from service_policy.promise_issues import WHOLE, promise_issues, promises_of
from service_policy.promises.commitment import Commitment, in_force
from service_policy.promises.policy import Policy

FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 60).map(lambda days: FIRST + timedelta(days=days))


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[int, int, date, date | None]]:
    """Versions of three promises: (number, version, first day, last day or none)."""
    made = []
    for number in range(3):
        starts = sorted(draw(st.lists(DAYS, max_size=3, unique=True)))
        for version, start in enumerate(starts, 1):
            length = draw(st.none() | st.integers(0, 30))
            last = None if length is None else start + timedelta(days=length)
            made.append((number, version, start, last))
    return made


def commitments(
    policy: Policy, history: list[tuple[int, int, date, date | None]]
) -> tuple[Commitment, ...]:
    return tuple(
        policy.versions[number].model_copy(
            update={"version": version, "effective_from": first, "effective_to": last}
        )
        for number, version, first, last in history
    )


@given(histories(), DAYS)
def test_on_each_day_one_paper_holds_and_it_has_what_is_promised_that_day(
    policy: Policy, history: list[tuple[int, int, date, date | None]], day: date
) -> None:
    versions = commitments(policy, history)
    issues = promise_issues(versions, day)
    current = [one for one in issues if one.series == WHOLE and one.state(day) == "current"]
    holds = in_force(versions, day)
    assert len(current) == bool(holds)
    for one in current:
        assert promises_of(one, versions) == holds
        assert one.url == "/cam-ket/"
    assert len({(one.id, one.version) for one in issues}) == len(issues)


@given(histories(), DAYS)
def test_each_version_has_one_paper_of_its_own(
    policy: Policy, history: list[tuple[int, int, date, date | None]], day: date
) -> None:
    versions = commitments(policy, history)
    single = [one for one in promise_issues(versions, day) if one.series != WHOLE]
    assert len(single) == len(versions)
    for one in single:
        (version,) = promises_of(one, versions)
        assert (one.url, one.permalink) == (version.version_url, version.version_url)
    current = {(one.id, one.version) for one in single if one.state(day) == "current"}
    assert current == {(one.id, one.version) for one in in_force(versions, day)}
