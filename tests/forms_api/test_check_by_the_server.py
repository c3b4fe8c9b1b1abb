"""The weekly check as the server makes it by itself: once a week, by whoever comes first."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from forms_api import embedded
from forms_api.checks import last_check, recorded
from forms_api.condition import condition
from forms_api.portal import Portal
from forms_api.scorecard import measured
from forms_api.store import vital_rows
from forms_api.store.outbox_rows import waiting
from forms_api.store.tables import checks
from forms_api.web.app_context import NAME, AppContext
from forms_api.weekly_check import NoSite, check_and_record, check_when_due
from service_policy.content import Library, read
from tests.service_policy.conftest import local
from tests.support.company import COMPANY
from tests.support.together import together

MONDAY = local("2026-11-23T08:30")


@pytest.fixture
def site(portal: Portal, tmp_path: Path) -> Portal:
    """A portal whose published site has one page, with a link that leads nowhere."""
    (tmp_path / "index.html").write_text('<a href="/mat/">x</a>', encoding="utf-8")
    settings = replace(portal.settings, content_dir=COMPANY)
    return replace(portal, site=tmp_path, settings=settings)


@pytest.fixture(scope="session")
def library() -> Library:
    """The content as a server took it up a week before."""
    return read(COMPANY, date(2026, 11, 16))


def weeks(portal: Portal) -> list[date]:
    return [one.checked_on for one in recorded(portal.store)]


def test_each_week_is_checked_once_when_the_house_opens(site: Portal, library: Library) -> None:
    moments = [local("2026-11-23T07:59"), MONDAY, local("2026-11-23T17:00")]
    moments += [local("2026-11-29T23:59"), local("2026-11-30T07:59"), local("2026-11-30T08:00")]
    made = [check_when_due(site, library, one) is not None for one in moments]
    assert made == [False, True, False, False, False, True]
    assert weeks(site) == [date(2026, 11, 23), date(2026, 11, 30)]
    assert site.store.read(waiting) == 2


def test_who_was_down_on_monday_checks_as_soon_as_it_runs(site: Portal, library: Library) -> None:
    assert check_when_due(site, library, local("2026-11-26T22:00")) is not None
    assert weeks(site) == [date(2026, 11, 26)]


def test_the_day_and_the_findings_are_those_of_the_check(site: Portal, library: Library) -> None:
    result = check_when_due(site, library, MONDAY)
    assert result is not None
    assert result.checked_on == date(2026, 11, 23)
    assert [one.what for one in result.findings if one.kind == "link"] == ["/mat/ không có"]
    assert last_check(site, MONDAY) == result


def test_a_check_by_hand_is_the_check_of_its_week(site: Portal, library: Library) -> None:
    check_and_record(site, library, local("2026-11-23T06:00"))
    assert check_when_due(site, replace(library, today=date(2026, 11, 23)), MONDAY) is None
    assert site.store.read(waiting) == 1


def test_several_processes_at_once_make_one_check_and_one_letter(
    site: Portal, library: Library
) -> None:
    made = together([lambda: check_when_due(site, library, MONDAY) is not None] * 4)
    assert sorted(made) == [False, False, False, True]
    assert (len(weeks(site)), site.store.read(waiting)) == (1, 1)


def test_a_clock_that_cannot_be_believed_checks_nothing(site: Portal, library: Library) -> None:
    site.store.write(vital_rows.put, vital_rows.SEEN, MONDAY)
    assert check_when_due(site, library, MONDAY + timedelta(days=400)) is None
    assert check_when_due(site, library, MONDAY + timedelta(minutes=1)) is not None


def test_a_check_by_a_clock_that_ran_ahead_stands_in_for_no_other(
    site: Portal, library: Library
) -> None:
    ahead = MONDAY + timedelta(days=365)
    check_and_record(site, replace(library, today=ahead.date()), ahead)
    assert last_check(site, MONDAY) is None
    assert check_when_due(site, library, MONDAY) is not None
    assert check_when_due(site, library, MONDAY + timedelta(hours=1)) is None


def test_without_a_site_nothing_is_recorded(site: Portal, library: Library, tmp_path: Path) -> None:
    with pytest.raises(NoSite, match="inv build"):
        check_when_due(replace(site, site=tmp_path / "none"), library, MONDAY)
    assert weeks(site) == []


def test_a_content_with_faults_is_judged_as_it_was_taken_up(
    site: Portal, library: Library, tmp_path: Path
) -> None:
    empty = tmp_path / "content"
    empty.mkdir()
    broken = replace(site, settings=replace(site.settings, content_dir=empty))
    result = check_when_due(broken, library, MONDAY)
    assert result is not None
    assert (result.checked_on, result.documents > 0) == (date(2026, 11, 23), True)


def test_the_scorecard_counts_what_the_server_checked(site: Portal, library: Library) -> None:
    result = check_when_due(site, library, MONDAY)
    assert result is not None
    figure = measured(site.store, site.policy, "2026-11", local("2026-11-24T00:00")).figure("K11")
    assert (figure.numerator, figure.denominator) == (result.documents_right, result.documents)


@pytest.mark.parametrize(("days", "level"), [(8, "ok"), (9, "attention")])
def test_operators_are_told_of_a_week_without_a_check(
    site: Portal, library: Library, days: int, level: str
) -> None:
    check_when_due(site, library, MONDAY)
    facts = condition(site, MONDAY + timedelta(days=days)).facts
    found = next(one for one in facts if one.name == "days_since_check")
    assert (found.figure, found.level) == (days, level)


def test_the_server_looks_by_itself(site: Portal, library: Library) -> None:
    app, stopping = Flask("a server"), threading.Event()

    def now() -> datetime:
        if weeks(site):
            stopping.set()
        return MONDAY

    app.extensions[NAME] = AppContext(site, library, None, None, None, now)  # type: ignore[arg-type]
    running: Callable[..., None] = embedded.check_documents
    thread = threading.Thread(target=running, args=(app, stopping, 0.01))
    thread.start()
    thread.join(timeout=120)
    assert not thread.is_alive()
    assert site.store.read(lambda one: one.scalar(select(func.count()).select_from(checks))) == 1
