"""Debts by the day on which they are to be paid: one line a case, with what deserves a look."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from forms_api import payouts
from forms_api.loading import Loaded, load
from forms_api.paging import Sheet, sheet
from forms_api.portal import Portal
from forms_api.promise_view import distance
from forms_api.store import payment_rows
from service_policy.cases.money.payout import PRIVATE_KEY
from service_policy.promises.policy import Policy

UNKNOWN = "chưa biết trả vào đâu"
WAITS, SHARED = "nơi nhận mới, chờ 4 giờ làm việc", "một tài khoản cho nhiều khách"
OTHER_HOLDER, BY_STAFF = "chủ tài khoản khác tên khách", "nhân viên ghi hộ"


@dataclass(frozen=True)
class DebtLine:
    """All that one case is owed. ``where`` is masked; ``flags`` deserve a second look.

    ``in_file`` is the number of the payment file in which it waits. ``payable`` says whether a
    file can take it now.
    """

    reference: str
    vnd: int
    pay_by: datetime
    distance: str
    late: bool
    where: str
    known: bool
    flags: tuple[str, ...]
    in_file: int | None
    payable: bool


@dataclass(frozen=True)
class Debts:
    """A page of the list, and the whole of it in two figures."""

    lines: tuple[DebtLine, ...]
    sheet: Sheet
    total_vnd: int


def listed(portal: Portal, now: datetime, page: str = "") -> Debts:
    """Return a page of debts, what falls due first in front.

    Raises:
        StoreUnavailable: the store cannot be read.
    """

    def look(connection: Connection) -> Debts:
        count, total = payment_rows.how_many_owing(connection)
        at = sheet(page, count)
        rows = payment_rows.owing(connection, at.size, at.skipped)
        references = [row.reference for row in rows]
        waiting = payment_rows.waiting_of(connection, references)
        shared = shared_accounts(connection)
        lines = [
            line(
                load(connection, one),
                portal.policy,
                now,
                shared,
                None if one not in waiting else waiting[one].file,
            )
            for one in references
        ]
        return Debts(tuple(lines), at, total)

    return portal.store.read(look)


def line(
    loaded: Loaded,
    policy: Policy,
    now: datetime,
    shared: Mapping[str, int],
    in_file: int | None,
) -> DebtLine:
    """Say how one case stands with its money."""
    case = loaded.case
    payout = case.payout
    where = "" if payout is None else payouts.words_of(payout, loaded.private, policy)
    flags = []
    if payout is not None:
        if payout.ready_at > now:
            flags.append(WAITS)
        if payout.other_holder:
            flags.append(OTHER_HOLDER)
        if payout.by_staff:
            flags.append(BY_STAFF)
        account = payouts.account_of(payout, loaded.private)
        if shared.get(key_of(account), 0) > 1:
            flags.append(SHARED)
    ready = payout is not None and payout.way == "transfer" and payout.ready_at <= now
    pay_by = case.open_debts[0].pay_by if case.open_debts else now
    return DebtLine(
        reference=loaded.reference,
        vnd=case.open_vnd,
        pay_by=pay_by,
        distance=distance(pay_by, now, policy.calendar),
        late=pay_by < now,
        where=where or UNKNOWN,
        known=bool(where),
        flags=tuple(flags),
        in_file=in_file,
        payable=ready and bool(where) and case.open_vnd > 0 and in_file is None,
    )


def key_of(account: Mapping[str, Any] | None) -> str:
    """Return what two cases share when their money goes to one account; "" without an account."""
    return "" if not account else f"{account['bank_bin']} {account['account']}"


def shared_accounts(connection: Connection) -> Counter[str]:
    """Count the customers behind each account to which money is owed now.

    One customer with several cases is one: somebody with the same telephone or address.
    """
    of_case = {
        row.case_ref: key_of(row.payload.get(PRIVATE_KEY))
        for row in payment_rows.chosen_of_owing(connection)
    }
    twice = {key for key, count in Counter(of_case.values()).items() if key and count > 1}
    mine = {reference: key for reference, key in of_case.items() if key in twice}
    customers: dict[str, set[str]] = {}
    for reference, filed in payment_rows.filed(connection, list(mine)).items():
        who = str(filed.get("phone") or filed.get("email") or reference)
        customers.setdefault(mine[reference], set()).add(who)
    return Counter({key: len(found) for key, found in customers.items()})
