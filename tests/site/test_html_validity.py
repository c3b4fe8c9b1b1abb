"""Every page is valid HTML, says the Nu Html Checker (the W3C's).

It is run once, over the whole site, its style sheets and drawings, every page of the forms, and
the customer's page in every state.
"""

from pathlib import Path

import pytest

from tests.support import vnu
from tests.support.forms import every_form_page
from tests.support.site import BuiltSite


@pytest.mark.java
def test_every_page_and_style_sheet_is_valid(
    built_site: BuiltSite, product: str, case_states: dict[str, str], tmp_path: Path
) -> None:
    pages = {
        **every_form_page(product),
        **{f"case-{name}": one for name, one in case_states.items()},
    }
    for name, html in pages.items():
        (tmp_path / f"{name}.html").write_text(html, encoding="utf-8")
    assert vnu.faults_of(built_site.output, tmp_path) == []
