"""The charts of the scorecard in a real browser: readable on a phone, nothing on top of another."""

from itertools import pairwise

import pytest

from tests.support.browser import Open, Screen

pytestmark = pytest.mark.browser

BOXES = """
[...document.querySelectorAll('.chart')].map(chart =>
  [...chart.querySelectorAll('text:not(.chart__halo)')].map(text => {
    const box = text.getBoundingClientRect(), around = chart.getBoundingClientRect();
    return {text: text.textContent, left: box.left, right: box.right, top: box.top,
            bottom: box.bottom, size: box.height, kind: text.getAttribute('class'),
            inside: box.left >= around.left - 1 && box.right <= around.right + 1};
  }))
"""


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_the_words_of_a_chart_can_be_read(
    static_site: str, open_page: Open, screen: Screen
) -> None:
    charts = open_page(f"{static_site}/ket-qua/", screen=screen).evaluate(BOXES)
    assert len(charts) == 6
    for boxes in charts:
        assert [box["text"] for box in boxes if not box["inside"] or box["size"] < 13] == []
        for kind in ("chart__value", "chart__count", "chart__month"):
            row = sorted((box for box in boxes if box["kind"] == kind), key=lambda b: b["left"])
            assert len(row) == 6
            for one, other in pairwise(row):
                apart = one["right"] <= other["left"] or one["bottom"] <= other["top"]
                assert apart or other["bottom"] <= one["top"], (one["text"], other["text"])


def test_a_number_leads_to_its_definition(static_site: str, open_page: Open) -> None:
    page = open_page(f"{static_site}/ket-qua/", javascript=False)
    page.locator("table.score-table a.figure").first.click()
    assert page.url.endswith("/ket-qua/#dinh-nghia-k1")
    assert page.locator("#dinh-nghia-k1").is_visible()


def test_a_file_is_downloaded_under_the_name_of_its_month(
    static_site: str, open_page: Open
) -> None:
    page = open_page(f"{static_site}/ket-qua/2026-06/")
    with page.expect_download() as caught:
        page.locator("p.downloads a").first.click()
    assert caught.value.suggested_filename == "2026-06.csv"
