"""`inv gaps`: begin a FAQ file from what people searched for in vain."""

import os
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from jinja2 import Template

from forms_api.gaps import searched
from forms_api.settings import Settings
from forms_api.store import open_store
from search_index.gap_words import kept_words
from service_policy.content.drafts import to_write
from service_policy.content.folder import documents_in
from service_policy.families import Topic
from service_policy.promises.calendar import VIETNAM
from service_policy.promises.policy import Policy
from tooling.new import next_code, sound_library
from tooling.paths import CONTENT
from tooling.words import Refused

FOLDER = "hoi-dap"
_DRAFT = Path(__file__).with_name("faq_draft.md.jinja")
FEWEST_PHRASINGS = 4
"""As many as the model of an entry asks for."""
MOST_PHRASINGS = 9
LIKENESS = 0.5
"""The share of words that two searches have in common when they ask the same."""


def draft(words: str, topic: str, content: Path = CONTENT) -> Path:
    """Write a FAQ file for `words`, a search that `flask gaps` lists, and return its path.

    The typed phrasings are in it; what an editor has to write is marked, and the checker refuses
    the file until it is written.

    Raises:
        Refused, SettingsError, StoreUnavailable: see their words.
    """
    today = datetime.now(UTC).astimezone(VIETNAM).date()
    policy = sound_library(content, today).policy
    chosen = _topic(topic, policy)
    searched, wanted = _searched(), kept_words(words)
    if wanted not in searched:
        listed = ", ".join(f"“{one}”" for one in searched[:10]) or "chưa có"
        raise Refused(f"chưa ai tìm “{wanted}” mà không thấy; hay gặp nhất: {listed}")
    phrasings = [wanted, *(one for one in searched if one != wanted and _alike(one, wanted))]
    code = next_code(content, FOLDER, chosen.prefix)
    file = content / FOLDER / f"{code.lower()}.md"
    slug = _free_slug(wanted, set(_slugs(content)))
    text = Template(_DRAFT.read_text(encoding="utf-8"), trim_blocks=True).render(
        code=code,
        slug=slug,
        topic=topic,
        segment=policy.matrix.usual.id,
        phrasings=phrasings[:MOST_PHRASINGS],
        missing=FEWEST_PHRASINGS - len(phrasings),
        today=today.isoformat(),
        to_write=to_write,
    )
    with file.open("x", encoding="utf-8") as new:
        new.write(f"{text}\n")
    return file


def _topic(wanted: str, policy: Policy) -> Topic:
    found = policy.topic(wanted)
    if found is None:
        known = ", ".join(one.id for one in policy.topics)
        raise Refused(f"không có chủ đề “{wanted}”; các chủ đề: {known}")
    return found


def _searched() -> list[str]:
    """Return the words that were searched for in vain, the most frequent first."""
    with closing(open_store(Settings.from_environ(os.environ).database_url)) as store:
        return [row.words for row in store.read(searched)]


def _alike(one: str, other: str) -> bool:
    ours, theirs = set(one.split()), set(other.split())
    return len(ours & theirs) >= LIKENESS * len(ours | theirs)


def _slugs(content: Path) -> Iterator[str]:
    """Yield the address of every entry, of an unfinished draft as well."""
    for file in documents_in(content, FOLDER):
        yield from re.findall(r"^slug: *(\S+)", file.read_text(encoding="utf-8"), re.MULTILINE)


def _free_slug(words: str, taken: set[str]) -> str:
    plain = "-".join(words.split())
    spare = (f"{plain}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (plain, *spare) if one not in taken)
