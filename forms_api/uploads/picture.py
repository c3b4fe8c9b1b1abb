"""What the three walkers over pictures share."""

from typing import NamedTuple


class Unreadable(ValueError):
    """The bytes are no sound file of this kind."""


class Picture(NamedTuple):
    """A picture without its metadata, and its size in pixels."""

    data: bytes
    width: int
    height: int
