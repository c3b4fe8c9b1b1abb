"""A small reading of an HTML page for tests: its elements in order, their attributes and text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr path use circle".split()
)


@dataclass
class Element:
    """An element: its name, attributes, and the text inside it and inside what it contains."""

    tag: str
    attributes: dict[str, str]
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text on one line."""
        return " ".join("".join(self.pieces).split())

    def get(self, name: str) -> str:
        """Return an attribute, or nothing."""
        return self.attributes.get(name, "")


class Document(HTMLParser):
    """A parsed page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()

    def _name(self, tag: str) -> str:
        """Tell the title of a drawing from the title of the page."""
        drawing = any(element.tag == "svg" for element in self._open)
        return "svg-title" if tag == "title" and drawing else tag

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = self._name(tag)
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        tag = self._name(tag)
        while self._open:
            if self._open.pop().tag == tag:
                return

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.pieces.append(data)

    def all(self, tag: str) -> list[Element]:
        """Return all elements of a name, in order."""
        return [element for element in self.elements if element.tag == tag]

    def one(self, tag: str) -> Element:
        """Return the only element of a name."""
        found = self.all(tag)
        assert len(found) == 1, f"{len(found)} <{tag}> elements"
        return found[0]

    def meta(self, name: str) -> str:
        """Return the content of a named meta element or property, or nothing."""
        for element in self.all("meta"):
            if name in (element.get("name"), element.get("property")):
                return element.get("content")
        return ""

    def link(self, rel: str) -> str:
        """Return the target of the first link of a kind, or nothing."""
        for element in self.all("link"):
            if element.get("rel") == rel:
                return element.get("href")
        return ""

    def ids(self) -> list[str]:
        """Return every id of the page, in order."""
        return [element.get("id") for element in self.elements if "id" in element.attributes]

    def targets(self) -> Iterator[str]:
        """Yield everything the page links to or loads."""
        for element in self.elements:
            for name in ("href", "src", "action"):
                if element.get(name) and element.tag != "use":
                    yield element.get(name)
