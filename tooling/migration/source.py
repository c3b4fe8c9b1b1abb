"""A file of content as its editor wrote it, and changes that leave every other letter alone."""

import codecs
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_FENCE = "---\n"
_KEYS = ("id", "condition")
"""The fields by which a row of a list is known to be the same as another one."""
_ADD = "!add"
"""The tag of a list of which rows that are not there yet are added."""


@dataclass
class Source:
    """A file's letters, where its YAML stands in them, and the changes wanted.

    Line feeds and a byte order mark stay as they are.

    Attributes:
        root: the fields of a data file, or of the front matter of a Markdown file; None where
            they cannot be read, which the checker tells.
    """

    file: Path
    text: str
    root: MappingNode | None
    offset: int
    _raw: bytes
    _changes: list[tuple[int, int, int, str]] = field(default_factory=list)

    @classmethod
    def read(cls, file: Path) -> "Source":
        """Read a file; one that is away or no text has nothing to change, the checker tells why."""
        try:
            raw = file.read_bytes()
            text = raw.decode("utf-8-sig").replace("\r\n", "\n")
        except (OSError, UnicodeDecodeError):
            raw, text = b"", ""
        offset = len(_FENCE) if file.suffix == ".md" else 0
        return cls(file, text, _fields(text, offset), offset, raw)

    @property
    def body(self) -> int:
        """Where the text after the front matter begins; the end of a data file."""
        if self.file.suffix != ".md":
            return len(self.text)
        return self.text.find(f"\n{_FENCE}", self.offset) + len(_FENCE) + 1

    def span(self, node: Node) -> tuple[int, int]:
        """Return where a value of the YAML begins and ends."""
        return node.start_mark.index + self.offset, node.end_mark.index + self.offset

    def lines(self, start: int, end: int) -> range:
        """Return the numbers of the lines from one place to another, the first line being 1."""
        return range(self.text.count("\n", 0, start) + 1, self.text.count("\n", 0, end) + 2)

    def change(self, start: int, end: int, text: str, column: int = 0) -> None:
        """Put other letters in the place of some; at one place the most indented stand first."""
        self._changes.append((start, -column, end, text))

    def remove(self, mapping: MappingNode, name: str) -> None:
        """Take a field away; of a mapping in braces with its comma, otherwise with its line."""
        for number, (key, value) in enumerate(mapping.value):
            if key.value != name:
                continue
            start, end = self.span(key)[0], self.span(value)[1]
            if mapping.flow_style and number + 1 < len(mapping.value):
                end = self.span(mapping.value[number + 1][0])[0]
            elif mapping.flow_style and number:
                start = self.span(mapping.value[number - 1][1])[1]
            elif not mapping.flow_style:
                start, end = self.text.rfind("\n", 0, start) + 1, self.text.find("\n", end) + 1
            self.change(start, end, "")

    def add(self, mapping: MappingNode, text: str) -> None:
        """Put a field at the end of a mapping; ``text`` is its line or lines, not indented."""
        last = mapping.value[-1][1]
        if mapping.flow_style:
            end = self.span(last)[1]
            self.change(end, end, f", {text}")
        else:
            self._add_lines(_last(last), mapping.start_mark.column, text)

    def merge(self, wanted: Node | None, said: str) -> None:
        """Add every field of ``wanted``, which was read from ``said``, that is not there yet."""
        if self.root is not None and wanted is not None:
            self._merge(self.root, wanted, said)

    def write(self) -> None:
        """Write the changes, where there are any and the file can still be read with them."""
        text = self.text
        # From the end, so that no place moves.
        for start, _, end, new in sorted(self._changes, key=lambda one: one[:2])[::-1]:
            text = text[:start] + new + text[end:]
        if text == self.text or _fields(text, self.offset) is None:
            return
        raw = text.replace("\n", "\r\n" if b"\r\n" in self._raw else "\n").encode()
        mark = codecs.BOM_UTF8 if self._raw.startswith(codecs.BOM_UTF8) else b""
        self.file.write_bytes(mark + raw)

    def _merge(self, mine: Node, wanted: Node, said: str) -> None:
        if isinstance(mine, MappingNode) and isinstance(wanted, MappingNode) and mine.value:
            here = fields(mine)
            for key, value in wanted.value:
                if key.value in here:
                    self._merge(here[key.value], value, said)
                else:
                    alone = not (mine.flow_style or wanted.flow_style)
                    self.add(mine, _letters(said, key, value, with_lines=alone))
        elif isinstance(mine, SequenceNode) and isinstance(wanted, SequenceNode) and mine.value:
            rows = {_name(row): row for row in mine.value}
            for row in wanted.value:
                if _name(row) in rows:
                    self._merge(rows[_name(row)], row, said)
                elif wanted.tag == _ADD:
                    letters = said[row.start_mark.index : row.end_mark.index]
                    column = mine.start_mark.column
                    self._add_lines(_last(mine), column, f"- {letters}")

    def _add_lines(self, after: Node, column: int, text: str) -> None:
        """Put lines below the line on which a value ends."""
        written = len(self.text[: self.span(after)[1]].rstrip())
        end = self.text.find("\n", written)
        end = len(self.text) if end < 0 else end
        self.change(end, end, "\n" + textwrap.indent(text, " " * column), column)


def fields(mapping: Node | None) -> dict[str, Node]:
    """Return the values of a mapping by their names; none of what is no mapping."""
    if not isinstance(mapping, MappingNode):
        return {}
    return {str(key.value): value for key, value in mapping.value}


def scalars(node: Node | None) -> Iterator[tuple[ScalarNode, bool]]:
    """Yield every value that is text, and whether it stands between brackets."""
    stack: list[tuple[Node | None, bool]] = [(node, False)]
    while stack:
        one, within = stack.pop()
        if isinstance(one, ScalarNode):
            yield one, within
        elif isinstance(one, MappingNode | SequenceNode):
            inner = within or bool(one.flow_style)
            held = one.value if isinstance(one, SequenceNode) else fields(one).values()
            stack.extend((value, inner) for value in held)


def _fields(text: str, offset: int) -> MappingNode | None:
    """Return the fields of a data file, or of the front matter behind its first fence."""
    end = text.find(f"\n{_FENCE}", offset) + 1 if offset else len(text)
    try:
        node = yaml.compose(text[offset:end], Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        return None
    return node if isinstance(node, MappingNode) else None


def _name(row: Node) -> str | None:
    known = fields(row)
    return next((str(known[key].value) for key in _KEYS if key in known), None)


def _last(node: Node) -> Node:
    """Return the last value within a value: what stands in brackets ends where it says."""
    while isinstance(node, MappingNode | SequenceNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(node, MappingNode) else last
    return node


def _letters(said: str, key: Node, value: Node, *, with_lines: bool) -> str:
    """Return a field as it was written, with its comments where its lines are its own."""
    if not with_lines:
        return said[key.start_mark.index : value.end_mark.index]
    lines, first = said.splitlines(), key.start_mark.line
    while first and lines[first - 1].lstrip().startswith("#"):
        first -= 1
    return textwrap.dedent("\n".join(lines[first : _last(value).end_mark.line + 1]))
