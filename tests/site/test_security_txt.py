"""Whom to tell about a hole: `security.txt` as RFC 9116 wants it."""

from datetime import UTC, datetime, timedelta

from tests.support.site import SITE_URL, BuiltSite


def fields(site: BuiltSite) -> dict[str, str]:
    lines = site.text(".well-known/security.txt").splitlines()
    pairs = [line.split(": ", 1) for line in lines]
    assert len({name for name, _ in pairs}) == len(pairs)
    return dict(pairs)


def test_a_finder_learns_whom_to_write_to_and_in_which_languages(built_site: BuiltSite) -> None:
    found = fields(built_site)
    assert found["Contact"] == "mailto:cskh@nhakhe.example"
    assert found["Preferred-Languages"] == "vi, en"
    assert found["Canonical"] == f"{SITE_URL}/.well-known/security.txt"


def test_it_expires_within_a_year_of_the_build_as_the_rfc_recommends(
    built_site: BuiltSite,
) -> None:
    built = datetime(2026, 11, 23, tzinfo=UTC)
    expires = datetime.fromisoformat(fields(built_site)["Expires"])
    assert built + timedelta(days=90) < expires < built + timedelta(days=365)


def test_it_comes_by_no_other_name(built_site: BuiltSite) -> None:
    assert not (built_site.output / "security.txt").exists()
    assert ".well-known" not in built_site.text("sitemap.xml")
