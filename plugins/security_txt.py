"""`/.well-known/security.txt` (RFC 9116): whom to tell about a hole, from the company's content."""

from datetime import timedelta

from plugins.model import Files, House, Pages, Settings

PATH = ".well-known/security.txt"
GOOD_FOR = timedelta(days=180)
"""A site that nobody has published for half a year should not claim that somebody listens."""


def files(house: House, pages: Pages, settings: Settings) -> Files:
    """Return the one file."""
    expires = house.library.today + GOOD_FOR
    lines = (
        f"Contact: mailto:{house.library.company.email}",
        f"Expires: {expires.isoformat()}T00:00:00Z",
        "Preferred-Languages: vi, en",
        f"Canonical: {house.public_url}/{PATH}",
        "",
    )
    return {PATH: "\n".join(lines).encode()}
