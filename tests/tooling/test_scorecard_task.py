"""`inv scorecard` as an operator runs it, on a real store."""

import json
import shutil
from pathlib import Path

import pytest

from forms_api.store import history, migrate, open_store
from service_policy.content import read
from service_policy.content.tree import ContentErrors
from tests.service_policy.conftest import CONTENT, TODAY, local
from tests.service_policy.story import Story
from tooling.scorecard import scorecard
from tooling.words import Refused

AS_OF = "2026-11-21T00:00:00+07:00"


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the content beside a store with one case of Tuesday, 3 November."""
    url = f"sqlite:///{tmp_path / 'portal.db'}"
    monkeypatch.setenv("PORTAL_DATABASE_URL", url)
    monkeypatch.setenv("PORTAL_VAR_DIR", str(tmp_path))
    story = Story(read(CONTENT, TODAY).policy, local("2026-11-03T09:00"))
    rows = history.rows_of("KN-26-AAAA-0001", story.events, {"name": "Mẫu"})
    store = open_store(url)
    migrate.upgrade(store)
    store.write(lambda connection: history.write(connection, rows))
    store.close()
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def test_a_month_is_written_where_the_site_reads_it(content: Path) -> None:
    file, lines = scorecard("2026-11", as_of=AS_OF, content=content)
    assert file == content / "ket-qua" / "2026-11.json"
    assert len(lines) == 12
    data = json.loads(file.read_text(encoding="utf-8"))
    assert data["as_of"] == AS_OF
    assert data["indicators"][1]["denominator"] == 1
    latest = read(content, TODAY).scorecards[-1]
    assert latest.month == "2026-11"
    assert not latest.is_closed
    before = file.read_bytes()
    scorecard("2026-11", as_of=AS_OF, content=content)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("month", "as_of"),
    [("2026-13", ""), ("November", ""), ("2199-01", ""), ("2026-11", "2026-11-21T00:00:00")],
)
def test_a_month_that_cannot_be_measured_is_refused(content: Path, month: str, as_of: str) -> None:
    with pytest.raises(Refused):
        scorecard(month, as_of=as_of, content=content)
    assert not (content / "ket-qua" / "2026-11.json").exists()


def test_a_broken_content_folder_stops_it(content: Path) -> None:
    (content / "cong-ty.yaml").unlink()
    with pytest.raises(ContentErrors):
        scorecard("2026-11", as_of=AS_OF, content=content)
