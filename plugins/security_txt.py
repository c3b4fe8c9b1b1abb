"""`/.well-known/security.txt` (RFC 9116): whom to tell of a weakness, for how long this holds."""

from datetime import UTC, datetime, time, timedelta

from pelican import signals

from plugins.extra_files import FileGenerator, public_url
from plugins.model import House, PageFile

PLACE = ".well-known/security.txt"
HOLDS_FOR = timedelta(days=180)
"""The RFC wants less than a year; a site that nobody publishes for half of one has nobody who
would answer."""


class SecurityTxtGenerator(FileGenerator):
    """Writes the file."""

    def files(self, house: House, pages: tuple[PageFile, ...]) -> dict[str, bytes]:
        """Return the file."""
        until = datetime.combine(house.site.built_on, time(), UTC) + HOLDS_FOR
        lines = (
            f"Contact: mailto:{house.library.company.email}",
            f"Expires: {until.isoformat().replace('+00:00', 'Z')}",
            "Preferred-Languages: vi, en",
            f"Canonical: {public_url(house)}/{PLACE}",
        )
        return {PLACE: "".join(f"{line}\n" for line in lines).encode()}


def get_generators(_: object) -> type[SecurityTxtGenerator]:
    """Answer Pelican's call for generators."""
    return SecurityTxtGenerator


def register() -> None:
    """Register the plugin with Pelican."""
    signals.get_generators.connect(get_generators)
