"""Prose for papers: an editor's Markdown as a tree of blocks that a template can walk.

The Markdown goes through the same renderer as the pages, so that page and paper say the same.
Blocks are plain dicts with a `kind`; inline text is a list of runs
`{"text", "strong", "em", "href"}`.
"""

from html.parser import HTMLParser
from urllib.parse import urljoin

from plugins.markdown_html import render

Block = dict[str, object]
Run = dict[str, object]

_STRONG = frozenset({"strong", "b"})
_EMPHASIS = frozenset({"em", "i"})
_PARAGRAPHS = {"p": "paragraph", "dt": "term", "dd": "paragraph"}
_HEADINGS = {"h2": 1, "h3": 2, "h4": 3}
_CELLS = frozenset({"td", "th"})


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
        self._strong = 0
        self._em = 0
        self._href: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HEADINGS:
            self._begin({"kind": "heading", "level": _HEADINGS[tag]})
        elif tag in _PARAGRAPHS:
            self._begin({"kind": _PARAGRAPHS[tag]})
        elif tag in _CELLS:
            self._begin({"kind": "cell", "head": tag == "th"})
        elif tag in ("ul", "ol", "table", "tr", "blockquote", "li"):
            self._runs = None
            self._nest({"kind": {"ul": "list", "ol": "steps"}.get(tag, tag)})
        elif tag == "br":
            self._add("\n")
        elif tag == "a":
            self._href = urljoin(f"{self._site_url}/", dict(attrs).get("href") or "")
        self._weigh(tag, 1)

    def handle_endtag(self, tag: str) -> None:
        if tag in _HEADINGS or tag in _PARAGRAPHS or tag in _CELLS:
            self._runs = None
        elif tag in ("ul", "ol", "table", "tr", "blockquote", "li"):
            self._runs = None
            self._open.pop()
        elif tag == "a":
            self._href = None
        self._weigh(tag, -1)

    def handle_data(self, data: str) -> None:
        if self._runs is None:
            if not data.strip():
                return
            # A tight list item holds its text without a paragraph around it.
            self._begin({"kind": "paragraph"})
        self._add(data.replace("\n", " "))

    def _weigh(self, tag: str, step: int) -> None:
        self._strong += step * (tag in _STRONG)
        self._em += step * (tag in _EMPHASIS)

    def _begin(self, block: Block) -> None:
        runs: list[Run] = []
        self._open[-1].append({**block, "runs": runs})
        self._runs = runs

    def _nest(self, block: Block) -> None:
        inner: list[Block] = []
        self._open[-1].append({**block, "blocks": inner})
        self._open.append(inner)

    def _add(self, text: str) -> None:
        if self._runs is not None:
            self._runs.append(
                {
                    "text": text,
                    "strong": self._strong > 0,
                    "em": self._em > 0,
                    "href": self._href,
                }
            )
