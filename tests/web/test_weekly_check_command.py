"""`flask weekly-check`, for whoever runs the application under a server of their own."""

from pathlib import Path

from forms_api.portal import Portal
from forms_api.settings import Settings
from forms_api.store.outbox_rows import waiting
from forms_api.web.app import assemble
from service_policy.content import Library
from tests.support.application import SECRET, Clock


def test_a_timer_may_ask_each_hour_and_one_check_a_week_is_made(
    library: Library, clock: Clock, sqlite_url: str, tmp_path: Path
) -> None:
    given = {"PORTAL_DATABASE_URL": sqlite_url, "PORTAL_SECRET_KEY": SECRET}
    settings = Settings.from_environ({**given, "PORTAL_VAR_DIR": str(tmp_path)})
    app = assemble(settings, library, clock, site=tmp_path / "output")
    portal: Portal = app.extensions["portal"]
    run = app.test_cli_runner().invoke
    missing = run(args=["weekly-check"])
    assert missing.exit_code == 1
    assert "there is no built site" in missing.output
    (tmp_path / "output").mkdir()
    (tmp_path / "output/index.html").write_text('<a href="/mat/">x</a>', encoding="utf-8")
    first = run(args=["weekly-check"])
    assert first.exit_code == 0
    assert "/: /mat/ không có [link]" in first.output
    clock.move(hours=3)
    assert run(args=["weekly-check"]).output == "not due; the last check: 2026-11-23\n"
    assert portal.store.read(waiting) == 1
    assert "documents are right" in run(args=["weekly-check", "--again"]).output
    clock.move(days=7)
    assert "documents are right" in run(args=["weekly-check"]).output
    assert portal.store.read(waiting) == 3
    portal.close()
