"""The browser index as compact text: what each document says, word by word.

Lunr's own JSON repeats every term with every document and is several times larger than the text
it was made from. This file is smaller than the text, because each item is one character:

- line 1: JSON; ``ids``, ``urls`` and the names of ``kinds``;
- line 2: the table of the items of all documents, divided by tabs;
- lines 3 to 6: what queries need of the language (see ``spoken.py``);
- line 7 and on: one document a line, its fields divided by spaces: title, body, then each other
  phrasing. A character names an item of the table: U+0021 is the first (surrogates are skipped).

Items are words and what stands between them (see ``written.py``). Nothing is lost: titles and
snippets are read back from the same characters.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from search_index.codes import Codes
from search_index.documents import Document
from search_index.spoken import pack_language, unpack_language
from search_index.text import fold
from search_index.written import items, shown

FORMAT: Final = 2
_FIRST_DOCUMENT: Final = 6
_BODY: Final = 1
_ONE_BYTE: Final = 94


@dataclass(frozen=True, slots=True)
class Compact:
    """A file read back: each field of each document as a tuple of items.

    ``table`` has every item of the documents once.
    """

    ids: tuple[str, ...]
    urls: tuple[str, ...]
    language: Mapping[str, Any]
    table: tuple[str, ...]
    fields: tuple[tuple[tuple[str, ...], ...], ...]

    def shown(self, document: int, field: int) -> list[str]:
        """The words of a field, and what stands between them, as they are read."""
        return shown(self.fields[document][field], opens=field <= _BODY)


def pack(documents: Iterable[Document], language: Mapping[str, Any]) -> str:
    """Write documents and language data as compact text; equal input gives equal bytes."""
    ids: list[str] = []
    urls: list[str] = []
    rows: list[list[list[str]]] = []
    for document in documents:
        ids.append(document.id)
        urls.append(document.url)
        texts = enumerate(document.texts)
        rows.append([list(items(text, opens=field <= _BODY)) for field, text in texts])
    table = _in_order(Counter(item for row in rows for field in row for item in field))
    codes = Codes(table)
    header: dict[str, Any] = {"format": FORMAT, "ids": ids}
    if "kinds" in language:
        header["kinds"] = language["kinds"]
    if any(urls):
        header["urls"] = urls
    lines = [
        json.dumps(header, ensure_ascii=False, separators=(",", ":"), sort_keys=True),
        "\t".join(table),
        *pack_language(language, table),
    ]
    lines += [" ".join(map(codes.write, row)) for row in rows]
    return "\n".join(lines)


def unpack(text: str) -> Compact:
    """Read compact text. Raises ValueError for another format."""
    head, *lines = text.split("\n")
    header = json.loads(head)
    if header.get("format") != FORMAT:
        raise ValueError(f"search index of format {header.get('format')}, expected {FORMAT}")
    table = tuple(lines[0].split("\t"))
    codes = Codes(table)
    ids = tuple(header["ids"])
    language = unpack_language(lines[1 : _FIRST_DOCUMENT - 1], table)
    if "kinds" in header:
        language["kinds"] = header["kinds"]
    return Compact(
        ids=ids,
        urls=tuple(header.get("urls") or ("",) * len(ids)),
        language=language,
        table=table,
        fields=tuple(
            tuple(map(codes.read, line.split(" ")))
            for line in lines[_FIRST_DOCUMENT - 1 :][: len(ids)]
        ),
    )


def _in_order(counts: Counter[str]) -> list[str]:
    """The items, frequent ones first: the shortest characters go to those that are used most.

    What is about as frequent stands in the order of the alphabet, because a list of words in
    order compresses better and the characters behind the first 94 are two bytes anyway.
    """
    table = sorted(counts, key=lambda item: (-counts[item], item))
    frequent = sorted(table[:_ONE_BYTE], key=_alphabetical)
    others = sorted(
        table[_ONE_BYTE:], key=lambda item: (-counts[item].bit_length(), _alphabetical(item))
    )
    return frequent + others


def _alphabetical(item: str) -> tuple[str, str]:
    return fold(item), item
