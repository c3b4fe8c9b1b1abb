"""`inv weekly-check`: check the site now and keep the results where the next build reads them."""

import json
import os
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url

from forms_api.checks import recorded
from forms_api.errors import SettingsError, StoreUnavailable
from forms_api.portal import open_portal
from forms_api.settings import Settings
from forms_api.store import open_store
from forms_api.weekly_check import NoSite, check_and_record
from service_policy.content import read
from service_policy.content.scorecards import CHECKS
from service_policy.promises.calendar import VIETNAM
from service_policy.weekly_check import WeeklyCheck
from tooling.paths import CONTENT, OUTPUT
from tooling.words import Refused


def weekly_check(
    *, external: bool = False, content: Path = CONTENT, output: Path = OUTPUT
) -> tuple[Path, WeeklyCheck]:
    """Check the built site and the content now; returns the file of the result, and the result.

    The result goes to three places: the content (the site shows its date), the store (the
    scorecard counts it) and a letter to the editors. `external` also asks the other sites.

    Raises:
        Refused, ContentErrors, SettingsError, StoreUnavailable: see their words.
    """
    now = datetime.now(UTC)
    library = read(content, now.astimezone(VIETNAM).date())
    settings = Settings.from_environ(os.environ)
    with closing(open_portal(settings, library.policy, output)) as portal:
        try:
            result = check_and_record(portal, library, now, external=external)
        except NoSite as missing:
            raise Refused(str(missing)) from None
    return _keep(content, result), result


def take_over(content: Path = CONTENT) -> list[Path]:
    """Write the checks that a server made since the content's last one beside it.

    Without a store of this machine's, or with one that does not answer, the content says what it
    said before. Returns the files, which are for git.

    Raises:
        OSError: the content cannot be written.
    """
    known = max((one.stem for one in (content / CHECKS).glob("*.json")), default="")
    try:
        url = Settings.from_environ(os.environ).database_url
        file = make_url(url).database or ""
        if url.startswith("sqlite") and not Path(file).is_file():
            return []  # Whoever only publishes has no store, and gets none by publishing.
        with closing(open_store(url)) as store:
            made = recorded(store)
    except (SettingsError, StoreUnavailable):
        return []
    return [_keep(content, one) for one in made if one.checked_on.isoformat() > known]


def _keep(content: Path, result: WeeklyCheck) -> Path:
    """Write the result where the site reads it; a second check of a day takes the first's place."""
    file = content / CHECKS / f"{result.checked_on.isoformat()}.json"
    file.parent.mkdir(exist_ok=True)
    data = result.model_dump(mode="json", exclude={"path"})
    file.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return file
