"""Language data as four lines of the compact index, in its own characters.

Twin of ``js/spoken.mjs``:

- words that no document has, divided by tabs: first every abbreviation, in order, then the rest;
- the words that say little;
- for each abbreviation its meanings, divided by spaces, and a tab between two abbreviations;
- the groups of phrases that mean the same, divided likewise.

Words are named by characters as in documents; the words of the first line follow the table.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from search_index.codes import Codes


def pack_language(language: Mapping[str, Any], table: Sequence[str]) -> list[str]:
    """Write ``light``, ``abbreviations`` and ``groups``; an abbreviation is a single word."""
    light: list[str] = language.get("light", [])
    abbreviations = sorted(language.get("abbreviations", {}).items())
    groups: list[list[str]] = language.get("groups", [])
    entries = [[meaning.split() for meaning in meanings] for _, meanings in abbreviations]
    entries += [[phrase.split() for phrase in group] for group in groups]
    known = set(table)
    said = {word for entry in entries for phrase in entry for word in phrase} | set(light)
    more = [short for short, _ in abbreviations] + sorted(said - known)
    codes = Codes((*table, *more))
    written = [" ".join(map(codes.write, entry)) for entry in entries]
    count = len(abbreviations)
    return [
        "\t".join(more),
        codes.write(light),
        "\t".join(written[:count]),
        "\t".join(written[count:]),
    ]


def unpack_language(lines: Sequence[str], table: Sequence[str]) -> dict[str, Any]:
    """Read what ``pack_language`` wrote."""
    more = _parts(lines[0])
    codes = Codes((*table, *more))

    def entries(line: str) -> Iterator[list[str]]:
        for entry in _parts(line):
            yield [" ".join(codes.read(phrase)) for phrase in entry.split(" ")]

    return {
        "light": list(codes.read(lines[1])),
        "abbreviations": dict(zip(more, entries(lines[2]), strict=False)),
        "groups": list(entries(lines[3])),
    }


def _parts(line: str) -> list[str]:
    return line.split("\t") if line else []
