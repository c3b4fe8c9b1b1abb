"""`inv weekly-check`: try every link, find what is out of date, tell the editors."""

import json
import os
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from forms_api.checks import record, unclear_findings
from forms_api.portal import open_portal
from forms_api.settings import Settings
from service_policy import weekly_check as rules
from service_policy.content import Library, read
from service_policy.content.scorecards import CHECKS
from service_policy.promises.calendar import VIETNAM
from service_policy.weekly_check import Finding, WeeklyCheck
from tooling.paths import CONTENT, OUTPUT
from tooling.site_links import broken_files, broken_inside, broken_outside, links_of
from tooling.words import Refused

REMARKS_OF = timedelta(days=90)
"""How far back remarks of readers are listed, while nobody has handled them."""


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
    if not (output / "index.html").is_file():
        raise Refused(f"there is no built site in {output}: run inv build first")
    settings = Settings.from_environ(os.environ)
    with closing(open_portal(settings, library.policy, output)) as portal:
        unclear = unclear_findings(portal, now - REMARKS_OF)
        result = checked(library, output, unclear, external=external)
        record(portal, result, now)
    return _keep(content, result), result


def checked(
    library: Library, output: Path, unclear: list[Finding], *, external: bool
) -> WeeklyCheck:
    """Return everything that is wrong on the library's day."""
    day, links = library.today, links_of(output)
    issues = library.register.issues
    versions = library.policy.versions
    broken = [*broken_inside(output, links), *broken_files(output)]
    unchecked = list(rules.unchecked_sheets(library.price_sheets, day))
    findings = (
        *broken,
        *(broken_outside(links) if external else ()),
        *rules.sheets_that_end(library.price_sheets, library.scheduled_sheets, day),
        *rules.issues_that_end(issues, day),
        *rules.laws_that_end(library.legal.references, day),
        *rules.promises_that_end(versions, day),
        *rules.gaps_to_close(
            library.every_sheet,
            versions,
            library.legal.references,
            library.holidays,
            day,
        ),
        *unchecked,
        *rules.stock_that_is_short(library.printed, day),
        *unclear,
        *rules.entries_to_review(library.faq, day),
    )
    in_force = [issue for issue in issues if issue.state(day) == "current"]
    wrong = {one.where.partition(" ")[0] for one in (*broken, *unchecked)}
    return WeeklyCheck(
        checked_on=day,
        links=len(links.inside) + (len(links.outside) if external else 0),
        documents=len(in_force),
        documents_right=sum(one.id not in wrong and one.url not in wrong for one in in_force),
        findings=findings,
    )


def _keep(content: Path, result: WeeklyCheck) -> Path:
    """Write the result where the site reads it; a second check of a day takes the first's place."""
    file = content / CHECKS / f"{result.checked_on.isoformat()}.json"
    file.parent.mkdir(exist_ok=True)
    data = result.model_dump(mode="json", exclude={"path"})
    file.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return file
