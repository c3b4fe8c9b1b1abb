"""The letter of a case that the company opened itself: what we found, what we owe, where to pay it,
and where to say that it is not so.

It is the receipt of such a case: the secret code travels in it as in any other. It asks where the
money should go as well, so that nobody gets two letters at once.
"""

from collections.abc import Iterator, Sequence

from forms_api import views
from forms_api.kinds.own_report import DOCUMENT_NO
from forms_api.letters import CODE_MARK, Letter, plain, written
from forms_api.loading import Loaded
from forms_api.own_reports.words import findings
from forms_api.views import FOLLOW_URL, Receipt
from service_policy.cases import Case, Event, fold
from service_policy.cases.money.payout import PayoutAsked
from service_policy.obligations.seen import day_of
from service_policy.promises.policy import Policy
from service_policy.text import vnd
from theme.filters import datetime_vi

NOT_ON_PAPER = "(không in trên giấy; Quý khách gọi số dưới đây để mở hồ sơ)"


def first_letter(
    events: Sequence[Event],
    number: str,
    receipt: Receipt,
    recipient: str,
    policy: Policy,
    site_url: str,
) -> Letter:
    """Write to the customer what the company found about the paper of this ``number``.

    ``events`` are all of the case. The letter carries the question where the money should go.
    """
    case = fold(events)
    question = next((one for one in reversed(events) if isinstance(one, PayoutAsked)), None)
    known = [one.found.as_of for one in case.promises if one.found is not None]
    body = written(
        "own_report",
        known=day_of(max(known)) if known else None,
        findings=list(findings(case, number)),
        money=_owed(case) if question is None else question.below(policy),
        sums=list(_sums(case)),
        receipt=receipt,
        code_mark=CODE_MARK,
        follow_url=f"{site_url}{FOLLOW_URL}",
        company=policy.company,
    )
    subject = f"Chúng tôi tự thấy mình trễ hẹn với Quý khách (hồ sơ {receipt.reference})"
    message = None if question is None else question.message
    return Letter("receipt", recipient, subject, plain(body), message=message)


def later_letter(loaded: Loaded, recipient: str, policy: Policy, site_url: str) -> Letter:
    """Write the same to a customer whom nobody could reach when the case was opened."""
    filed, events = loaded.filed, loaded.events
    receipt = views.receipt(loaded.reference, "", views.as_filed(events), filed, policy)
    number = str(filed.get(DOCUMENT_NO, ""))
    return first_letter(events, number, receipt, recipient, policy, site_url)


def paper_letter(loaded: Loaded, policy: Policy, site_url: str) -> str:
    """Write the letter to be printed; staff read it, so the secret code does not stand in it."""
    return later_letter(loaded, "", policy, site_url).body.replace(CODE_MARK, NOT_ON_PAPER)


def _owed(case: Case) -> str:
    """Say what is owed where nobody has to be asked for an account; nothing while nobody knows."""
    if not case.open_debts:
        return ""
    pay_by = datetime_vi(case.open_debts[0].pay_by)
    return f"Chúng tôi nợ Quý khách {vnd(case.open_vnd)}, trả trước {pay_by}."


def _sums(case: Case) -> Iterator[str]:
    """Say of each promise by which formula its sum came out, and how it goes on growing."""
    for promise in case.promises:
        debts = [one for one in case.debts if one.promise == promise.key and not one.void]
        if debts:
            total = vnd(sum(one.vnd for one in debts))
            found = promise.found
            runs = promise.end is None and found is not None and found.late_days
            grows = f". Mức bù: {promise.if_missed}" if runs else ""
            yield f"{promise.title}: {total} = {debts[-1].formula}{grows}"
