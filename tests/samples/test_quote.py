"""The sample quote is one that the first sample company can give."""

from pathlib import Path

import pytest

from tests.support.site import BUILD_EPOCH, SITE_URL
from tooling.paths import ROOT
from tooling.quote import make_quote


def test_the_sample_quote_is_made_of_the_samples_own_goods(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", BUILD_EPOCH)
    monkeypatch.setenv("PORTAL_SITE_URL", SITE_URL)
    (file,) = (ROOT / "samples" / "quotes").glob("*.yaml")
    made = make_quote(file, tmp_path, ROOT / "content")
    assert made.warnings == ()
    assert made.pdf.read_bytes().startswith(b"%PDF-")
