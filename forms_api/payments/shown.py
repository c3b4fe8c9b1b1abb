"""A payment file as people see it: masked for who approves it, whole on the pay screen alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import segno
from sqlalchemy import Connection, Row

from forms_api import payouts
from forms_api.loading import Loaded, load
from forms_api.payments import debts
from forms_api.payments.files import account_in, holds, row_of
from forms_api.portal import Portal
from forms_api.store import payment_rows
from service_policy.paying import vietqr
from service_policy.promises.policy import Policy


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
        shared = debts.shared_accounts(connection)
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
    flags = debts.line(loaded, policy, now, shared, None).flags
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
