"""The PDFs of commitments: of one promise, and of all that hold together, for the counter."""

from plugins.commitment_view import CommitmentView, commitment_view
from plugins.pdf.issue_pdf import Facts, issue_paper
from plugins.pdf.press import Press, period
from plugins.pdf.prose import blocks
from plugins.pdf.typst_pdf import PdfContext
from service_policy.promise_issues import WHOLE, promises_of
from service_policy.promises.commitment import Commitment
from service_policy.register import Issue
from service_policy.text import inside
from theme.filters import date_vi, vnd

COMPLAIN = "/gui/khieu-nai/"
DISAGREE = "/khieu-nai/khong-dong-y/"


def promise_paper(press: Press, issue: Issue) -> PdfContext:
    """Return what the PDF of a commitment is made from, or that of all of them."""
    library = press.library
    views = [commitment_view(one, library) for one in promises_of(issue, library.policy.versions)]
    if issue.series == WHOLE:
        return _whole(press, issue, views)
    (view,) = views
    one = view.commitment
    return issue_paper(
        press,
        issue,
        "promise",
        kind="Cam kết",
        summary=one.promise,
        facts=[
            ("Áp dụng", period(issue)),
            *_approval(one),
            *([("Dành cho", view.customers)] if view.customers else []),
            *([("Có mặt", view.presence)] if view.presence else []),
            ("Chịu trách nhiệm", view.owner_role),
        ],
        promise=_promise(press, view),
        complain=_complain(press),
        body=blocks(one.body, press.site_url),
    )


def _whole(press: Press, issue: Issue, views: list[CommitmentView]) -> PdfContext:
    company = press.library.company
    return issue_paper(
        press,
        issue,
        "promises",
        kind="Bản cam kết",
        summary=company.statement,
        facts=[
            ("Áp dụng", period(issue)),
            ("Số cam kết", str(len(views))),
            *_approval_of_all([view.commitment for view in views]),
        ],
        promises=[_promise(press, view) for view in views],
        complain=_complain(press),
    )


def _approval(one: Commitment) -> Facts:
    if one.approved_by is None or one.approved_on is None:
        return [("Người duyệt", "chưa ghi")]
    return [("Người duyệt", str(one.approved_by)), ("Ngày duyệt", date_vi(one.approved_on))]


def _approval_of_all(commitments: list[Commitment]) -> Facts:
    """Name whoever signed where one person signed all of them; each promise names its own."""
    signers = {str(one.approved_by) for one in commitments if one.approved_by}
    unsigned = any(one.approved_by is None for one in commitments)
    return [("Người duyệt", signers.pop())] if len(signers) == 1 and not unsigned else []


def _promise(press: Press, view: CommitmentView) -> dict[str, object]:
    one = view.commitment
    signed = " ngày ".join(words for _, words in _approval(one))
    return {
        "id": one.id,
        "title": one.title,
        "promise": one.promise,
        "measure": f"{one.measure} {_sentence(view.coverage.label)}: {inside(view.coverage.words)}",
        "standing": f"Phiên bản {one.version}, áp dụng từ {date_vi(one.effective_from)}. "
        f"Người duyệt: {signed}.",
        "page": press.address(one.version_url),
        "targets": [[line.who, _sentence(line.words)] for line in view.targets],
        "owed": [[line.who, _sentence(line.words), _sentence(line.cap)] for line in view.owed],
        "pay": f"Trả trong {one.pay_within}. Trả chậm thì thêm {vnd(one.late_payment_add_vnd)}.",
        "examples": [[each.text, each.formula, vnd(each.owed_vnd)] for each in view.examples],
        "worst": [
            [worst.case, worst.remedy, worst.deadline.as_deadline()] for worst in one.worst_cases
        ],
        "exclusions": [[each.text, each.evidence] for each in one.exemptions],
        "law": [
            [
                _sentence(line.level) if line.law else "Không có mức luật định",
                line.text,
                _sentence(line.law),
                _sentence(line.ours),
            ]
            for line in view.minimum
        ],
    }


def _complain(press: Press) -> list[str]:
    """Say how to complain: on the web, by phone, by mail, and what to do with a bad answer."""
    company = press.library.company
    ways = [
        f"Trên mạng: {press.address(COMPLAIN)}, có mã phiếu ngay.",
        f"Điện thoại: {company.hotline}. Thư điện tử: {company.email}. Thư: {company.address}.",
    ]
    if DISAGREE in press.library.addresses:
        ways.append(f"Không đồng ý với cách giải quyết: {press.address(DISAGREE)}")
    return ways


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
