"""Payment files: numbered, frozen, approved by a second person, then given to the bank.

A file is made of what is known at one moment and never changes. Before it is approved every line
is looked at again: a case that was paid, exempted or given another account meanwhile stops the
whole file, which is then cancelled and made anew.
"""

import csv
import hashlib
import io
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from forms_api.errors import FieldError, NotFound, ValidationFailed
from forms_api.loading import Loaded, load
from forms_api.payments import debts
from forms_api.payments.debts import account_in, holds, row_of
from forms_api.portal import Portal
from forms_api.staff.people import Person
from forms_api.store import payment_rows
from forms_api.store.payment_rows import LineRow
from service_policy.paying.accounts import memo_of
from service_policy.promises.policy import Policy

HEADER = (
    "STT", "So tai khoan", "Ten nguoi nhan", "Ma ngan hang", "Ngan hang", "So tien", "Noi dung",
)  # fmt: skip
NOTHING = "Chọn ít nhất một hồ sơ trả được bằng chuyển khoản."
STATE = "Tệp này đã được duyệt hoặc hủy."
UNDER_WAY = (
    "Tiền đang được chuyển vào nơi đã ghi, nên chưa đổi được. Ngân hàng trả về thì đổi được ngay."
)
SAME_PERSON = "Người duyệt phải khác người lập tệp."


def make(portal: Portal, references: Sequence[str], who: Person, now: datetime) -> int:
    """Make a payment file of some cases and return its number.

    Raises:
        ValidationFailed: nothing was chosen, or a case cannot be paid by a file now; it says which.
        StoreUnavailable: nothing was recorded.
    """

    def write(connection: Connection) -> int:
        lines, loaded = _lines(connection, portal.policy, sorted(set(references)), now)
        text = _csv(lines, loaded, portal.policy)
        return payment_rows.add_file(
            connection, lines, hashlib.sha256(text).hexdigest(), who.id, now
        )

    # Of two people who choose one case at the same moment the database lets one; the other's work
    # is done again and then finds the case taken.
    return portal.store.write(write)


def approve(portal: Portal, number: int, who: Person, now: datetime) -> None:
    """Approve a file, as somebody else than who made it.

    Raises:
        NotFound: there is none with this number.
        ValidationFailed: it is the same person, it was decided before, or a line holds no more.
        StoreUnavailable: nothing was recorded.
    """

    def write(connection: Connection) -> None:
        row = row_of(connection, number)
        if row.created_by == who.id:
            raise ValidationFailed([FieldError("", SAME_PERSON)])
        lines = payment_rows.lines_of(connection, number)
        stale = [
            one.case_ref for one in lines if not holds(load(connection, one.case_ref), one, now)
        ]
        if stale:
            text = (
                f"{', '.join(stale)} đã đổi từ lúc lập tệp (đã trả, miễn bù hoặc đổi nơi nhận): "
                "hủy tệp rồi lập lại."
            )
            raise ValidationFailed([FieldError("", text)])
        if not payment_rows.approve(connection, number, who.id, now):
            raise ValidationFailed([FieldError("", STATE)])

    portal.store.write(write)


def cancel(portal: Portal, number: int, who: Person, now: datetime) -> None:
    """Cancel a file that was not approved; its cases can be chosen again.

    Raises:
        NotFound: there is none with this number.
        ValidationFailed: it was approved or cancelled before.
        StoreUnavailable: nothing was recorded.
    """

    def write(connection: Connection) -> None:
        row_of(connection, number)
        if not payment_rows.cancel(connection, number, who.id, now):
            raise ValidationFailed([FieldError("", STATE)])

    portal.store.write(write)


def drop(portal: Portal, number: int, position: int, now: datetime) -> str:
    """Let go of one line that the bank will not pay, or that was paid otherwise; return its case.

    Raises:
        NotFound: there is no such line.
        ValidationFailed: its file is not approved, or the line is settled.
        StoreUnavailable: nothing was recorded.
    """

    def write(connection: Connection) -> str:
        row = row_of(connection, number)
        lines = {one.position: one for one in payment_rows.lines_of(connection, number)}
        if position not in lines:
            raise NotFound
        if row.approved_at is None or lines[position].outcome is not None:
            raise ValidationFailed([FieldError("", STATE)])
        payment_rows.settle(connection, number, position, payment_rows.DROPPED, now)
        return str(lines[position].case_ref)

    return portal.store.write(write)


def under_way(portal: Portal, reference: str) -> bool:
    """Say whether an approved file is paying a case: its account cannot be changed any more.

    Raises:
        StoreUnavailable: the store cannot be read.
    """
    waiting = portal.store.read(
        lambda connection: payment_rows.waiting_of(connection, [reference])
    ).get(reference)
    return waiting is not None and waiting.approved_at is not None


def need_not_under_way(portal: Portal, reference: str) -> None:
    """Refuse another account while money is on its way into the one that is known.

    Raises:
        ValidationFailed: an approved file is paying the case.
    """
    if under_way(portal, reference):
        raise ValidationFailed([FieldError("way", UNDER_WAY)])


def content(portal: Portal, number: int) -> bytes:
    """Return an approved file for the bank: exactly what was frozen.

    Raises:
        NotFound: there is none with this number.
        ValidationFailed: it is not approved, or an account of it was erased meanwhile.
        StoreUnavailable: the store cannot be read.
    """

    def look(connection: Connection) -> bytes:
        row = row_of(connection, number)
        if row.approved_at is None:
            raise ValidationFailed([FieldError("", "Tệp chưa có người thứ hai duyệt.")])
        lines = [
            LineRow(one.position, one.case_ref, one.payout_seq, one.vnd, one.memo)
            for one in payment_rows.lines_of(connection, number)
        ]
        loaded = {one.case_ref: load(connection, one.case_ref) for one in lines}
        text = _csv(lines, loaded, portal.policy)
        if hashlib.sha256(text).hexdigest() != row.sha256:
            text_of_fault = "Tệp này không còn như lúc lập: có số tài khoản đã xóa theo thời hạn."
            raise ValidationFailed([FieldError("", text_of_fault)])
        return text

    return portal.store.read(look)


def _lines(
    connection: Connection, policy: Policy, references: Sequence[str], now: datetime
) -> tuple[list[LineRow], dict[str, Loaded]]:
    waiting = payment_rows.waiting_of(connection, references)
    loaded: dict[str, Loaded] = {}
    lines: list[LineRow] = []
    faults: list[FieldError] = []
    for reference in references:
        found = load(connection, reference)
        in_file = waiting[reference].file if reference in waiting else None
        known = debts.debt_line(found, policy, now, {}, in_file)
        if found.case.payout is None or not known.payable:
            faults.append(FieldError("", f"{reference}: chưa trả được bằng tệp ({known.where})."))
            continue
        loaded[reference] = found
        lines.append(
            LineRow(
                len(lines) + 1,
                reference,
                found.case.payout.number,
                found.case.open_vnd,
                memo_of(reference),
            )
        )
    if not references:
        faults.append(FieldError("", NOTHING))
    if faults:
        raise ValidationFailed(faults)
    return lines, loaded


def _csv(lines: Sequence[LineRow], loaded: dict[str, Loaded], policy: Policy) -> bytes:
    """Write what a bank's batch transfer takes: ASCII, everything quoted, no formula possible."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEADER)
    for one in lines:
        account = account_in(loaded[one.case_ref], one.payout_seq)
        bank = policy.banks.bank(account.get("bank_bin", ""))
        writer.writerow(
            (
                one.position,
                account.get("account", ""),
                account.get("holder", ""),
                account.get("bank_bin", ""),
                "" if bank is None else bank.code,
                one.vnd,
                one.memo,
            )
        )
    return text.getvalue().encode("ascii", "replace")
