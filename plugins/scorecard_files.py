"""The scorecard as files to download: one CSV for each month, and one for all of them."""

from pelican import signals

from plugins.extra_files import FileGenerator
from plugins.model import House, PageFile
from service_policy.scorecard.table import to_csv

EVERYTHING = "ket-qua/ket-qua.csv"


class ScorecardFiles(FileGenerator):
    """Writes the files."""

    def files(self, house: House, pages: tuple[PageFile, ...]) -> dict[str, bytes]:
        """Return the files; the one with every month exists as soon as there is a month."""
        months = house.library.scorecards
        found = {one.csv_url.lstrip("/"): to_csv([one]) for one in months}
        return {**found, EVERYTHING: to_csv(months)} if months else found


def get_generators(_: object) -> type[ScorecardFiles]:
    """Answer Pelican's call for generators."""
    return ScorecardFiles


def register() -> None:
    """Register the plugin with Pelican."""
    signals.get_generators.connect(get_generators)
