"""What missed promises and money do to a case."""

from dataclasses import replace

from service_policy.cases import events_money as events
from service_policy.cases.apply import applied, promises
from service_policy.cases.case import Case
from service_policy.cases.parts import Debt, Exempt, Fact


@applied.register
def _promise_missed(event: events.PromiseMissed, case: Case) -> Case:
    # A promise broken by a deed is over with it; one that is late still has to be kept.
    over = None if event.reason == "late" else event.at
    return promises(
        case,
        lambda one: (
            one
            if one.key != event.promise
            else replace(one, missed_at=event.at, ended_at=over or one.ended_at)
        ),
    )


@applied.register
def _promise_improved(event: events.PromiseImproved, case: Case) -> Case:
    return promises(
        case,
        lambda one: (
            one
            if one.key != event.promise
            else replace(
                one,
                version=event.version,
                title=event.title,
                measure=event.measure,
                first_due_at=event.first_due_at,
                due_at=event.due_at,
                if_missed_vnd=event.if_missed_vnd,
                if_missed=event.if_missed,
                unit=event.unit,
            )
        ),
    )


@applied.register
def _compensation_owed(event: events.CompensationOwed, case: Case) -> Case:
    debt = Debt(
        number=case.seq + 1,
        promise=event.promise,
        reason=event.reason,
        vnd=event.vnd,
        step=event.step,
        since=event.since,
        pay_by=event.pay_by,
        formula=event.formula,
    )
    own = event.vnd if event.reason == "goodwill" and event.by.role == "agent" else 0
    return replace(case, debts=(*case.debts, debt), goodwill_vnd=case.goodwill_vnd + own)


@applied.register
def _fact_recorded(event: events.FactRecorded, case: Case) -> Case:
    others = tuple((name, fact) for name, fact in case.facts if name != event.name)
    return replace(case, facts=(*others, (event.name, Fact(event.value, event.evidence, event.at))))


def _exempt(case: Case, key: str, exempt: Exempt) -> Case:
    claims = tuple(claim for claim in case.claims if claim[0] != key)
    changed = promises(case, lambda one: replace(one, exempt=exempt) if one.key == key else one)
    return replace(changed, claims=claims)


@applied.register
def _exemption_claimed(event: events.ExemptionClaimed, case: Case) -> Case:
    claimed = _exempt(case, event.promise, "claimed")
    claim = (event.promise, event.exemption, event.by.id, event.sign_by)
    return replace(
        claimed,
        claims=(*claimed.claims, claim),
        concluded_by=case.concluded_by | {event.by.id},
    )


@applied.register
def _exemption_granted(event: events.ExemptionGranted, case: Case) -> Case:
    granted = _exempt(case, event.promise, "granted")
    debts = (replace(one, void=True) if one.promise == event.promise else one for one in case.debts)
    by = case.concluded_by | {event.by.id}
    return replace(granted, debts=tuple(debts), concluded_by=by)


@applied.register
def _exemption_lapsed(event: events.ExemptionLapsed, case: Case) -> Case:
    return _exempt(case, event.promise, "no")


@applied.register
def _payment_recorded(event: events.PaymentRecorded, case: Case) -> Case:
    left = event.vnd
    paid: dict[int, Debt] = {}
    for debt in case.open_debts:
        part = min(left, debt.open_vnd)
        if part:
            left -= part
            done = event.at if debt.open_vnd == part else None
            paid[debt.number] = replace(debt, paid_vnd=debt.paid_vnd + part, paid_at=done)
    return replace(case, debts=tuple(paid.get(one.number, one) for one in case.debts))
