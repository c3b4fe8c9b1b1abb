"""The one Markdown grammar of the project: CommonMark with tables, ~~strikes~~ and definitions.

The checker asks what a text says, the site renders the same tokens, so a text means at the gate
what it means on the page. What other programs do not agree on is refused (``shape``).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from html import unescape
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from service_policy.text import slugify

MAX_NESTING = 20
"""Lists and quotes in each other; what stands deeper would not be shown."""
_HTML = re.compile(
    r"""<(?P<tag>[a-z][a-z0-9-]*)|(?<![\w-])(?P<name>href|src)\s*=\s*
    (?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'<>]+))""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link or picture of a text: where it leads, and how many lines down it stands."""

    target: str
    line: int
    image: bool = False


@cache
def converter() -> MarkdownIt:
    """Make the one parser, and renderer, that all texts share."""
    made = MarkdownIt("commonmark", {"html": True, "maxNesting": MAX_NESTING})
    made.enable(["table", "strikethrough"]).use(deflist_plugin)
    # A letter written with a backslash stays apart from text, for whoever looks for lost marks.
    made.disable("text_join")
    # Every target is judged by the checker, as it was typed, and cleaned by the sanitizer.
    made.validateLink = lambda url: True  # type: ignore[method-assign]
    made.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return made


@lru_cache(maxsize=2_000)
def parse(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text; its headings have their anchors."""
    tokens = tuple(converter().parse(text))
    taken: dict[str, int] = {}
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            opening.attrSet("id", _free(slugify(words(inline)), taken))
    return tokens


def headings(text: str) -> tuple[tuple[int, str, str], ...]:
    """Return (level, words, anchor) of every heading."""
    tokens = parse(text)
    return tuple(
        (int(opening.tag[1]), words(inline), str(opening.attrs["id"]))
        for opening, inline in pairwise(tokens)
        if opening.type == "heading_open"
    )


def words(inline: Token) -> str:
    """Return what a reader sees of a line."""
    shown = "".join(_seen(one) for one in inline.children or ())
    return " ".join(shown.split())


def links(text: str) -> tuple[Link, ...]:
    """Return every link and picture of a text, written in Markdown or in HTML, in order."""
    return tuple(_links(parse(text)))


def lines_of(tokens: Sequence[Token]) -> Iterator[tuple[Token, int]]:
    """Yield every token with its line, from 0; the one above where it has none of its own."""
    line = 0
    for token in tokens:
        if token.map is not None:
            line = token.map[0]
        yield token, line


def _links(tokens: Sequence[Token]) -> Iterator[Link]:
    for token, line in lines_of(tokens):
        if token.type == "html_block":
            yield from _html_links(token.content, line)
        for child in token.children or ():
            if child.type in ("softbreak", "hardbreak"):
                line += 1
            elif child.type == "link_open":
                yield Link(str(child.attrs.get("href", "")), line)
            elif child.type == "image":
                yield Link(str(child.attrs.get("src", "")), line, image=True)
            elif child.type == "html_inline":
                yield from _html_links(child.content, line)


def _html_links(html: str, line: int) -> Iterator[Link]:
    tag = ""
    for match in _HTML.finditer(html):
        tag = match["tag"] or tag
        if match["name"]:
            down = html.count("\n", 0, match.start())
            target = match["double"] or match["single"] or match["bare"] or ""
            yield Link(unescape(target), line + down, image=tag.lower() == "img")


def _seen(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return token.content if token.type in ("text", "text_special", "code_inline") else ""


def _free(anchor: str, taken: dict[str, int]) -> str:
    """Return the anchor, or the first of anchor_1, anchor_2 … that no heading has yet.

    ``taken`` has the last number by anchor, so that a thousand equal headings cost a thousand.
    """
    free, number = anchor, taken.get(anchor, 0)
    while free in taken or not free:
        number += 1
        free = f"{anchor}_{number}"
    taken[anchor] = number
    taken.setdefault(free, 0)
    return free
