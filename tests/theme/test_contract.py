"""The static site fills every template with what the contract lists, and with nothing else."""

from datetime import date

from plugins.model import SiteBuild
from plugins.pages import build_pages
from service_policy.content import read
from tests.theme.contract import STATIC
from theme.context import Site
from tooling.paths import CONTENT


def test_every_page_gets_the_variables_of_its_template() -> None:
    library = read(CONTENT, date(2026, 11, 23))
    site = Site.of(library, "")
    pages = build_pages(SiteBuild(library, site))
    given = {page.template: set(page.variables) for page in pages}
    assert given == {name: set(variables) for name, variables in STATIC.items() if name in given}
    assert set(given) == set(STATIC)
