"""Which debt a line of a bank's statement pays, or which payment came back; nothing is guessed.

A line is known by the reference in its words and by its sum, both. One that names no case of ours
is somebody else's business; one that fits two debts, or none, is listed for a person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from service_policy.paying.accounts import references_in
from service_policy.paying.statement import BankLine

Outcome = Literal[
    "paid", "returned", "not_ours", "several_cases", "unknown_case", "several_debts", "no_debt"
]

OUTCOME_WORDS: Mapping[Outcome, str] = {
    "paid": "đã trả",
    "returned": "ngân hàng trả tiền về",
    "not_ours": "không ghi mã hồ sơ",
    "several_cases": "ghi mã của nhiều hồ sơ",
    "unknown_case": "không có hồ sơ mã này",
    "several_debts": "khớp hơn một khoản",
    "no_debt": "không khớp khoản nào của hồ sơ",
}
"""What became of a line."""
SETTLED = frozenset({"paid", "returned"})
"""Outcomes of which a person has nothing left to find out."""


@dataclass(frozen=True)
class Awaited:
    """A sum of an approved payment file that the bank has not confirmed yet."""

    file: int
    position: int
    vnd: int


@dataclass(frozen=True)
class Done:
    """A payment that was recorded and did not come back; ``number`` is its event's."""

    number: int
    vnd: int


@dataclass(frozen=True)
class Bounced:
    """A transfer that came back before anybody saw it leave; ``on`` is the day of its return."""

    vnd: int
    on: date


@dataclass(frozen=True)
class Account:
    """What is known of one case when a line is looked at."""

    open_vnd: int
    awaited: Sequence[Awaited] = ()
    done: Sequence[Done] = ()
    bounced: Sequence[Bounced] = ()


@dataclass(frozen=True)
class Match:
    """What a line is: of which case, the sum that was awaited, the payment that came back."""

    outcome: Outcome
    case: str = ""
    awaited: Awaited | None = None
    done: Done | None = None


def match(line: BankLine, known: Mapping[str, Account]) -> Match:
    """Say what a line is; ``known`` holds the cases of this company by their references."""
    named = references_in(line.memo)
    if not named:
        return Match("not_ours")
    if len(named) > 1:
        return Match("several_cases")
    case = named[0]
    account = known.get(case)
    if account is None:
        return Match("unknown_case", case)
    return _paid(case, account, line) if line.vnd < 0 else _back(case, account, line.vnd)


def _paid(case: str, account: Account, line: BankLine) -> Match:
    vnd = -line.vnd
    fits = [one for one in account.awaited if one.vnd == vnd]
    came_back = any(one.vnd == vnd and line.booked_on <= one.on for one in account.bounced)
    if len(fits) + came_back > 1:
        return Match("several_debts", case)
    if came_back:
        # Statements may come in any order: this is how that money had left.
        return Match("returned", case)
    if fits and vnd <= account.open_vnd:
        return Match("paid", case, awaited=fits[0])
    if not account.awaited and 0 < vnd == account.open_vnd:
        return Match("paid", case)
    return Match("no_debt", case)


def _back(case: str, account: Account, vnd: int) -> Match:
    waits = [one for one in account.awaited if one.vnd == vnd]
    done = [one for one in account.done if one.vnd == vnd]
    if len(waits) + len(done) > 1:
        return Match("several_debts", case)
    if done:
        return Match("returned", case, done=done[0])
    if waits:
        return Match("returned", case, awaited=waits[0])
    return Match("no_debt", case)
