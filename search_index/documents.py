"""What is searched: documents, from a corpus file or from the published models."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search_index.text import nfc


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be found.

    ``id`` is ``<kind>:<id>`` (``hoi-dap:BH-01``). ``title`` and ``body`` are plain text and may be
    shown; ``keywords`` are other ways of asking for it, searched but never shown.
    """

    id: str
    title: str
    body: str
    keywords: tuple[str, ...] = ()
    url: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that is searched: title, body, then each other phrasing."""
        return (self.title, self.body, *self.keywords)

    @property
    def kind(self) -> str:
        """The part of the id before its colon."""
        return self.id.partition(":")[0]


def from_mapping(record: Mapping[str, Any]) -> Document:
    """Read a document from ``{"id", "title", "body", "keywords"?, "url"?}``.

    ``keywords`` may be a list of phrases or one text. Raises KeyError for a missing field.
    """
    keywords = record.get("keywords") or ()
    phrases = (keywords,) if isinstance(keywords, str) else keywords
    return Document(
        id=str(record["id"]),
        title=nfc(str(record["title"])),
        body=nfc(str(record["body"])),
        keywords=tuple(nfc(str(phrase)) for phrase in phrases),
        url=str(record.get("url") or ""),
    )


def read_corpus(path: Path) -> Iterator[Document]:
    """Read one JSON document a line. Raises ValueError that names the line of a fault."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield from_mapping(json.loads(line))
            except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as fault:
                raise ValueError(f"{path}:{number}: not a document: {fault}") from fault
