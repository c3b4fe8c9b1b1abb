"""What is asked in vain, what readers say, and letters that failed: counted, and in pages."""

import csv
import io
import re

import pytest
from flask import Flask
from sqlalchemy import insert, select, update

from forms_api.paging import SIZE
from forms_api.portal import Portal
from forms_api.store.tables import cases, feedback, outbox, search_misses
from tests.staff.conftest import LogIn
from tests.staff.test_long_lists import file
from tests.support.application import Clock
from tests.support.visitor import Seen, Visitor

GAPS, REMARKS, OPERATION = "/noi-bo/cau-hoi-thieu/", "/noi-bo/gop-y/", "/noi-bo/van-hanh/"


def followed(visitor: Visitor, address: str, name: str = "trang") -> list[Seen]:
    """Go through all pages of a list by its own links."""
    pages, number = [visitor.get(address)], 1
    while True:
        number += 1
        links = [one.get("href") for one in pages[-1].document.all("a")]
        following = [one for one in links if re.search(rf"[?&]{name}={number}(?:#|$)", one)]
        if not following:
            return pages
        pages.append(visitor.get(following[0]))


def test_every_search_in_vain_is_on_a_page_and_in_the_command(
    app: Flask, portal: Portal, clock: Clock, log_in: LogIn
) -> None:
    day = clock().date()
    words = [f"qwxzj vwkq {chr(97 + at // 26)}{chr(97 + at % 26)}zx" for at in range(330)]
    rows = [
        {"words": one, "count": 400 - at, "first_on": day, "last_on": day}
        for at, one in enumerate(words)
    ]
    portal.store.write(lambda connection: connection.execute(insert(search_misses), rows))
    pages = followed(log_in("ba", "editor"), GAPS)
    assert len(pages) == 7
    assert all("330 chữ khác nhau" in page.html for page in pages)
    assert f"đang xem 1 đến {SIZE}" in pages[0].html
    shown = [one.text for page in pages for one in page.document.all("th")]
    assert [one for one in shown if one in words] == words
    run = app.test_cli_runner().invoke
    assert "330 without an answer, 0 answered by now" in run(args=["gaps"]).output
    as_csv = run(args=["gaps", "--csv"]).output
    assert [row[0] for row in csv.reader(io.StringIO(as_csv))][1:] == words


def said(portal: Portal, clock: Clock, count: int, **changes: object) -> None:
    """Keep remarks as rows; ``#`` in a text becomes their number."""
    base = {"page_version": "1", "useful": False, "reason": "unclear", "at": clock()}
    rows = [
        {
            **base,
            **{
                name: text.replace("#", f"{at:05d}") if isinstance(text, str) else text
                for name, text in changes.items()
            },
            "key_hash": f"{changes['page_url']} {at}"[:64],
            "body_hash": "x",
        }
        for at in range(count)
    ]
    portal.store.write(lambda connection: connection.execute(insert(feedback), rows))


def test_every_page_that_readers_speak_of_is_listed(
    portal: Portal, clock: Clock, log_in: LogIn
) -> None:
    said(portal, clock, 2 * SIZE + 1, page_url="/hoi-dap/#/")
    pages = followed(log_in("ba", "auditor"), REMARKS)
    assert len(pages) == 3
    assert all("101 phiên bản trang có góp ý" in page.html for page in pages)
    titles = [one.text for page in pages for one in page.document.all("h2")]
    found = [one for title in titles for one in re.findall(r"/hoi-dap/\d{5}/", title)]
    assert found == [f"/hoi-dap/{at:05d}/" for at in range(101)]


def test_more_than_five_thousand_remarks_on_one_page_are_counted_and_read_to_the_last(
    portal: Portal, clock: Clock, log_in: LogIn
) -> None:
    said(portal, clock, 5100, page_url="/bang-gia/", comment="Lời số #.")
    said(portal, clock, 1, page_url="/catalogue/", comment="Lời khác.")
    visitor = log_in("minh", "editor")
    first = visitor.get(REMARKS)
    assert "5.100" in first.html
    assert "Lời khác." in first.html
    links = [one.get("href") for one in first.document.all("a")]
    last = visitor.get(next(one for one in links if one.endswith("trang=102")))
    assert "Lời số 05099." in last.html
    assert "Lời khác." not in last.html

    button = "Đã xử lý góp ý về /bang-gia/, phiên bản 1"
    done = visitor.press(first, button).response.headers["Location"]
    left = visitor.get(done)
    assert f"Đã đánh dấu {SIZE} góp ý" in left.html
    assert "Lời số 00049." not in left.html
    assert f"Lời số {SIZE:05d}." in left.html
    unread = select(feedback.c.id).where(feedback.c.handled_at.is_(None))
    assert len(portal.store.read(lambda c: list(c.execute(unread)))) == 5101 - SIZE


@pytest.mark.parametrize("strange", ["?ve=/khong-co/", "?ve=x&ban=%26", "?trang=99999999", "?ve="])
def test_an_address_of_remarks_that_leads_nowhere_shows_the_list(
    portal: Portal, clock: Clock, log_in: LogIn, strange: str
) -> None:
    said(portal, clock, 1, page_url="/catalogue/", comment="Lời khác.")
    page = log_in("minh", "editor").get(REMARKS + strange)
    assert page.status == 200
    assert "Lời khác." in page.html


def test_operators_see_how_many_letters_failed_and_reach_each_of_them(
    portal: Portal, clock: Clock, log_in: LogIn
) -> None:
    references = file(portal, clock(), 2 * SIZE + 10, email="mau@khach.example")

    def fail(connection) -> None:
        failed = {"failed_at": clock(), "next_attempt_at": None}
        connection.execute(update(outbox).where(outbox.c.kind == "receipt").values(failed))
        connection.execute(update(cases).values(mail_failed_at=clock()))

    portal.store.write(fail)
    lead = log_in("lan", "lead", "cskh")
    first = lead.get(OPERATION)
    assert "110 thư, đang xem 1 đến 50" in first.html
    assert "110 phiếu, đang xem 1 đến 50" in first.html
    for name, tag in (("trang", "th"), ("khach", "li")):
        pages = followed(lead, OPERATION, name)
        assert len(pages) == 3
        texts = [one.text for page in pages for one in page.document.all(tag)]
        assert {one for one in references if any(one in text for text in texts)} == set(references)
