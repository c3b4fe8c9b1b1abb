"""The browser index as compact text: what each document says, word by word.

Lunr's own JSON repeats every term with every document and is several times larger than the text
it was made from. This file is smaller than the text, because each word is one character:

- line 1: JSON; ``ids``, ``urls`` and the ``language`` data that queries need;
- line 2: the table of all items, divided by tabs, the most frequent first;
- line 3 and on: one document a line, its fields divided by spaces: title, body, then each other
  phrasing. A character names an item of the table: U+0021 is the first (surrogates are skipped).

An item is a word as written, or what stands between two words when that is not a single space.
Nothing is lost: titles and snippets are read back from the same characters.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from search_index.documents import Document
from search_index.text import SURFACE, nfc

FORMAT: Final = 1
_FIRST: Final = 0x21
_SURROGATES: Final = 0xD800
_SURROGATE_COUNT: Final = 0x800


@dataclass(frozen=True, slots=True)
class Compact:
    """A file read back: each field of each document as a tuple of items (words and gaps).

    ``table`` has every item once, the most frequent first.
    """

    ids: tuple[str, ...]
    urls: tuple[str, ...]
    language: Mapping[str, Any]
    table: tuple[str, ...]
    fields: tuple[tuple[tuple[str, ...], ...], ...]


def items(text: str) -> Iterator[str]:
    """Split text into words and the gaps between them that are not a single space."""
    text = " ".join(nfc(text).split())
    end = 0
    for match in SURFACE.finditer(text):
        gap = text[end : match.start()]
        if gap and gap != " ":
            yield gap
        yield match.group()
        end = match.end()
    if text[end:]:
        yield text[end:]


def join(parts: Sequence[str]) -> str:
    """Write items as text again: the inverse of ``items``."""
    text: list[str] = []
    after_word = False
    for part in parts:
        word = SURFACE.match(part) is not None
        if word and after_word:
            text.append(" ")
        text.append(part)
        after_word = word
    return "".join(text)


def pack(documents: Iterable[Document], language: Mapping[str, Any]) -> str:
    """Write documents and language data as compact text; equal input gives equal bytes."""
    ids: list[str] = []
    urls: list[str] = []
    rows: list[list[list[str]]] = []
    for document in documents:
        ids.append(document.id)
        urls.append(document.url)
        rows.append([list(items(text)) for text in document.texts])
    counts = Counter(item for row in rows for field in row for item in field)
    table = sorted(counts, key=lambda item: (-counts[item], item))
    code = {item: _character(number) for number, item in enumerate(table)}
    header = {"format": FORMAT, "ids": ids, "language": language}
    if any(urls):
        header["urls"] = urls
    lines = [
        json.dumps(header, ensure_ascii=False, separators=(",", ":"), sort_keys=True),
        "\t".join(table),
    ]
    lines += [" ".join("".join(code[item] for item in field) for field in row) for row in rows]
    return "\n".join(lines)


def unpack(text: str) -> Compact:
    """Read compact text. Raises ValueError for another format."""
    head, table_line, *lines = text.split("\n")
    header = json.loads(head)
    if header.get("format") != FORMAT:
        raise ValueError(f"search index of format {header.get('format')}, expected {FORMAT}")
    table = tuple(table_line.split("\t"))
    item_of = {_character(number): item for number, item in enumerate(table)}
    ids = tuple(header["ids"])
    return Compact(
        ids=ids,
        urls=tuple(header.get("urls") or ("",) * len(ids)),
        language=header["language"],
        table=table,
        fields=tuple(
            tuple(tuple(item_of[character] for character in field) for field in line.split(" "))
            for line in lines[: len(ids)]
        ),
    )


def _character(number: int) -> str:
    code = number + _FIRST
    return chr(code if code < _SURROGATES else code + _SURROGATE_COUNT)
