"""A search on a day after the site was built: a price sheet that has ended meanwhile says so."""

from flask.testing import FlaskClient

from tests.support.application import Clock
from tests.support.visitor import Visitor

SHEET = "/bang-gia/ban-le-2026-11/"


def title(client: FlaskClient) -> str:
    found = client.get("/api/v1/search?q=bang+gia+ban+le+thang+11+12").get_json()["results"]
    return next(str(one["title"]) for one in found if one["url"] == SHEET)


def test_the_api_knows_the_day(client: FlaskClient, clock: Clock) -> None:
    assert "hết hiệu lực" not in title(client)
    clock.move(days=60)
    assert "hết hiệu lực" in title(client)


def test_the_page_of_results_knows_the_day(visitor: Visitor, clock: Clock) -> None:
    clock.move(days=60)
    page = visitor.get("/tim-kiem/?q=bang+gia+ban+le+thang+11+12&kind=bang-gia")
    links = {one.get("href"): one.text for one in page.document.all("a")}
    assert "hết hiệu lực" in links[SHEET]
    assert "hết hiệu lực" not in links["/bang-gia/ban-le-2027-01/"]
