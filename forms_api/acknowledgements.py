"""Whether the staff know the promises in force: who reads a version says so, after a short quiz.

A new version asks again. Leads see how many of each department have read everything; names stand
nowhere, and nothing of it is public.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from forms_api.portal import Portal
from forms_api.staff import accounts
from forms_api.staff.people import Person
from forms_api.store.tables import acknowledgements, staff
from service_policy.promises.calendar import VIETNAM
from service_policy.promises.commitment import Commitment
from service_policy.promises.policy import Policy
from service_policy.staff_quiz import Question, all_right, quiz

Version = tuple[str, int]
"""A promise by its id, and which version of it."""
_READ = acknowledgements.c


@dataclass(frozen=True)
class Reading:
    """What somebody has read of the promises in force.

    ``read_at`` has when, by id; ``unread`` are still to be read, and ``seen`` names this very set
    of them, so that a form which was shown before a new version asks again.
    """

    promises: tuple[Commitment, ...]
    read_at: dict[str, datetime]
    unread: tuple[Commitment, ...]

    @property
    def seen(self) -> str:
        """Sixteen letters that change with what is unread."""
        text = " ".join(f"{one.id}.{one.version}" for one in self.unread)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Share:
    """How many of a department have read every promise in force, of how many at the desk."""

    department: str
    read: int
    staff: int

    @property
    def percent(self) -> int:
        """The share in whole per cent, rounded down: 100 means everybody."""
        return self.read * 100 // self.staff


def in_force(policy: Policy, now: datetime) -> tuple[Commitment, ...]:
    """Return the promises in force on the day of a moment."""
    return policy.commitments(now.astimezone(VIETNAM).date())


def reading(portal: Portal, who: Person, now: datetime) -> Reading:
    """Return what somebody has read and what not.

    Raises:
        StoreUnavailable: it cannot be read.
    """
    known = portal.store.read(lambda connection: read_by(connection, who.id))
    promises = in_force(portal.policy, now)
    read_at = {one.id: known[key] for one in promises if (key := (one.id, one.version)) in known}
    unread = tuple(one for one in promises if one.id not in read_at)
    return Reading(promises, read_at, unread)


def questions(portal: Portal, who: Person, of: Reading, attempt: int) -> tuple[Question, ...]:
    """Return the questions of a try about what is unread; another try asks something else."""
    seed = f"{who.id}\0{of.seen}\0{attempt}"
    return quiz(of.unread, of.promises, portal.policy.matrix, seed)


def acknowledge(
    portal: Portal, who: Person, of: Reading, attempt: int, answers: Sequence[str], now: datetime
) -> bool:
    """Write down that somebody has read what is unread, if every answer is right.

    Raises:
        StoreUnavailable: nothing was written.
    """
    if not all_right(questions(portal, who, of, attempt), answers):
        return False
    versions = [(one.id, one.version) for one in of.unread]
    portal.store.write(lambda connection: keep(connection, who.id, versions, now))
    return True


def shares(portal: Portal, now: datetime) -> tuple[Share, ...]:
    """Return the figure of each department that has people at the desk, in the company's order.

    Raises:
        StoreUnavailable: it cannot be read.
    """
    wanted = {(one.id, one.version) for one in in_force(portal.policy, now)}
    read = portal.store.read(read_by_all)
    found = []
    people = [one for one in accounts.everybody(portal) if one.id in read]
    for department in portal.policy.company.departments:
        here = [one for one in people if one.department == department.id]
        if here:
            done = sum(wanted <= read[one.id] for one in here)
            found.append(Share(department.name, done, len(here)))
    return tuple(found)


def read_by(connection: Connection, staff_id: str) -> dict[Version, datetime]:
    """Return what somebody has read, with when they said so."""
    mine = select(_READ.commitment, _READ.version, _READ.at).where(_READ.staff_id == staff_id)
    return {(row.commitment, row.version): row.at for row in connection.execute(mine)}


def keep(
    connection: Connection, staff_id: str, versions: list[Version], now: datetime
) -> list[Version]:
    """Write down what somebody has read; returns what was not known before.

    The row of the account is locked first, so that sending twice writes once.
    """
    connection.execute(select(staff.c.id).where(staff.c.id == staff_id).with_for_update())
    known = read_by(connection, staff_id)
    fresh = [one for one in versions if one not in known]
    if fresh:
        rows = [
            {"staff_id": staff_id, "commitment": name, "version": version, "at": now}
            for name, version in fresh
        ]
        connection.execute(insert(acknowledgements), rows)
    return fresh


def read_by_all(connection: Connection) -> dict[str, set[Version]]:
    """Return what everybody at the desk has read, by their ids; nobody who has left is counted."""
    active = select(staff.c.id).where(staff.c.disabled_at.is_(None))
    found: dict[str, set[Version]] = {row.id: set() for row in connection.execute(active)}
    rows = select(_READ.staff_id, _READ.commitment, _READ.version)
    for row in connection.execute(rows.where(_READ.staff_id.in_(active))):
        found[row.staff_id].add((row.commitment, row.version))
    return found
