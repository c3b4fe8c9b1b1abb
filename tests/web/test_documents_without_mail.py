"""Without a mail server nothing is said to come at once by e-mail."""

import pytest

from tests.support.forms import DOCUMENTS
from tests.support.visitor import Visitor
from tests.web.conftest import MakeApp

URL = "/gui/tai-lieu/"
CHECK = "Xem lại trước khi gửi"
PROMISES = ("gửi ngay tới", "Email, gửi ngay", "tài liệu tới ngay", "tới ngay qua email")
BY_MAIL = {
    **DOCUMENTS,
    "purpose": "buy",
    "quote_lines-1-product_code": "",
    "quote_lines-1-quantity": "",
    "send_by": "email",
    "email": "mau@daily.example",
}


@pytest.fixture
def without(make_app: MakeApp, sqlite_url: str) -> Visitor:
    """Give a visitor of a portal whose letters wait."""
    return Visitor(make_app(sqlite_url, PORTAL_SMTP_URL="none").test_client())


def words(html: str) -> str:
    return " ".join(html.split())


def test_every_page_of_the_way_says_that_letters_wait(without: Visitor) -> None:
    form = without.get(URL)
    check = without.press(form, CHECK, BY_MAIL)
    receipt = without.press(check, "Gửi yêu cầu")
    assert receipt.status == 200
    assert "Đã ghi nhận" in receipt.html
    for page in (form, check, receipt):
        assert [one for one in PROMISES if one in words(page.html)] == []
    assert "Hệ thống thư của chúng tôi đang tạm dừng" in form.html
    assert "Email, gửi khi hệ thống thư có lại" in form.html
    assert "Email, gửi khi hệ thống thư có lại" in check.html
    assert "Tài liệu đang hiệu lực, nếu nhận qua email" not in form.html
    assert "nằm chờ và đi ngay khi hệ thống thư có lại" in words(receipt.html)


def test_a_form_that_comes_back_with_faults_says_it_too(without: Visitor) -> None:
    back = without.press(without.get(URL), CHECK, {**BY_MAIL, "email": "", "phone": ""})
    assert back.status == 422
    assert "Email, gửi khi hệ thống thư có lại" in back.html


@pytest.mark.parametrize("server", ["", "smtp://mail.example:25"])
def test_where_letters_leave_documents_come_at_once(
    make_app: MakeApp, sqlite_url: str, server: str
) -> None:
    visitor = Visitor(make_app(sqlite_url, PORTAL_SMTP_URL=server).test_client())
    form = visitor.get(URL)
    assert "Email, gửi ngay" in form.html
    assert "Qua email thì tài liệu tới ngay" in words(form.html)
    assert "Tài liệu đang hiệu lực, nếu nhận qua email" in form.html
    receipt = visitor.press(visitor.press(form, CHECK, BY_MAIL), "Gửi yêu cầu")
    assert receipt.status == 200
    for page in (form, receipt):
        assert "tạm dừng" not in page.html
        assert "nằm chờ" not in page.html
