"""The PDF of a warranty procedure, the one that lies ready in every shop."""

from plugins.papers.frame import issue_paper
from plugins.papers.press import Press, period
from plugins.papers.prose import blocks
from plugins.papers.typst_paper import Paper
from service_policy.documents import ProcedureStep, WarrantyProcedure
from service_policy.register import Issue
from theme.filters import date_vi


def paper(press: Press, issue: Issue, procedure: WarrantyProcedure) -> Paper:
    """Return what the PDF of an issue is made from."""
    words = press.library.legal.words
    return issue_paper(
        press,
        issue,
        "procedure",
        kind="Bảo hành",
        summary=procedure.summary,
        facts=[
            ("Áp dụng", period(issue)),
            ("Rà soát gần nhất", date_vi(procedure.last_reviewed)),
        ],
        needed=list(procedure.information_needed),
        not_required=list(procedure.not_required),
        steps=[_step(one) for one in procedure.steps],
        exclusions=[[one.case, one.evidence] for one in procedure.exclusions],
        rights=[[one.text, words(one.law)] for one in procedure.rights],
        body=blocks(procedure.body, press.site_url),
    )


def _step(step: ProcedureStep) -> list[str]:
    return [step.who, step.what, str(step.deadline), step.contact, step.customer_sees or "–"]
