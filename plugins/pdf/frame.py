"""The frame that all papers share: who speaks, which version this is, and where to check it."""

from plugins.pdf.press import Press, Validity
from plugins.pdf.typst_pdf import PdfContext
from service_policy.register import Issue

Facts = list[tuple[str, str]]
"""Pairs of a name and its value, in the order of the paper."""


def issue_paper(
    press: Press,
    issue: Issue,
    template: str,
    *,
    kind: str,
    summary: str | None,
    facts: Facts,
    **data: object,
) -> PdfContext:
    """Return what the PDF of an issue of the register is made from.

    Args:
        press: the content and the public address.
        issue: which version of which document.
        template: its name in `theme/typst/`.
        kind: what it is, in one or two words.
        summary: a sentence under the title.
        facts: besides id and version.
        data: what the template reads besides the frame.
    """
    frame = {
        **company_frame(press),
        "kind": kind,
        "title": issue.title,
        "id": issue.id,
        "version": issue.version,
        "summary": summary,
        "facts": [
            ("Số hiệu", issue.id),
            ("Phiên bản", str(issue.version)),
            *facts,
        ],
        "notice": _notice(press.validity(issue)),
        "checking": "Bản in này còn hiệu lực không? Quét mã, hoặc mở địa chỉ:",
    }
    link = press.address(issue.permalink)
    return PdfContext(template, {"frame": frame, **data}, issue.issued_on, link)


def company_frame(press: Press) -> dict[str, object]:
    """Return what every paper says of the company, and in which colours."""
    company = press.library.company
    return {
        "colours": press.library.chrome.brand.scheme("light"),
        "company": {
            "name": company.name,
            "short_name": company.short_name,
            "tagline": company.tagline,
            "banner": company.banner if company.fictional else None,
            "lines": [
                f"Mã số thuế: {company.tax_code}",
                company.address,
                f"Điện thoại: {company.hotline}",
                f"Thư điện tử: {company.email}",
                press.site_url,
            ],
        },
    }


def _notice(validity: Validity) -> dict[str, object] | None:
    """Return the box of a paper that does not hold today; None for one that does."""
    if validity.state == "current":
        return None
    return {
        "gone": validity.withdrawn,
        "headline": validity.headline,
        "instead": validity.instead,
    }
