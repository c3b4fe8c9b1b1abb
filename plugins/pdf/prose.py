"""Prose for papers: an editor's Markdown as a tree of blocks that a template can walk.

The Markdown goes through the same renderer as the pages, so that page and paper say the same.
Blocks are plain dicts with a `kind`; inline text is a list of runs: `text`, `href`, and one of
`STYLES` each, true or false.
"""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin

from plugins.markdown_html import render

Block = dict[str, object]
Run = dict[str, object]

STYLES = ("strong", "em", "strike", "code", "sub", "sup")
"""How a run can be set; a template has a way to show each of them."""
_STYLE_OF = {"b": "strong", "i": "em", "s": "strike", "del": "strike"} | {
    style: style for style in STYLES if style != "strike"
}
_LEAVES: dict[str, Block] = {
    "p": {"kind": "paragraph"},
    "dt": {"kind": "term"},
    "dd": {"kind": "paragraph"},
    "h2": {"kind": "heading", "level": 1},
    "h3": {"kind": "heading", "level": 2},
    "h4": {"kind": "heading", "level": 3},
    "td": {"kind": "cell", "head": False},
    "th": {"kind": "cell", "head": True},
    "pre": {"kind": "code"},
}
"""Blocks that hold text."""
_BRANCHES = {
    "ul": "list",
    "ol": "steps",
    "li": "li",
    "table": "table",
    "tr": "tr",
    "blockquote": "blockquote",
}
"""Blocks that hold blocks."""
_SPACE = re.compile(r"[ \t\n]+")


def blocks(markdown: str, site_url: str) -> list[Block]:
    """Return the blocks of a Markdown text; links get the address of the site in front."""
    reader = _Reader(site_url)
    reader.feed(str(render(markdown).html))
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    """Builds the tree; the HTML is our own renderer's, so every tag is closed."""

    def __init__(self, site_url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Block] = []
        self._site_url = site_url
        self._open: list[list[Block]] = [self.found]
        self._runs: list[Run] | None = None
        self._styles = dict.fromkeys(STYLES, 0)
        self._verbatim = False
        self._href: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _LEAVES:
            self._verbatim = tag == "pre"
            self._begin(_LEAVES[tag])
        elif tag in _BRANCHES:
            self._nest({"kind": _BRANCHES[tag]} | _numbering(tag, given.get("start") or ""))
        elif tag in _STYLE_OF:
            self._styles[_STYLE_OF[tag]] += 1
        elif tag == "a":
            target = given.get("href") or ""
            # A place in this text has no address of its own: on paper it is a few lines away.
            place = target.startswith("#")
            self._href = None if place else urljoin(f"{self._site_url}/", target)
        else:
            self._place(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag in _LEAVES:
            self._runs = None
            self._verbatim = False
        elif tag in _BRANCHES:
            self._runs = None
            self._open.pop()
        elif tag in _STYLE_OF:
            self._styles[_STYLE_OF[tag]] -= 1
        elif tag == "a":
            self._href = None

    def handle_data(self, data: str) -> None:
        if self._verbatim:
            self._add_lines(data)
            return
        text = _SPACE.sub(" ", data)
        if self._runs and self._runs[-1]["text"] == "\n":
            text = text.lstrip(" ")
        if text.strip() or self._runs:
            self._say(text)

    def _place(self, tag: str, given: dict[str, str | None]) -> None:
        """Take in what stands alone: a line break, a rule, the words of a picture."""
        if tag == "br":
            self._add("\n")
        elif tag == "hr":
            self._runs = None
            self._open[-1].append({"kind": "rule"})
        elif tag == "img" and given.get("alt"):
            self._say(f"[Hình: {given['alt']}]")

    def _begin(self, block: Block) -> None:
        runs: list[Run] = []
        self._open[-1].append({**block, "runs": runs})
        self._runs = runs

    def _nest(self, block: Block) -> None:
        inner: list[Block] = []
        self._runs = None
        self._open[-1].append({**block, "blocks": inner})
        self._open.append(inner)

    def _say(self, text: str) -> None:
        if self._runs is None:
            # A tight list item holds its text without a paragraph around it.
            self._begin(_LEAVES["p"])
        self._add(text)

    def _add_lines(self, text: str) -> None:
        """Add the lines of a block of code, each as far to the right as it was written."""
        for place, line in enumerate(text.removesuffix("\n").split("\n")):
            if place:
                self._add("\n")
            shown = line.expandtabs(4).replace("  ", "\u00a0\u00a0")
            self._add("\u00a0" + shown[1:] if shown.startswith(" ") else shown)

    def _add(self, text: str) -> None:
        if self._runs is not None:
            styles = {style: count > 0 for style, count in self._styles.items()}
            self._runs.append({"text": text, "href": self._href, **styles})


def _numbering(tag: str, start: str) -> Block:
    """Return the number of the first step; a list has none."""
    number = int(start) if start.isascii() and start.isdigit() else 1
    return {"start": number} if tag == "ol" else {}
