"""The scorecard as files to download: one CSV for each month, and one for all of them."""

from plugins.model import Files, House, Pages, Settings
from service_policy.scorecard.table import to_csv

EVERYTHING = "ket-qua/ket-qua.csv"


def files(house: House, pages: Pages, settings: Settings) -> Files:
    """Return the files; the one with every month exists as soon as there is a month."""
    months = house.library.scorecards
    found = {one.csv_url.lstrip("/"): to_csv([one]) for one in months}
    return {**found, EVERYTHING: to_csv(months)} if months else found
