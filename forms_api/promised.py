"""No content comes into force that has forgotten what a case was promised.

A case stands on the versions of commitments that were published when it was filed. A content
without one of them could neither show the case nor say what it is owed, so it is refused: when
the program starts, and when a newly published site would be taken up.
"""

from datetime import datetime

from sqlalchemy import Connection, select

from forms_api.store import vital_rows
from forms_api.store.store import Store
from forms_api.store.tables import events
from service_policy.promises.policy import Policy

Version = tuple[str, int]


class PromisesForgotten(Exception):
    """The content lacks versions that cases stand on; the message names them and the way out."""

    def __init__(self, lacking: list[Version]) -> None:
        named = ", ".join(f"{commitment} phiên bản {version}" for commitment, version in lacking)
        super().__init__(
            f"nội dung không còn {named}, mà có phiếu đang theo lời hứa đó; đưa tệp trở lại. "
            "Muốn thôi hứa thì giữ tệp và ghi effective_to."
        )


def admit(store: Store, policy: Policy, now: datetime) -> None:
    """Let a content come into force, and remember its versions; see ``keep_out``.

    Cases are only ever promised what was admitted; the events of all cases are read again only
    when something has gone since.

    Raises:
        PromisesForgotten: cases stand on versions that it lacks.
        StoreUnavailable: the database does not answer.
    """
    versions = {(one.id, one.version) for one in policy.versions}

    def work(connection: Connection) -> list[Version]:
        seen = vital_rows.all_of(connection).get(vital_rows.PROMISED)
        before = None if seen is None else {(one, n) for one, n in seen.detail["versions"]}
        known = before is not None and before <= versions
        lacking = [] if known else sorted(_promised(connection) - versions)
        if not lacking and before != versions:
            detail = {"versions": sorted(versions)}
            vital_rows.put(connection, vital_rows.PROMISED, now, detail)
        if not lacking:
            vital_rows.drop(connection, vital_rows.KEPT_OUT)
        return lacking

    if lacking := store.write(work):
        raise PromisesForgotten(lacking)


def keep_out(store: Store, why: str, now: datetime) -> None:
    """Note, for the operators' page, why the newest content is not in force until one is admitted.

    Raises:
        StoreUnavailable: the database does not answer.
    """
    detail = {"why": why}
    store.write(lambda connection: vital_rows.put(connection, vital_rows.KEPT_OUT, now, detail))


def _promised(connection: Connection) -> set[Version]:
    made = select(events.c.payload).where(events.c.type == "promise_made")
    return {(one["commitment_id"], one["version"]) for one in connection.scalars(made)}
