"""A case as the desk shows it: both clocks, promises with their guides, the whole history."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from forms_api import contacts, kinds, owing, payouts, words
from forms_api.desk.access import may_read_personal
from forms_api.desk.queue import ReportWords, report_words, what
from forms_api.inputs import phone_words
from forms_api.loading import Loaded, load
from forms_api.portal import Portal
from forms_api.promise_view import PromiseView, most_urgent_first, promise_views
from forms_api.staff.people import Person
from forms_api.store import staff_rows
from forms_api.timeline import Line, told
from forms_api.uploads.shown import ShownFile, files_of, for_customer
from service_policy.cases import Case, Received, as_of
from service_policy.cases.core.event import working_time
from service_policy.cases.core.parts import STATE_WORDS
from service_policy.cases.holding.clocks import (
    CustomerClock,
    HolderClock,
    customer_clock,
    holder_clocks,
)
from service_policy.cases.own_report import CasesLinked
from service_policy.cases.split_merge import CaseMergedAway, CaseSplit, MergedIn
from service_policy.promises.policy import Policy


@dataclass(frozen=True)
class DeskCase:
    """Everything a case page of the desk shows.

    ``case`` is as it is now, whether swept or not; ``seen`` is the number of stored events, which
    every form sends back. Without ``personal`` the reader's role has no need of the customer, and
    sees no files. ``wrote`` is what the customer wrote, in their own words. ``relatives`` are
    (words, reference) of the cases that this one was split or merged with.
    """

    reference: str
    case: Case
    seen: int
    what: str
    state_words: str
    segment: str
    personal: bool
    wrote: str
    customer: tuple[tuple[str, str], ...]
    owner_name: str
    promises: tuple[PromiseView, ...]
    clock: CustomerClock
    counted: str
    waited: str
    holders: tuple[tuple[HolderClock, str], ...]
    files: tuple[ShownFile, ...]
    report: ReportWords | None
    sums: tuple[owing.Sum, ...]
    relatives: tuple[tuple[str, str], ...]
    history: tuple[Line, ...]
    payout: payouts.PayoutView | None = None
    phone: str = ""


def open_case(portal: Portal, reference: str, person: Person, now: datetime) -> DeskCase:
    """Return a case for somebody of the desk.

    Raises:
        NotFound: there is no such case.
        StoreUnavailable: the store cannot be read.
    """
    loaded = portal.store.read(lambda connection: load(connection, reference))
    names = portal.store.read(
        lambda connection: {row.id: row.display_name for row in staff_rows.everybody(connection)}
    )
    return _page(portal.policy, loaded, person, names, now)


def _page(
    policy: Policy, loaded: Loaded, person: Person, names: Mapping[str, str], now: datetime
) -> DeskCase:
    case = as_of(loaded.case, policy, now)
    personal = may_read_personal(person, case, policy.company)
    clock = customer_clock(case, policy.calendar, now)
    return DeskCase(
        reference=loaded.reference,
        case=case,
        seen=len(loaded.events),
        what=what(case.kind, case.category or case.topic, policy),
        state_words=STATE_WORDS[case.state_at(now)],
        segment=words.segment(case.segment, policy.matrix),
        personal=personal,
        wrote=kinds.words_of(case.kind, loaded.filed) if personal else "",
        customer=(*_described(case.kind, loaded, policy), *_also(loaded)) if personal else (),
        owner_name=names.get(case.owner_id or "", ""),
        promises=most_urgent_first(promise_views(case, policy, now)),
        clock=clock,
        counted=working_time(clock.counted_minutes, policy.calendar),
        waited=working_time(clock.waited_minutes, policy.calendar),
        holders=tuple(
            (one, working_time(one.minutes, policy.calendar))
            for one in holder_clocks(case, policy, now)
        ),
        files=_files(loaded, policy) if personal else (),
        report=report_words(case, policy, now),
        sums=owing.sums(case, now),
        relatives=tuple(_relatives(loaded)),
        history=told(loaded, policy, names=names, notes=personal)
        if personal
        else _bare(loaded, policy),
        payout=payouts.view(loaded, case, policy, now) if personal else None,
        phone=str(loaded.filed.get("phone") or "") if personal else "",
    )


def _described(kind: str, loaded: Loaded, policy: Policy) -> Iterator[tuple[str, str]]:
    """Say what was sent besides the customer's own words."""
    found = kinds.find(kind)
    if found is not None:
        rest = {name: one for name, one in loaded.filed.items() if name not in found.main_text}
        yield from found.described(rest, policy)


def _files(loaded: Loaded, policy: Policy) -> tuple[ShownFile, ...]:
    """Return every file, each saying whether the customer sees it now."""
    seen = {one.id for one in for_customer(loaded, policy)}
    every = files_of(loaded, customer=False)
    return tuple(replace(one, customer_sees=one.id in seen) for one in every)


def _bare(loaded: Loaded, policy: Policy) -> tuple[Line, ...]:
    """Tell the history without a word that anybody wrote."""
    nothing: dict[int, dict[str, Any]] = {}
    return told(Loaded(loaded.reference, loaded.events, loaded.case, nothing), policy)


def _relatives(loaded: Loaded) -> Iterator[tuple[str, str]]:
    for event in loaded.events:
        match event:
            case Received(split_from=str(parent)):
                yield "Tách ra từ", parent
            case CaseSplit():
                yield "Đã tách ra", event.other
            case MergedIn():
                yield "Đã gộp vào đây", event.other
            case CaseMergedAway():
                yield "Đi tiếp ở", event.into
            case CasesLinked():
                yield "Cùng chứng từ với", event.other


def _also(loaded: Loaded) -> Iterator[tuple[str, str]]:
    """Tell whom else to call or write to, since other cases were merged in."""
    for one in contacts.of(loaded.private)[1:]:
        phone = phone_words(one.phone) if one.phone else ""
        yield "Cũng báo cho", ", ".join(part for part in (one.name, phone, one.email) if part)
