"""The samples are of this version: there is nothing to migrate in them."""

import pytest

from tooling.migration.migrate import migrate
from tooling.paths import ROOT


@pytest.mark.parametrize("company", ["content", "samples/companies/dien-lanh"])
def test_a_sample_stays_as_it_is(company: str) -> None:
    made = migrate(ROOT / company)
    assert made.done == ()
    assert made.files == {}
