"""Search without scripts."""

import pytest

from tests.support.visitor import Visitor
from theme.words import ASK_URL


def titles(visitor: Visitor, query: str) -> list[str]:
    document = visitor.get(f"/tim-kiem/?{query}").document
    return [one.text for one in document.all("a") if one.get("href").startswith("/hoi-dap/mat-")]


@pytest.mark.parametrize(
    "query",
    ["mat phieu bao hanh", "mất phiếu bảo hành", "MA\u0302\u0301T PHIE\u0302\u0301U BAO HANH"],
)
def test_the_lost_card_is_found_however_it_is_typed(visitor: Visitor, query: str) -> None:
    found = titles(visitor, f"q={query.replace(' ', '+')}")
    assert found[0] == "Tôi làm mất phiếu bảo hành thì có được bảo hành không?"


def test_results_can_be_kept_to_one_kind_and_continued(visitor: Visitor) -> None:
    page = visitor.get("/tim-kiem/?q=ngay+lam+viec&kind=cam-ket")
    targets = list(page.document.targets())
    assert "/tim-kiem/?q=ngay+lam+viec&kind=cam-ket&tu=10" in targets
    assert visitor.get("/tim-kiem/?q=ngay+lam+viec&kind=cam-ket&tu=10").status == 200


@pytest.mark.parametrize("query", ["", "q=", "q=%20", "q=qqqqzzzz", "q=x&kind=nope&tu=-1", "tu=9"])
def test_nothing_found_is_a_page_too(visitor: Visitor, query: str) -> None:
    assert visitor.get(f"/tim-kiem/?{query}").status == 200


def test_what_was_asked_is_shown_as_text(visitor: Visitor) -> None:
    page = visitor.get("/tim-kiem/?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in page.html
    assert "alert(1)" in page.html


def test_words_found_are_marked_without_regard_to_diacritics(visitor: Visitor) -> None:
    marks = [one.text.lower() for one in visitor.get("/tim-kiem/?q=mat+phieu").document.all("mark")]
    assert "mất phiếu" in marks


def test_a_page_of_results_is_not_for_search_engines(visitor: Visitor) -> None:
    assert visitor.get("/tim-kiem/?q=gia").document.meta("robots") == "noindex"
    assert visitor.get("/tim-kiem/").document.meta("robots") == ""


def test_what_nobody_answers_leads_to_where_it_may_be_asked(visitor: Visitor) -> None:
    page = visitor.get("/tim-kiem/?q=tuyen+dung")
    assert "Chưa chắc có câu trả lời" in page.html
    assert f"{ASK_URL}?q=tuyen+dung" in page.html
    assert "Chưa chắc" not in visitor.get("/tim-kiem/?q=mat+phieu+bao+hanh").html


def test_a_slip_is_mended_and_offered(visitor: Visitor) -> None:
    page = visitor.get("/tim-kiem/?q=mat+phieu+bao+hnah")
    assert "Có phải Quý khách tìm" in page.html
    offered = [one.text for one in page.document.all("a") if "tim-kiem" in (one.get("href") or "")]
    assert "mất phiếu bảo hành" in offered
    assert "Có phải Quý khách tìm" not in visitor.get("/tim-kiem/?q=mat+phieu+bao+hanh").html
