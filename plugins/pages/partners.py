"""The partner policy: four parts, each naming what both sides do."""

from collections.abc import Iterator

from plugins.heads import head
from plugins.markdown_html import render
from plugins.model import House, PageFile
from service_policy.amount_in_words import number_in_words

INDEX = ("Đại lý, đối tác", "/doi-tac/")


def build(house: House) -> Iterator[PageFile]:
    """Yield the index and a page for each part."""
    parts = sorted(house.library.partners, key=lambda part: (part.order, part.id))
    yield PageFile(
        "partner_index",
        head(
            house,
            title="Chính sách đại lý, đối tác",
            description=f"{number_in_words(len(parts)).capitalize()} phần của chính sách: hai bên "
            "làm gì, đo bằng gì, trễ thì sao.",
            url=INDEX[1],
            kind="partner-index",
        ),
        {"parts": tuple(parts)},
        changed_on=max((part.effective_from for part in parts), default=None),
    )
    for part in parts:
        yield PageFile(
            "partner",
            head(
                house,
                title=part.title,
                description=part.summary,
                url=part.url,
                kind="partner",
                above=[INDEX],
                version=part.effective_from.isoformat(),
            ),
            {
                "part": part,
                "body": render(part.body).html,
                "others": tuple(other for other in parts if other.id != part.id),
            },
            changed_on=part.effective_from,
        )
