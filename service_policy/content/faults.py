"""Faults: what is wrong with the content, said so that an editor can put it right."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

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


def told_already(fault: Fault, faults: list[Fault]) -> bool:
    """Say whether a letter that paper lacks stands in a value that is wrong in another way."""
    return fault.code == "unprintable" and any(
        (one.file, one.line) == (fault.file, fault.line) for one in faults
    )
