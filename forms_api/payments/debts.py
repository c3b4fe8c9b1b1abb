"""What is owed, by its day, and payment files as people see them.

Accounts are masked everywhere but on the accountant's pay screen of a file (``whole``).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import segno
from sqlalchemy import Connection, Row

from forms_api import payouts
from forms_api.errors import NotFound
from forms_api.loading import Loaded, load
from forms_api.paging import Sheet, sheet
from forms_api.portal import Portal
from forms_api.promise_view import distance
from forms_api.store import payment_rows
from service_policy.cases.money.payout import PRIVATE_KEY
from service_policy.paying import vietqr
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
            debt_line(
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


def debt_line(
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


def row_of(connection: Connection, number: int) -> Row[Any]:
    """Return a payment file.

    Raises:
        NotFound: there is none with this number.
    """
    row = payment_rows.file(connection, number)
    if row is None:
        raise NotFound
    return row


def holds(loaded: Loaded, line: Row[Any], now: datetime) -> bool:
    """Say whether a line may still go out: the same place, and no more than is owed now."""
    payout = loaded.case.payout
    return (
        payout is not None
        and payout.number == line.payout_seq
        and payout.ready_at <= now
        and loaded.case.open_vnd >= line.vnd
    )


def account_in(loaded: Loaded, seq: int) -> dict[str, Any]:
    """Return the account beside an event of a case; empty once it is erased."""
    payout = next((one for one in loaded.case.payouts if one.number == seq), None)
    return {} if payout is None else (payouts.account_of(payout, loaded.private) or {})


@dataclass(frozen=True)
class PayLine:
    """A line of a file as it is shown: masked, or whole with its picture on the pay screen."""

    position: int
    reference: str
    vnd: int
    memo: str
    where: str
    flags: tuple[str, ...]
    outcome: str
    changed: bool
    holder: str = field(default="", repr=False)
    account: str = field(default="", repr=False)
    bank: str = ""
    picture: str = field(default="", repr=False)


@dataclass(frozen=True)
class PaymentFile:
    """A payment file; ``whole`` says that account numbers and pictures are in it."""

    number: int
    total_vnd: int
    sha256: str
    created_at: datetime
    created_by: str
    approved_at: datetime | None
    approved_by: str
    cancelled_at: datetime | None
    lines: tuple[PayLine, ...]
    whole: bool


def show(portal: Portal, number: int, now: datetime, *, whole: bool) -> PaymentFile:
    """Return a file; ``whole`` is for the accountant alone, and whoever asks writes it down first.

    Raises:
        NotFound: there is none with this number.
        StoreUnavailable: the store cannot be read.
    """

    def look(connection: Connection) -> PaymentFile:
        row = row_of(connection, number)
        shared = shared_accounts(connection)
        lines = tuple(
            _shown(load(connection, one.case_ref), one, portal.policy, now, shared, whole=whole)
            for one in payment_rows.lines_of(connection, number)
        )
        return PaymentFile(
            number=row.number,
            total_vnd=row.total_vnd,
            sha256=row.sha256,
            created_at=row.created_at,
            created_by=row.created_by,
            approved_at=row.approved_at,
            approved_by=row.approved_by or "",
            cancelled_at=row.cancelled_at,
            lines=lines,
            whole=whole,
        )

    return portal.store.read(look)


def _shown(
    loaded: Loaded,
    line: Row[Any],
    policy: Policy,
    now: datetime,
    shared: Mapping[str, int],
    *,
    whole: bool,
) -> PayLine:
    payout = next(one for one in loaded.case.payouts if one.number == line.payout_seq)
    flags = debt_line(loaded, policy, now, shared, None).flags
    account = account_in(loaded, line.payout_seq)
    waits = line.outcome is None
    shown = PayLine(
        position=line.position,
        reference=line.case_ref,
        vnd=line.vnd,
        memo=line.memo,
        where=payouts.words_of(payout, loaded.private, policy),
        flags=flags,
        outcome=line.outcome or "",
        changed=waits and not holds(loaded, line, now),
    )
    if not whole or not account:
        return shown
    bank = policy.banks.bank(account["bank_bin"])
    code = vietqr.payload(account["bank_bin"], account["account"], line.vnd, line.memo)
    return replace(
        shown,
        holder=account["holder"],
        account=account["account"],
        bank=account["bank_bin"] if bank is None else bank.short_name,
        picture=segno.make(code, error="m").svg_data_uri(scale=4, light="white") if waits else "",
    )
