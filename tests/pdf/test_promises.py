"""Commitments on paper: what the counter hands over says all that the page says."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from plugins.pdf.issue_files import issue_files
from plugins.pdf.press import Press
from plugins.pdf.typst_pdf import PdfCache
from service_policy.content import Library
from service_policy.promise_issues import WHOLE, promise_issues, promises_of
from service_policy.register import Register
from tests.pdf.conftest import AUTUMN, Papers
from tests.support.pdf import pages_of, shows_qr, tags_of, text_of
from tests.support.segments import five, one
from tests.support.site import SITE_URL

__all__ = ["five", "one"]


def test_a_promise_says_everything_that_its_page_says(papers: Papers) -> None:
    said = text_of(papers.of("CK-03", 1)["pdf"])
    one = papers.press.library.policy.commitment("CK-03", 1)
    for words in (
        one.title,
        one.promise,
        "Số hiệu CK-03 Phiên bản 1 Áp dụng từ 01/07/2026",
        "Người duyệt Nguyễn Văn Mẫu, Tổng giám đốc Ngày duyệt 22/06/2026",
        "Cần giám định: mọi khách hàng: 15 ngày làm việc",
        "Có mặt Không cần có mặt",
        "Máy đo: máy theo dõi từng phiếu.",
        "Trả trong 5 ngày làm việc. Trả chậm thì thêm 50.000 đ.",
        "100.000 đ + 20.000 đ × 4 ngày làm việc trễ 180.000 đ",
        one.worst_cases[0].case,
        *(part.evidence for part in one.exemptions),
        "Chậm nhất 7 ngày làm việc. Tiếp nhận và tiến hành thương lượng.",
        f"{SITE_URL}/gui/khieu-nai/",
        "Chúng tôi đo thế nào",
    ):
        assert " ".join(words.split()) in said, words


def test_the_paper_of_all_promises_has_each_with_its_version_and_its_address(
    papers: Papers,
) -> None:
    pdf = papers.of("BCK-2026.07.01", 1)["pdf"]
    said = text_of(pdf).replace(" ", "")
    library = papers.press.library
    for commitment in library.commitments:
        assert f"{commitment.id}.{commitment.title}".replace(" ", "") in said
        assert f"{SITE_URL}{commitment.version_url}" in said
        for example in commitment.examples:
            assert example.text.replace(" ", "") in said
    assert len(pages_of(pdf)) < 20


@pytest.mark.parametrize(
    ("document_id", "address"),
    [("CK-18", "/cam-ket/ck-18/phien-ban-1/"), ("BCK-2026.07.01", "/tai-lieu/bck-2026.07.01/?v=1")],
)
def test_the_code_on_the_paper_leads_to_the_page_of_its_version(
    papers: Papers, tmp_path: Path, document_id: str, address: str
) -> None:
    assert shows_qr(papers.of(document_id, 1)["pdf"], SITE_URL + address, tmp_path)


def test_promises_are_tagged_and_the_same_whenever_they_are_made(
    papers: Papers, papers_on: Callable[[date], Papers], tmp_path: Path
) -> None:
    first = papers.of("CK-05", 1)["pdf"]
    assert {"H1", "Table", "TH", "Figure"} <= tags_of(first)
    later = papers_on(date(2026, 11, 24))
    again = issue_files(later.press, later.issue("CK-05", 1), PdfCache(tmp_path / "fresh"))["pdf"]
    assert again == first


def with_second_version(papers: Papers) -> Papers:
    """Return the papers of a company that has announced a second version of CK-02."""
    library = papers.press.library
    first = library.policy.commitment("CK-02", 1)
    changed = {
        "version": 2,
        "announced_on": date(2026, 11, 1),
        "effective_from": date(2026, 11, 16),
        "approved_on": date(2026, 10, 30),
    }
    versions = (*library.policy.versions, first.model_copy(update=changed))
    newer = replace(library, policy=replace(library.policy, versions=versions))
    return Papers(replace(papers.press, library=newer), papers.shelf)


def test_an_old_version_keeps_its_paper_and_says_what_holds_instead(papers: Papers) -> None:
    both = with_second_version(papers)
    old, new = text_of(both.of("CK-02", 1)["pdf"]), text_of(both.of("CK-02", 2)["pdf"])
    assert "ĐÃ THAY BẰNG PHIÊN BẢN 2 từ 16/11/2026" in old
    assert "Ngày duyệt 22/06/2026" in old
    assert "THAY BẰNG" not in new
    assert "Ngày duyệt 30/10/2026" in new


def test_every_day_on_which_something_changes_has_a_paper_of_all_promises(papers: Papers) -> None:
    register = with_second_version(papers).press.library.register
    whole = [one for one in register.issues if one.series == WHOLE]
    assert [(one.id, one.state(AUTUMN), one.url) for one in whole] == [
        ("BCK-2026.11.16", "current", "/cam-ket/"),
        ("BCK-2026.07.01", "expired", "/cam-ket/phien-ban/"),
    ]
    assert register.in_place_of(whole[1], AUTUMN) is whole[0]


def test_a_company_whose_promises_begin_later_has_no_paper_that_holds(papers: Papers) -> None:
    issues = Register(promise_issues(papers.press.library.policy.versions, AUTUMN))
    assert all(one.state(date(2026, 6, 30)) == "next" for one in issues.issues)


def test_a_company_with_one_kind_of_customer_or_with_five_has_whole_papers(
    one: Library, five: Library, tmp_path: Path
) -> None:
    for library in (one, five):
        press = Press(library, SITE_URL)
        for issue in library.register.issues:
            if issue.series != WHOLE:
                continue
            said = text_of(issue_files(press, issue, PdfCache(tmp_path))["pdf"]).replace(" ", "")
            for commitment in promises_of(issue, library.policy.versions):
                for cell in commitment.cells(library.policy.matrix):
                    if cell.applies:
                        assert cell.words.replace(" ", "").lower() in said.lower()
