"""What the staff have read is kept once, by version, and counted by department."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from forms_api.acknowledgements import (
    acknowledge,
    keep,
    questions,
    read_by,
    reading,
    shares,
)
from forms_api.portal import Portal
from forms_api.staff import accounts
from forms_api.staff.people import Person
from tests.support.staff import seat


def somebody(portal: Portal, now: datetime, name: str, department: str = "cskh") -> Person:
    seat(portal, now, name, "agent", department)
    return next(one for one in accounts.everybody(portal) if one.login == name)


def answer(portal: Portal, who: Person, now: datetime) -> bool:
    mine = reading(portal, who, now)
    answers = [str(one.right) for one in questions(portal, who, mine, 0)]
    return acknowledge(portal, who, mine, 0, answers, now)


def test_right_answers_make_every_unread_version_read_and_wrong_ones_none(
    portal: Portal, now: datetime
) -> None:
    lan = somebody(portal, now, "lan")
    mine = reading(portal, lan, now)
    assert [one.id for one in mine.unread] == [
        one.id for one in portal.policy.commitments(now.date())
    ]
    assert not acknowledge(portal, lan, mine, 0, ["9", "9", "9"], now)
    assert reading(portal, lan, now) == mine
    assert answer(portal, lan, now)
    after = reading(portal, lan, now + timedelta(days=1))
    assert after.unread == ()
    assert set(after.read_at.values()) == {now}


def test_sending_twice_keeps_the_first_moment(portal: Portal, now: datetime) -> None:
    lan = somebody(portal, now, "lan")
    versions = [("CK-01", 1), ("CK-02", 1)]
    later = now + timedelta(hours=1)
    write = portal.store.write
    assert write(lambda c: keep(c, lan.id, versions[:1], now)) == versions[:1]
    assert write(lambda c: keep(c, lan.id, versions, later)) == versions[1:]
    assert write(lambda c: keep(c, lan.id, versions, later)) == []
    kept = portal.store.read(lambda connection: read_by(connection, lan.id))
    assert kept == {("CK-01", 1): now, ("CK-02", 1): later}


def test_a_new_version_asks_again_for_itself_alone(portal: Portal, now: datetime) -> None:
    lan = somebody(portal, now, "lan")
    assert answer(portal, lan, now)
    first = portal.policy.commitment("CK-02", 1)
    second = first.model_copy(update={"version": 2, "effective_from": date(2026, 12, 1)})
    policy = replace(portal.policy, versions=(*portal.policy.versions, second))
    portal = replace(portal, policy=policy)
    assert reading(portal, lan, now).unread == ()
    december = datetime(2026, 12, 1, 2, tzinfo=now.tzinfo)
    assert reading(portal, lan, december).unread == (second,)
    assert [(one.read, one.staff) for one in shares(portal, now)] == [(1, 1)]
    assert [(one.read, one.staff) for one in shares(portal, december)] == [(0, 1)]


def test_the_figure_counts_whoever_has_read_everything_and_nobody_who_has_left(
    portal: Portal, now: datetime
) -> None:
    lan, _, hoa = (
        somebody(portal, now, name, department)
        for name, department in (("lan", "cskh"), ("mai", "cskh"), ("hoa", "ke-toan"))
    )
    assert answer(portal, lan, now)
    portal.store.write(lambda c: keep(c, hoa.id, [("CK-01", 1)], now))
    found = {one.department: (one.read, one.staff, one.percent) for one in shares(portal, now)}
    names = {one.id: one.name for one in portal.policy.company.departments}
    assert found == {names["cskh"]: (1, 2, 50), names["ke-toan"]: (0, 1, 0)}
    accounts.disable(portal, "lan", now)
    assert shares(portal, now)[0].read == 0
