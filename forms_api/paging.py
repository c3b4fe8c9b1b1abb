"""Lists in pages: how many there are is always said, and nothing ends without a word."""

from dataclasses import dataclass

SIZE = 50
"""Lines of a page: a screenful or two on a phone, and a count at its head."""


@dataclass(frozen=True)
class Sheet:
    """One page of a list: ``number`` of ``pages``, from line ``first`` to ``last`` of ``total``."""

    number: int
    total: int
    size: int = SIZE

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.size))

    @property
    def skipped(self) -> int:
        """How many lines stand on the pages before."""
        return (self.number - 1) * self.size

    @property
    def first(self) -> int:
        """The number of its first line; 0 when there is none."""
        return min(self.skipped + 1, self.total)

    @property
    def last(self) -> int:
        """The number of its last line."""
        return min(self.number * self.size, self.total)

    @property
    def near(self) -> tuple[int, ...]:
        """The pages to offer: the first, the last, and those around this one."""
        around = range(max(1, self.number - 2), min(self.pages, self.number + 2) + 1)
        return tuple(sorted({1, self.pages, *around}))


def sheet(asked: str, total: int, size: int = SIZE) -> Sheet:
    """Return the page that was asked for; the nearest one where there is no such page."""
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 1
    last = Sheet(1, total, size).pages
    return Sheet(min(max(1, wanted), last), total, size)
