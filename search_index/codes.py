"""Items as characters: one character names one item of a table."""

from collections.abc import Iterable, Sequence
from typing import Final

_FIRST: Final = 0x21
_SURROGATES: Final = 0xD800
_SURROGATE_COUNT: Final = 0x800


class Codes:
    """The characters of a table of items: U+0021 is the first, surrogates are skipped.

    Space, tab and line feed lie below U+0021 and are free to divide what is written.
    """

    def __init__(self, table: Sequence[str]) -> None:
        # An item that stands twice is written with the first of its characters.
        self._character: dict[str, str] = {}
        for number, item in enumerate(table):
            self._character.setdefault(item, _character(number))
        self._table = table

    def write(self, items: Iterable[str]) -> str:
        """The characters of items. Raises KeyError for one that the table does not have."""
        return "".join(self._character[item] for item in items)

    def read(self, text: str) -> tuple[str, ...]:
        """The items that the characters name."""
        return tuple(self._table[_number(character)] for character in text)


def _character(number: int) -> str:
    code = number + _FIRST
    return chr(code if code < _SURROGATES else code + _SURROGATE_COUNT)


def _number(character: str) -> int:
    code = ord(character)
    return (code if code < _SURROGATES else code - _SURROGATE_COUNT) - _FIRST
