"""The editors' guide, ``HUONG-DAN.md``, as data: what each field and each choice means.

The guide is the one place where fields are explained. New files (``inv new``) and the page where
content is written in the browser take their words from its tables.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

GUIDE: Final = "HUONG-DAN.md"
SHARED: Final = "Trường và giá trị dùng chung"
"""The section whose words hold for every kind that has none of its own."""

_SAMPLE: Final = Path(__file__).resolve().parents[2] / "content" / GUIDE
_SECTION = re.compile(r"^## (.+)\n((?:(?!^## ).*\n)*)", re.MULTILINE)
_ROW = re.compile(r"^\| (`[^|]+`) \|(?:[^|]*\|)? ([^|]+) \|$", re.MULTILINE)
_INNER = re.compile(r"`([^`]+)` \(([^)]+)\)")
"""A field of a field, explained where the outer one is: ``law`` (căn cứ pháp lý)."""
_FIRST_WORDS = re.compile(r"[^,;:(`]*")


@dataclass(frozen=True, slots=True)
class Words:
    """What one section says: ``own`` about a single name, ``together`` about several at once."""

    own: dict[str, str]
    together: dict[str, str]


@dataclass(frozen=True, slots=True)
class Guide:
    """The sections of the guide by their titles; without a guide there is none."""

    sections: dict[str, tuple[str, Words]]

    def title(self, kind: str) -> str:
        """Return what a kind is called: ``cam kết`` of the section ``cam-ket: cam kết``."""
        return self.sections[kind][0] if kind in self.sections else kind

    def meaning(self, kind: str, name: str) -> str:
        """Return all that the guide says of a field or choice; "" when it says nothing."""
        own, shared = self._words(kind), self._words(SHARED)
        return own.own.get(name) or own.together.get(name) or shared.own.get(name, "")

    def label(self, kind: str, name: str) -> str:
        """Return a few words for a field or choice; "" when the guide has none for it alone."""
        for section in (kind, SHARED):
            found = _FIRST_WORDS.match(self._words(section).own.get(name, ""))
            if found and (label := found.group().strip()):
                return label[0].upper() + label[1:]
        return ""

    def hint(self, kind: str, name: str) -> str:
        """Return what the guide says of a field, with words in the place of other fields' names."""

        def in_words(match: re.Match[str]) -> str:
            label = self.label(kind, match.group(1))
            return label[:1].lower() + label[1:] if label else match.group(1)

        return re.sub(r"`([^`]+)`", in_words, _INNER.sub(r"\2", self.meaning(kind, name)))

    def _words(self, section: str) -> Words:
        return self.sections[section][1] if section in self.sections else Words({}, {})


def read_guide(folder: Path) -> Guide:
    """Return the guide of a content folder; one without has that of the sample company."""
    own = folder / GUIDE
    file = own if own.is_file() else _SAMPLE
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    sections = {}
    for heading, body in _SECTION.findall(text):
        kind, _, title = heading.partition(": ")
        sections[kind] = (title, _words(body))
    return Guide(sections)


def _words(section: str) -> Words:
    """Read the tables of a section; the first that is said of a name holds.

    A row may explain several fields: they have one part of its words each, or share them.
    """
    own: dict[str, str] = {}
    together: dict[str, str] = {}
    for names, words in _ROW.findall(section):
        fields = re.findall(r"`([^`]+)`", names)
        parts = words.strip().split(", ")
        for place, field in enumerate(fields):
            if len(fields) == 1:
                own.setdefault(field, words.strip())
            elif len(parts) == len(fields):
                own.setdefault(field, parts[place])
            else:
                together.setdefault(field, words.strip())
        for field, said in _INNER.findall(words):
            own.setdefault(field, said)
    return Words(own, together)
