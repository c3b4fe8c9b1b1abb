"""The PDF of a warranty procedure, the one that lies ready in every shop."""

from plugins.papers.frame import issue_frame
from plugins.papers.press import Press, period
from plugins.papers.prose import blocks
from plugins.papers.typst_paper import Data, Paper
from service_policy.documents import ProcedureStep, WarrantyProcedure
from service_policy.register import Issue
from theme.filters import date_vi

_TEMPLATE = "procedure"


def paper(press: Press, issue: Issue, procedure: WarrantyProcedure) -> Paper:
    """Return what the PDF of an issue is made from."""
    data = _data(press, issue, procedure)
    return Paper(_TEMPLATE, data, issue.issued_on, press.address(issue.permalink))


def _data(press: Press, issue: Issue, procedure: WarrantyProcedure) -> Data:
    """Return what the template reads."""
    words = press.library.legal.words
    return {
        "frame": issue_frame(
            press,
            issue,
            kind="Bảo hành",
            summary=procedure.summary,
            facts=[
                ("Áp dụng", period(issue)),
                ("Rà soát gần nhất", date_vi(procedure.last_reviewed)),
            ],
        ),
        "needed": list(procedure.information_needed),
        "not_required": list(procedure.not_required),
        "steps": [_step(one) for one in procedure.steps],
        "exclusions": [[one.case, one.evidence] for one in procedure.exclusions],
        "rights": [[one.text, words(one.law)] for one in procedure.rights],
        "body": blocks(procedure.body, press.site_url),
    }


def _step(step: ProcedureStep) -> list[str]:
    return [step.who, step.what, str(step.deadline), step.contact, step.customer_sees or "–"]
