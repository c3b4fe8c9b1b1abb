"""The program knows no id of the sample company: with all of them changed, all is the same."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from forms_api.kinds import KINDS
from service_policy.actors import CUSTOMER, Actor
from service_policy.cases import (
    Event,
    FileCase,
    decide,
    due_work,
    fold,
)
from service_policy.cases.documents import DocumentsWanted
from service_policy.cases.holding.clocks import holder_clocks, ladder
from service_policy.cases.holding.work import Recategorise, RecordCallback
from service_policy.cases.refusal.review import Appeal, DecideReview
from service_policy.content import check, read
from service_policy.promises.policy import Policy
from service_policy.scorecard import measure
from service_policy.scorecard.histories import histories, period_of
from service_policy.scorecard.orders import confirmed_in_time, read_orders
from tests.service_policy import story as steps
from tests.service_policy.conftest import CONTENT, TODAY, local
from tests.service_policy.story import LONG, MONDAY, PAPER, PHOTO, Story
from tests.support import other_names

ROOMS = ("service_policy", "forms_api", "plugins", "theme", "search_index", "tooling")
FOREIGN = {"vendor", "cms", "company"}
"""Folders of programs that others wrote, and of the content that a new company begins with."""
LATER = local("2027-02-15T09:00")
ORDERS = (
    "order_no,received_at,confirmed_at,due_on,delivered_on,lines_ordered,lines_delivered,"
    "units_ordered,units_delivered\n"
    "DH-1,2026-11-30T08:00:00+07:00,2026-11-30T14:00:00+07:00,,,1,1,1,1\n"
)
"""One order, confirmed five working hours after it came."""


def lives(policy: Policy, words: dict[str, str]) -> Iterator[list[Event]]:
    """Live through cases of every kind; ``words`` are the names that this company uses."""

    def word(one: str) -> str:
        return words.get(one, one)

    for code in other_names.categories(CONTENT):
        told = Story(policy, category=word(code), priority=code > "H", remedy_wanted="repair")
        told.owned().at("2026-12-02T10:00")
        for day, to in enumerate(("ky-thuat", "kho-van", "qa"), 3):
            if told.case.holder_department != word(to):
                task = "ket-luan-loi" if to == "ky-thuat" else None
                told.hand_off(word(to), task=task).at(f"2026-12-0{day}T15:00")
        told.do(RecordCallback(steps.LEAD, reached=True, text=LONG))
        yield told.at(LATER).events
    refused = Story(policy, category=word("CL")).refuse().at("2026-12-02T10:00")
    refused.do(Appeal(CUSTOMER)).at("2026-12-03T10:00")
    decided = DecideReview(steps.REVIEWER, upheld=True, evidence=PHOTO, text=LONG, files=PAPER)
    refused.do(decided)
    yield refused.at(LATER).events
    moved = Story(policy, category=word("CL"), segment="dealer").owned().at("2026-12-01T09:00")
    moved.do(Recategorise(steps.LEAD, category=word("AT"), text="Có tia lửa."))
    yield moved.at(LATER).events
    for kind in KINDS:
        if kind.routed:
            for topic in kind.topics or (None,):
                yield filed(policy, FileCase(kind.id, "dealer", topic=topic))
    wanted = DocumentsWanted(("BG-2026.11",), "post")
    documents = FileCase("document_request", "dealer", topic="buy", category="post")
    yield filed(policy, replace(documents, documents=wanted))


def filed(policy: Policy, command: Any) -> list[Event]:
    events = list(decide(None, command, policy, MONDAY))
    return [*events, *due_work(fold(events), policy, LATER)]


def written(happened: Sequence[Sequence[Event]], policy: Policy) -> str:
    """Write down everything that the rules say of these cases."""
    period = period_of("2026-12", LATER)
    told = histories(happened, policy, LATER)
    cases = [history.case for history in told]
    found = {
        "events": [[one.model_dump(mode="json") for one in events] for events in happened],
        "ladders": [list(map(str, ladder(one, policy, LATER, None))) for one in cases],
        "holders": [[one.name for one in holder_clocks(case, policy, LATER)] for case in cases],
        "dangers": [one.is_safety for one in cases],
        "figures": [one.model_dump(mode="json") for one in measure.figures(told, policy, period)],
        "chain": [one.model_dump(mode="json") for one in measure.chain(told, policy, period)],
        "orders": confirmed_in_time(
            read_orders(ORDERS.encode()), period_of("2026-11", LATER), policy
        ).model_dump(mode="json"),
    }
    text = json.dumps(found, ensure_ascii=False, sort_keys=True, default=str)
    return text.replace(policy.fingerprint, "")


def test_the_same_company_with_other_ids_acts_the_same(
    content: Path, policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = written(list(lives(policy, {})), policy)
    words = other_names.rename(content)
    assert [str(fault) for fault in check(content, TODAY)] == []
    renamed = read(content, TODAY).policy
    assert {one.id for one in renamed.versions}.isdisjoint(one.id for one in policy.versions)
    for name in ("AGENT", "OTHER", "LEAD", "SECOND", "REVIEWER", "CLERK"):
        actor: Actor = getattr(steps, name)
        known = actor.model_copy(update={"department": words[str(actor.department)]})
        monkeypatch.setattr(steps, name, known)
    after = written(list(lives(renamed, words)), renamed)
    assert after == other_names.said(before, words)


@pytest.mark.parametrize("room", ROOMS)
def test_no_program_text_knows_an_id_of_the_sample_company(room: str) -> None:
    found = [
        f"{file.relative_to(CONTENT.parent)}:{number}: {match[0]}"
        for file in program_texts(CONTENT.parent / room)
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        for match in NAMES.finditer(line)
        if (file.name, match[0].strip("\"'")) not in NOT_MEANT
    ]
    assert found == []


def program_texts(folder: Path) -> Iterator[Path]:
    kinds = {".py", ".html", ".js", ".mjs", ".css", ".typ", ".md", ".xsl"}
    for file in sorted(folder.rglob("*")):
        if file.suffix in kinds and FOREIGN.isdisjoint(file.parts):
            yield file


def names() -> re.Pattern[str]:
    """Return what may stand nowhere: departments, codes and terms as words, numbers of promises."""
    departments = "|".join(map(re.escape, other_names.departments(CONTENT)))
    quoted = [*other_names.categories(CONTENT), *other_names.terms(CONTENT)]
    promises = "|".join(map(re.escape, other_names.commitments(CONTENT)))
    return re.compile(
        rf"(?<![\w@-])(?:{departments})(?![\w-])"
        rf"|[\"'](?:{'|'.join(quoted)})[\"']"
        rf"|(?<![\w-])(?i:{promises})(?![\w-])"
        rf"|\bterm\.(?:{'|'.join(other_names.terms(CONTENT))})\b"
    )


NAMES = names()
NOT_MEANT = {
    ("invoice_inquiry.py", "HD"),  # How references of inquiries begin.
}
"""Words of the program that a name of the sample company happens to be as well."""
