"""The history of a case in plain words: what happened, who by role, and what was written.

One telling for everybody; what an event says it says itself. Customers read the messages and their
own words; the desk also reads its notes. Persons are named at the desk only. A late promise brings
an event a day: like ones are told as one line that grows, or they would bury what people did.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from forms_api import words
from forms_api.loading import Loaded
from service_policy.actors import ROLE_WORDS
from service_policy.cases import Case, Event, PromiseMade, Received
from service_policy.cases.core.identification import words_wait
from service_policy.cases.money.owing import OWED_WORDS, CompensationOwed, owed_events
from service_policy.promises.policy import Policy
from theme.filters import datetime_vi, vnd

WAITS = "; lời ghi có số liệu hóa đơn, công nợ, hiện ra sau khi xác minh người hỏi"
_LONG = timedelta(days=30)


@dataclass(frozen=True)
class Step:
    """One of many like things that are told as one line: when, and what."""

    at: datetime
    text: str


@dataclass(frozen=True)
class Line:
    """One thing that happened. ``text`` is what was written then, if the reader may see it.

    ``steps`` are the dated steps of what grew; the line then stands where the latest of them does.
    """

    seq: int
    at: datetime
    type: str
    title: str
    detail: str
    who: str
    text: str = ""
    evidence: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


def told(
    loaded: Loaded,
    policy: Policy,
    *,
    names: Mapping[str, str] | None = None,
    notes: bool = False,
) -> tuple[Line, ...]:
    """Tell the history of a case, the first thing first.

    ``names`` turns the ids of staff into names, at the desk; ``notes`` adds what staff wrote for
    each other. Without ``notes`` only messages and the customer's own words are quoted, and of
    these not what waits until the asker is identified.
    """
    waits = frozenset() if notes else _waiting(loaded, policy)
    lines = tuple(
        Line(
            seq=seq,
            at=event.at,
            type=event.type,
            title=event.TITLE,
            detail=detail(event, policy) + (WAITS if seq in waits else ""),
            who=who_did(event, policy, names),
            text="" if seq in waits else _text(event, seq, loaded.private, notes=notes),
            evidence=evidence_of(event, loaded.private, notes=notes),
        )
        for seq, event in enumerate(loaded.events, 1)
    )
    return _gathered(lines, loaded.events, loaded.case, policy)


def _waiting(loaded: Loaded, policy: Policy) -> frozenset[int]:
    """Return the numbers of the events whose words wait until the asker is identified."""
    return frozenset(
        seq
        for seq, event in enumerate(loaded.events, 1)
        if words_wait(loaded.case, event, str(loaded.private.get(seq, {}).get("text", "")), policy)
    )


def in_words(event: Event, policy: Policy) -> str:
    """Say an event in one sentence, without anything personal."""
    if isinstance(event, Received):
        return f"Đã nhận {words.kind(event.kind, policy.matrix)}."
    if isinstance(event, PromiseMade):
        return f"Hẹn {detail(event, policy)}."
    more = detail(event, policy)
    return f"{event.TITLE}: {more}." if more else f"{event.TITLE}."


def detail(event: Event, policy: Policy) -> str:
    """Return the particulars of an event in words, or nothing."""
    said = words.kind(event.kind, policy.matrix) if isinstance(event, Received) else ""
    return said or event.detail(policy)


def who_did(event: Event, policy: Policy, names: Mapping[str, str] | None = None) -> str:
    """Say who did something: by role and department, and by name where ``names`` has it."""
    by = event.who
    if by is None:
        return words.DESK
    department = policy.company.department(by.department or "")
    where = "" if department is None else f", {department.name}"
    name = f"{names[by.id]}, " if names and by.id in names else ""
    role = ROLE_WORDS[by.role]
    return f"{name}{role.lower() if name else role}{where}"


def _text(event: Event, seq: int, private: Mapping[int, Mapping[str, Any]], *, notes: bool) -> str:
    mine = event.who is not None and event.who.role == "customer"
    if not (event.brings or event.QUOTED or mine or notes):
        return ""
    return str(private.get(event.brings or seq, {}).get("text", ""))


def evidence_of(
    event: Event, private: Mapping[int, Mapping[str, Any]], *, notes: bool = False
) -> tuple[str, ...]:
    """Name the pieces of evidence of an event that the reader may see; all of them at the desk."""
    ids = getattr(event, "evidence", ())
    kept: dict[str, Any] = {}
    for payload in private.values():
        kept |= payload.get("evidence", {})
    found = [kept[one] for one in ids if one in kept] if isinstance(ids, tuple) else []
    return tuple(str(one["what"]) for one in found if notes or one.get("readable"))


def _gathered(
    lines: Sequence[Line], events: Sequence[Event], case: Case, policy: Policy
) -> tuple[Line, ...]:
    """Tell the money of each promise, and the reports of progress that did not come, as one line.

    ``lines`` and ``events`` belong together one by one. What happened only once stays as it is.
    """
    groups: dict[tuple[str, ...], list[int]] = {}
    for place, event in enumerate(events):
        groups.setdefault((event.type, *(event.series() or (str(place),))), []).append(place)
    told = {
        places[-1]: _one([lines[at] for at in places], [events[at] for at in places], case, policy)
        for places in groups.values()
    }
    return tuple(line for _, line in sorted(told.items()))


def _one(lines: list[Line], events: list[Event], case: Case, policy: Policy) -> Line:
    last = events[-1]
    if len(events) == 1:
        return lines[0]
    if isinstance(last, CompensationOwed):
        owed = [one for one in events if isinstance(one, CompensationOwed)]
        return _money(lines[-1], owed, case, policy)
    steps = tuple(Step(line.at, line.detail) for line in lines)
    return replace(lines[-1], detail=f"{len(lines)} lần; lần cuối {lines[-1].detail}", steps=steps)


def _money(line: Line, owed: list[CompensationOwed], case: Case, policy: Policy) -> Line:
    first, last = owed[0], owed[-1]
    promise = case.promise(last.promise)
    later = case.last_at + _LONG
    grows = promise is not None and any(owed_events(case, promise, policy, later))
    days = last.inputs.get("late_working_days", 0)
    late = f", {days} ngày trễ" if days else ""
    return replace(
        line,
        title="Chúng tôi nợ Quý khách",
        detail=(
            f"{last.promise}, {OWED_WORDS[last.reason]}, {'đang tăng' if grows else 'đã dừng'}: "
            f"{vnd(first.total_vnd)} → {vnd(last.total_vnd)}{late} ({last.formula})"
        ),
        steps=tuple(Step(one.at, _step(one)) for one in owed),
    )


def _step(one: CompensationOwed) -> str:
    by = datetime_vi(one.pay_by)
    return f"thêm {vnd(one.vnd)}, thành {vnd(one.total_vnd)}; trả chậm nhất {by}"
