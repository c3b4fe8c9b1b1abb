"""Render the Markdown of a content file to HTML that is safe to publish.

The grammar (`service_policy.content.grammar`) passes raw HTML, event handlers and `javascript:`
links through, so its result is cleaned by the same list that the content checker knows: what would
be lost here is a fault there.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

import nh3
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape

from service_policy.content.grammar import converter, headings, parse, words
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
    made = _renderer().render(_shaped(parse(text)), converter().options, {})
    html = nh3.clean(
        made,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        tag_attribute_values=VALUES,
        url_schemes=set(SCHEMES),
        link_rel=None,
    )
    toc = tuple((title, anchor) for level, title, anchor in headings(text) if level == 2)
    return Rendered(Markup(html), toc)  # noqa: S704 (cleaned above)


def plain_text(html: str) -> str:
    """Return the words of HTML on one line, for descriptions and structured data.

    What is struck on the page is left out: without its line it would be said.
    """
    said = re.sub(r"<(s|del)>.*?</\1>", " ", str(html), flags=re.DOTALL)
    spaced = re.sub(r"(<br ?/?>)|</(p|li|h[2-4]|td|th|dt|dd|div)>", r"\g<0> ", said)
    return " ".join(Markup(spaced).striptags().split())  # noqa: S704 (its tags are removed)


def first_words(text: str, limit: int = 155) -> str:
    """Shorten plain text to whole words, with an ellipsis when something was left out."""
    if len(text) <= limit:
        return text
    return text[: text.rindex(" ", 0, limit)].rstrip(" ,;:.") + "…"


@cache
def _renderer() -> RendererHTML:
    """Make the renderer of our own tokens: tables that scroll and align without inline styles."""
    renderer = RendererHTML()
    renderer.rules["table_close"] = _table_close  # type: ignore[assignment]
    renderer.rules["text_special"] = renderer.text  # type: ignore[assignment]
    return renderer


def _table_close(*_: object) -> str:
    return "</table></div>\n"


def _shaped(tokens: Sequence[Token]) -> list[Token]:
    """Return tokens in which tables scroll, name their header cells, and align by class.

    The grammar aligns with a style attribute, which our content security policy forbids.
    """
    shaped: list[Token] = []
    for place, token in enumerate(tokens):
        if token.type == "table_open":
            shaped.append(_box(tokens[place:]))
        elif token.type in ("th_open", "td_open"):
            token = _cell(token)
        shaped.append(token)
    return shaped


def _box(tokens: Sequence[Token]) -> Token:
    """Return what opens the box around a table; its close is written with the table's."""
    titles: list[str] = []
    for before, token in pairwise(tokens):
        if before.type == "thead_close":
            break
        if before.type == "th_open":
            titles.append(words(token))
    label = escape("Bảng: " + ", ".join(title for title in titles if title))
    box = f'<div aria-label="{label}" class="table-scroll" role="region" tabindex="0">'
    return Token("html_block", "", 0, content=f"{box}\n")


def _cell(token: Token) -> Token:
    shaped = token.copy()
    shaped.attrs = {"scope": "col"} if token.type == "th_open" else {}
    if "right" in str(token.attrs.get("style", "")):
        shaped.attrs["class"] = "number"
    return shaped
