"""Render the Markdown of a content file to HTML that is safe to publish.

Python-Markdown passes raw HTML, event handlers and `javascript:` links through, so its result is
cleaned by the same list that the content checker knows: what would be lost here is a fault there.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

from search_index.text import fold
from service_policy.content.prose import ALLOWED_TAGS

TAGS = ALLOWED_TAGS | {"div"}
"""What the content checker lets an editor write, and the box that our tables stand in."""

ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "div": {"aria-label"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "img": {"alt", "src", "title"},
    "ol": {"start"},
}
VALUES = {
    "div": {"class": {"table-scroll"}, "role": {"region"}, "tabindex": {"0"}},
    "td": {"class": {"number"}},
    "th": {"class": {"number"}, "scope": {"col"}},
}
SCHEMES = frozenset({"https", "http", "mailto", "tel"})

_NOT_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Rendered:
    """HTML that may be published, and (title, id) of each of its second-level headings."""

    html: Markup
    toc: tuple[tuple[str, str], ...]


@lru_cache(maxsize=2_000)
def render(text: str) -> Rendered:
    """Render Markdown to clean HTML with ids on its headings.

    The same text always gives the same HTML: the editor's preview, which reads all texts again
    after each change, renders only the changed ones.
    """
    markdown = _markdown()
    markdown.reset()
    html = nh3.clean(
        markdown.convert(text),
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        tag_attribute_values=VALUES,
        url_schemes=set(SCHEMES),
        link_rel=None,
    )
    tokens = markdown.toc_tokens  # type: ignore[attr-defined]
    toc = tuple((token["name"], token["id"]) for token in tokens if token["level"] == 2)
    return Rendered(Markup(html), toc)  # noqa: S704 (cleaned above)


def slugify(text: str, separator: str = "-") -> str:
    """Return the anchor of a heading: `Đường dây nóng` becomes `duong-day-nong`.

    Python-Markdown's own function drops the letter đ.
    """
    return _NOT_SLUG.sub(separator, fold(text).lower()).strip(separator)


def plain_text(html: str) -> str:
    """Return the words of HTML on one line, for descriptions and structured data."""
    spaced = re.sub(r"</(p|li|h[2-4]|td|th|dt|dd|div)>", r"</\1> ", str(html))
    return " ".join(Markup(spaced).striptags().split())  # noqa: S704 (its tags are removed)


def first_words(text: str, limit: int = 155) -> str:
    """Shorten plain text to whole words, with an ellipsis when something was left out."""
    if len(text) <= limit:
        return text
    return text[: text.rindex(" ", 0, limit)].rstrip(" ,;:.") + "…"


@cache
def _markdown() -> Markdown:
    """Make the one converter that all texts share."""
    return Markdown(
        output_format="html",
        extensions=[
            TableExtension(),
            TocExtension(slugify=slugify, toc_depth="2-3"),
            _Tables(),
            "markdown.extensions.sane_lists",
            "markdown.extensions.def_list",
        ],
    )


class _Tables(Extension):
    """Registers `_TableShape`."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        md.treeprocessors.register(_TableShape(md), "table_shape", 5)


class _TableShape(Treeprocessor):
    """Let wide tables scroll, name their header cells, and align by class.

    Python-Markdown aligns with a style attribute, which our content security policy forbids.
    """

    def run(self, root: Element) -> None:
        """Change every table below `root` in place."""
        for parent in list(root.iter()):
            for place, table in enumerate(list(parent)):
                if table.tag == "table":
                    parent.remove(table)
                    parent.insert(place, _scrolling(table))


def _scrolling(table: Element) -> Element:
    """Return the table inside a box that scrolls by touch and by keyboard."""
    for cell in table.iter():
        if cell.tag == "th":
            cell.set("scope", "col")
        style = cell.attrib.pop("style", "")
        if "right" in style:
            cell.set("class", "number")
    titles = [" ".join("".join(cell.itertext()).split()) for cell in table.iter("th")]
    box = Element(
        "div",
        {
            "class": "table-scroll",
            "role": "region",
            "tabindex": "0",
            "aria-label": "Bảng: " + ", ".join(title for title in titles if title),
        },
    )
    box.append(table)
    return box
