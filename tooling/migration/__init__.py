"""`inv migrate-content`: what a program can do to bring content up to a new version.

A step is one thing that a version wants of content that was right before it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

GUIDE: Final = "HUONG-DAN.md"
"""The editors' guide: each folder has a copy, of its own version of the software."""


@dataclass(frozen=True)
class Step:
    """Changes files below a folder; does nothing where they are right already.

    ``version`` is the first version that wants it, ``title`` says in Vietnamese what it does.
    """

    version: str
    title: str
    apply: Callable[[Path], None]
