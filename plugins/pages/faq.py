"""Questions and answers: all of them on one page by topic, and a page for each."""

from collections.abc import Iterator

from plugins.markdown_html import plain_text, render
from plugins.model import PageFile, SiteBuild, page
from plugins.structured_data import faq_page
from service_policy.content import Library
from service_policy.documents import FaqEntry
from theme.context import Link

INDEX = ("Hỏi đáp", "/hoi-dap/")
OTHERS = 6
"""How many other questions of the topic an answer leads on to."""


def build(site_build: SiteBuild) -> Iterator[PageFile]:
    """Yield the index and a page for each question."""
    entries = site_build.library.faq
    yield page(
        site_build,
        "faq_index",
        {
            "topics": tuple(
                (topic, own)
                for topic in site_build.library.policy.topics
                if (own := tuple(entry for entry in entries if entry.topic == topic.id))
            )
        },
        title="Hỏi đáp",
        description=f"{len(entries)} câu hỏi thường gặp, trả lời thẳng vào việc.",
        url=INDEX[1],
        changed_on=max((entry.last_reviewed for entry in entries), default=None),
    )
    targets = link_targets(site_build.library)
    for entry in entries:
        yield _entry(site_build, entry, targets)


def link_targets(library: Library) -> dict[str, Link]:
    """Return, by id, everything that an entry may name as related."""
    targets = {entry.id: Link(entry.question, entry.url) for entry in library.faq}
    targets |= {one.id: Link(f"{one.id} {one.name}", one.url) for one in library.products}
    targets |= {one.id: Link(f"{one.id}: {one.title}", one.url) for one in library.policy.versions}
    return targets


def _entry(site_build: SiteBuild, entry: FaqEntry, targets: dict[str, Link]) -> PageFile:
    answer = render(entry.body).html
    same_topic = [one for one in site_build.library.faq if one.topic == entry.topic]
    place = same_topic.index(entry)
    following = [*same_topic[place + 1 :], *same_topic[:place]]
    return page(
        site_build,
        "faq",
        {
            "entry": entry,
            "topic": site_build.library.policy.topic(entry.topic),
            "customers": _customers(site_build, entry),
            "answer": answer,
            "related": tuple(targets[key] for key in entry.related if key in targets),
            "others": tuple(one for one in following if one.id not in entry.related)[:OTHERS],
        },
        title=entry.question,
        description=plain_text(answer),
        url=entry.url,
        above=[INDEX],
        json_ld=[faq_page(entry, answer)],
        version=entry.last_reviewed.isoformat(),
        changed_on=entry.last_reviewed,
    )


def _customers(site_build: SiteBuild, entry: FaqEntry) -> str:
    """Say whom an entry is for; "" for the usual customer, whom nobody has to be told of."""
    matrix = site_build.library.policy.matrix
    segment = matrix.segment(entry.segment or matrix.usual.id)
    return "" if segment is None or segment == matrix.usual else segment.inside
