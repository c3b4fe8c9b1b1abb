"""Faults, what is wrong with the content, and the trees that know the line of every value.

A fault is said so that an editor can put it right.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

Path = tuple[str | int, ...]
Level = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Fault:
    """One fault: ``file:line: field: what is wrong → how to fix``, Vietnamese, English code."""

    file: str
    line: int
    field: str
    message: str
    fix: str
    code: str
    level: Level = "error"

    def __str__(self) -> str:
        kind = "" if self.level == "error" else "cảnh báo: "
        place = f"{self.file}:{self.line}: {self.field}"
        return f"{place}: {kind}{self.message} → {self.fix} [{self.code}]"

    def and_more(self, others: int) -> "Fault":
        """Say as well how many more lines have the same fault, where there are any."""
        message = f"{self.message}; còn {others} dòng nữa như vậy"
        return replace(self, message=message) if others else self


class ContentErrors(Exception):
    """Raised when the content cannot be published; carries every fault at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass
class Tree:
    """Parsed front matter or data: ``data`` of dicts, lists and strings; ``lines`` by path.

    ``claims`` are the ids and addresses that a file with faults of syntax seems to give itself.
    """

    file: str
    data: dict[str, Any] = field(default_factory=dict)
    lines: dict[Path, int] = field(default_factory=dict)
    files: dict[Path, str] = field(default_factory=dict)
    claims: dict[str, str] = field(default_factory=dict)
    _strings: list[tuple[Path, str]] | None = None

    def place(self, path: Path) -> tuple[str, int]:
        """Return the file and line of the value at ``path``, or of what encloses it."""
        file = self.file
        for length in range(len(path), -1, -1):
            if path[:length] in self.files:
                file = self.files[path[:length]]
                break
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return file, self.lines[path[:length]]
        return file, 1

    def fault(
        self,
        path: Path,
        code: str,
        message: str,
        fix: str,
        *,
        lines_down: int = 0,
        level: Level = "error",
    ) -> Fault:
        """Build a fault that points at the value at ``path``, or some lines into its text."""
        file, line = self.place(path)
        return Fault(file, line + lines_down, dotted(path) or "tệp", message, fix, code, level)

    def strings(self) -> list[tuple[Path, str]]:
        """Return every text value with its path, in order; the list is not to be changed."""
        if self._strings is None:
            self._strings = self._walk()
        return self._strings

    def put(self, path: Path, value: str | list[str]) -> None:
        """Set the text, or the texts, at ``path``."""
        within: Any = self.data
        for part in path[:-1]:
            within = within[part]
        within[path[-1]] = value
        self._strings = None

    def _walk(self) -> list[tuple[Path, str]]:
        found: list[tuple[Path, str]] = []
        stack: list[tuple[Path, Any]] = [((), self.data)]
        while stack:
            path, value = stack.pop()
            if isinstance(value, dict):
                stack.extend(((*path, key), inner) for key, inner in reversed(value.items()))
            elif isinstance(value, list):
                stack.extend(
                    ((*path, index), inner) for index, inner in reversed(list(enumerate(value)))
                )
            elif isinstance(value, str):
                found.append((path, value))
        return found


def dotted(path: Path) -> str:
    """Write a path for people: ``targets.1.value``; list items count from 1."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
