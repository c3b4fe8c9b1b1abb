"""What the desk hands out: the receipt of a new case and the view of a running one.

These are plain frozen values, true to the JSON of the contract; ``as_json`` gives exactly that.
Times are aware UTC inside and are written in Vietnam's time (+07:00).
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import takewhile
from typing import Any

from forms_api import words
from forms_api.kinds import words_of
from forms_api.promise_view import PromiseView, promise_views
from forms_api.timeline import in_words
from service_policy.actors import ROLE_WORDS
from service_policy.cases import Case, Event, PromiseMade, Received, as_of, fold
from service_policy.cases.core.facts import AskedDocument
from service_policy.cases.documents import DocumentsAsked
from service_policy.cases.own_report import KIND as OWN_REPORT
from service_policy.promises.calendar import VIETNAM
from service_policy.promises.policy import Policy

FOLLOW_URL = "/ho-so/"
QUOTE_ONLY = "Đây là yêu cầu báo giá, chưa phải đặt hàng, chưa phải giao kết hợp đồng."


def local_iso(moment: datetime) -> str:
    """Write an aware datetime in Vietnam's time, to the second: ``2026-11-23T09:00:00+07:00``."""
    return moment.astimezone(VIETNAM).isoformat(timespec="seconds")


@dataclass(frozen=True)
class Owner:
    """Who answers for the case, by role: ``Trưởng phòng …`` of ``Phòng …``; never a name."""

    role: str
    department: str


@dataclass(frozen=True)
class Receipt:
    """What the customer holds after a case is durable; ``code`` is secret.

    ``kind`` is the id of one of ``kinds.KINDS``; ``wrote`` are the customer's own words, as taken.
    ``notes`` are sentences that the customer has to know,
    part of the printed receipt and not of the answer to programs. ``replayed`` tells a repeated
    key from a new case (for metrics); it is not part of the answer.
    """

    reference: str
    code: str
    kind: str
    received_at: datetime
    owner: Owner
    promises: tuple[PromiseView, ...]
    notes: tuple[str, ...] = ()
    wrote: str = field(default="", repr=False)
    replayed: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the contract's 201 body, the same bytes for the same stored facts."""
        return {
            "reference": self.reference,
            "code": self.code,
            "received_at": local_iso(self.received_at),
            "owner": asdict(self.owner),
            "promises": [_promised_json(promise) for promise in self.promises],
            "follow_url": FOLLOW_URL,
        }


@dataclass(frozen=True)
class CaseView:
    """A case as its customer sees it at ``now``; nothing personal is in it."""

    reference: str
    case: Case
    promises: tuple[PromiseView, ...]
    events: tuple[Event, ...]
    policy: Policy = field(repr=False)
    now: datetime

    def as_json(self) -> dict[str, Any]:
        """Return the contract's body of ``GET /api/v1/case``; roles and departments, no names."""
        case, name = self.case, self.policy.company.department_name
        return {
            "reference": self.reference,
            "kind": case.kind,
            "state": case.state_at(self.now),
            "received_at": local_iso(case.received_at),
            "owner": asdict(Owner(case.owner_role, name(case.owner_department))),
            "holder": {
                "role": case.holder_role,
                "department": name(case.holder_department),
                "since": local_iso(case.holder_since),
            },
            "promises": [_standing_json(promise) for promise in self.promises],
            "events": [
                {
                    "at": local_iso(event.at),
                    "type": event.type,
                    "by_role": _by(event),
                    "text": in_words(event, self.policy),
                }
                for event in self.events
            ],
        }


def as_filed(events: Iterable[Event]) -> Case:
    """Return a case as it was when it was filed; what came later is not on its receipt.

    What the company opened itself begins with everything that it found.
    """
    first, *rest = events
    filing = Received | PromiseMade | DocumentsAsked
    ours = isinstance(first, Received) and first.kind == OWN_REPORT

    def belongs(one: Event) -> bool:
        return one.at == first.at if ours else isinstance(one, filing)

    return fold((first, *takewhile(belongs, rest)))


def receipt(
    reference: str,
    code: str,
    case: Case,
    filed: Mapping[str, Any],
    policy: Policy,
    *,
    replayed: bool = False,
) -> Receipt:
    """Write the receipt of a case as it was filed, so that it never changes.

    Only the department's name is today's: it is the one that a customer can ask for.
    ``filed`` is what was sent then; once that is erased, the receipt stands without the words.
    """
    return Receipt(
        reference=reference,
        code=code,
        kind=case.kind,
        received_at=case.received_at,
        owner=Owner(case.owner_role, policy.company.department_name(case.owner_department)),
        promises=promise_views(case, policy, case.received_at),
        notes=_notes(case),
        wrote=words_of(case.kind, filed),
        replayed=replayed,
    )


def case_view(reference: str, events: Iterable[Event], policy: Policy, now: datetime) -> CaseView:
    """Show a case as it stands at ``now``."""
    history = tuple(events)
    case = as_of(fold(history), policy, now)
    return CaseView(reference, case, promise_views(case, policy, now), history, policy, now)


def _promised_json(promise: PromiseView) -> dict[str, Any]:
    """Write one item of a receipt's ``promises`` list."""
    return {
        "id": promise.id,
        "version": promise.version,
        "measure": promise.measure,
        "due_at": local_iso(promise.due_at),
        "compensation_if_missed_vnd": promise.if_missed_vnd,
    }


def _standing_json(promise: PromiseView) -> dict[str, Any]:
    """Write one item of the contract's ``promises`` list.

    The contract has no ``released``: the clock of a withdrawn or merged case stands still and
    runs on when the customer reopens it, which is ``paused``; "kept" would praise ourselves.
    """
    return {
        "id": promise.id,
        "version": promise.version,
        "due_at": local_iso(promise.due_at),
        "status": "paused" if promise.status == "released" else promise.status,
        "owed_vnd": promise.owed_vnd,
        "paid_at": None if promise.paid_at is None else local_iso(promise.paid_at),
    }


def _by(event: Event) -> str:
    """Name the role behind an event; where there is none, the system wrote it down."""
    return words.DESK if event.who is None else ROLE_WORDS[event.who.role]


def _notes(case: Case) -> tuple[str, ...]:
    """Say on a receipt what happens to the documents; a quote is not an order."""
    notes = [QUOTE_ONLY] if case.kind == "document_request" and case.topic == "quote" else []
    sent = [one for one in case.documents_asked if one.current_id is not None]
    if sent and case.category == "email":
        copies = ", ".join(f"{one.current_id} phiên bản {one.current_version}" for one in sent)
        notes.append(f"Bản đang hiệu lực được gửi tới email của Quý khách: {copies}.")
    notes += [said for one in case.documents_asked if (said := _instead(one))]
    return tuple(notes)


def _instead(one: AskedDocument) -> str:
    if one.current_id is None:
        return f"Hiện không có bản {one.id} nào đang hiệu lực; người phụ trách sẽ trả lời."
    if one.current_id != one.id:
        return f"{one.id} không còn hiệu lực; bản thay là {one.current_id}."
    if one.version is not None and one.version != one.current_version:
        return f"{one.id} phiên bản {one.version} đã thay bằng phiên bản {one.current_version}."
    return ""
