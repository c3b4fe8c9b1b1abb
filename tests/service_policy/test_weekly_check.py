"""What the weekly check calls wrong: ends without a successor, few copies, old reviews."""

from datetime import date, timedelta
from functools import partial

import pytest

from service_policy import weekly_check as rules
from service_policy.content import Library
from service_policy.data_files import PrintedStock
from service_policy.promises.policy import Policy
from tests.service_policy.conftest import local

DAY = date(2026, 11, 23)


def test_a_price_list_that_a_later_one_follows_ends_in_peace(library: Library) -> None:
    every = (*library.price_sheets, *library.scheduled_sheets)
    last = max(one.valid_to for one in every if one.series == "ban-le")
    shop = [one for one in every if one.series == "ban-le"]
    assert list(rules.sheets_that_end(shop, (), date(2026, 12, 30))) == []
    (finding,) = rules.sheets_that_end(shop, (), last - timedelta(days=14))
    assert f"{last:%d/%m/%Y}" in finding.what
    assert list(rules.sheets_that_end(shop, (), last - timedelta(days=15))) == []


def test_a_list_that_ended_without_a_successor_is_found(library: Library) -> None:
    alone = [one for one in library.price_sheets if one.id == "BG-2026.11"]
    (finding,) = rules.sheets_that_end(alone, (), date(2027, 2, 1))
    assert finding.where.startswith("BG-2026.11")
    coming = [one.model_copy(update={"valid_to": date(2027, 6, 30)}) for one in alone]
    assert list(rules.sheets_that_end(alone, coming, date(2027, 2, 1))) == []


def test_a_catalogue_needs_a_successor_two_weeks_before_its_end(library: Library) -> None:
    issues = [one for one in library.register.issues if one.kind == "catalogue"]
    end = min(one.valid_to for one in issues if one.valid_to and one.replaced_on is None)
    assert list(rules.issues_that_end(issues, end - timedelta(days=15))) == []
    assert list(rules.issues_that_end(issues, end - timedelta(days=14))) != []


def test_a_promise_that_ends_needs_a_later_version(library: Library) -> None:
    first = library.policy.versions[0].model_copy(update={"effective_to": DAY})
    later = first.model_copy(update={"version": 2, "effective_to": None})
    assert [one.kind for one in rules.promises_that_end((first,), DAY)] == ["expires"]
    assert list(rules.promises_that_end((first, later), DAY)) == []


def test_a_version_for_a_season_gives_way_to_the_one_before(library: Library) -> None:
    first = library.policy.versions[0]
    days = {"effective_from": DAY - timedelta(days=10), "effective_to": DAY}
    season = first.model_copy(update={"version": 2, **days})
    next_year = {"version": 3, "effective_from": DAY + timedelta(days=300)}
    assert list(rules.promises_that_end((first, season), DAY)) == []
    versions = (first, season, first.model_copy(update=next_year))
    assert list(rules.gaps_of_promises(versions, DAY)) == []


def test_a_law_that_ends_needs_a_successor(library: Library) -> None:
    law = library.legal.references[0].model_copy(update={"effective_to": DAY, "successor": None})
    assert len(list(rules.laws_that_end([law], DAY))) == 1
    replaced = law.model_copy(update={"successor": "luat-moi"})
    assert list(rules.laws_that_end([replaced], DAY)) == []


@pytest.mark.parametrize(("days", "found"), [(8, 0), (9, 1)])
def test_a_price_list_is_checked_every_week(library: Library, days: int, found: int) -> None:
    sheet = next(one for one in library.price_sheets if one.id == "BG-2026.11")
    day = sheet.last_checked + timedelta(days=days)
    assert len(list(rules.unchecked_sheets([sheet], day))) == found


def test_a_shop_with_too_few_copies_or_an_old_count_is_named() -> None:
    stock = PrintedStock.model_validate(
        {
            "norms": (
                {"document": "bang-gia", "at_least": "50"},
                {"document": "hang-mau", "at_least": "3"},
                {"document": "bang-gioi-thieu", "at_least": "10"},
            ),
            "shops": (
                {
                    "name": "Huế",
                    "counted_on": "2026-11-20",
                    "copies": (
                        {"document": "bang-gia", "count": "49"},
                        {"document": "hang-mau", "count": "2"},
                        {"document": "bang-gioi-thieu", "count": "10"},
                    ),
                },
                {"name": "Vinh", "counted_on": "2026-11-01", "copies": ()},
            ),
        }
    )
    found = [(one.where, one.what) for one in rules.stock_that_is_short(stock, DAY)]
    assert found == [
        ("Huế", "bảng giá: còn 49 bản, định mức 50"),
        ("Huế", "hàng mẫu: còn 2 mẫu, định mức 3"),
        ("Vinh", "đếm lần cuối 01/11/2026"),
        ("Vinh", "bảng giá: còn 0 bản, định mức 50"),
        ("Vinh", "hàng mẫu: còn 0 mẫu, định mức 3"),
        ("Vinh", "bảng giới thiệu sản phẩm: còn 0 bản, định mức 10"),
    ]


def test_an_answer_is_read_again_after_half_a_year(library: Library) -> None:
    oldest = min(entry.last_reviewed for entry in library.faq)
    assert list(rules.entries_to_review(library.faq, oldest + timedelta(days=183))) == []
    assert list(rules.entries_to_review(library.faq, oldest + timedelta(days=184))) != []


def test_the_check_of_a_week_is_due_from_the_opening_of_its_monday(policy: Policy) -> None:
    due = partial(rules.is_due, calendar=policy.calendar)
    sunday, monday = date(2026, 11, 22), date(2026, 11, 23)
    assert not due(sunday, local("2026-11-23T07:59"))
    assert due(sunday, local("2026-11-23T08:00"))
    assert not due(monday, local("2026-11-29T23:59"))
    assert due(monday, local("2026-11-30T08:00"))
    # The Monday of the Tet holidays is no day off for a machine.
    assert due(date(2027, 2, 1), local("2027-02-08T08:00"))
    assert due(None, local("2026-11-25T03:00"))
