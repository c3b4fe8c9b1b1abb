"""Whoever finds a weakness finds whom to tell, on the built site and through the server."""

from datetime import UTC, datetime, timedelta

from tests.support.site import BUILD_EPOCH, BuiltSite

FILE = ".well-known/security.txt"


def fields(site: BuiltSite) -> dict[str, str]:
    text = (site.output / FILE).read_text(encoding="utf-8")
    assert text.endswith("\n")
    lines = [line.partition(": ") for line in text.splitlines()]
    assert len({name for name, _, _ in lines}) == len(lines)
    return {name: value for name, _, value in lines}


def test_the_contact_is_the_companys_own(built_site: BuiltSite) -> None:
    found = fields(built_site)
    assert found["Contact"] == "mailto:cskh@nhakhe.example"
    assert found["Preferred-Languages"] == "vi, en"
    assert found["Canonical"].endswith(f"/{FILE}")
    assert found["Canonical"].startswith(("https://", "http://127.0.0.1"))


def test_it_holds_for_less_than_a_year_from_the_build(built_site: BuiltSite) -> None:
    until = datetime.fromisoformat(fields(built_site)["Expires"])
    assert until.tzinfo is not None
    built = datetime.fromtimestamp(int(BUILD_EPOCH), UTC)
    assert timedelta(days=150) < until - built < timedelta(days=365)
