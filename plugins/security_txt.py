"""`/.well-known/security.txt` (RFC 9116): whom to tell about a hole, from the company's content."""

from datetime import timedelta

from pelican import signals

from plugins.extra_files import FileGenerator, public_url
from plugins.model import House, PageFile

PATH = ".well-known/security.txt"
GOOD_FOR = timedelta(days=180)
"""A site that nobody has published for half a year should not claim that somebody listens."""


class SecurityTxtGenerator(FileGenerator):
    """Writes the file."""

    def files(self, house: House, pages: tuple[PageFile, ...]) -> dict[str, bytes]:
        """Return the one file."""
        expires = house.library.today + GOOD_FOR
        lines = (
            f"Contact: mailto:{house.library.company.email}",
            f"Expires: {expires.isoformat()}T00:00:00Z",
            "Preferred-Languages: vi, en",
            f"Canonical: {public_url(house)}/{PATH}",
            "",
        )
        return {PATH: "\n".join(lines).encode()}


def get_generators(_: object) -> type[SecurityTxtGenerator]:
    """Answer Pelican's call for generators."""
    return SecurityTxtGenerator


def register() -> None:
    """Register the plugin with Pelican."""
    signals.get_generators.connect(get_generators)
