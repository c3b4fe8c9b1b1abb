"""Texts in tables that people open in a spreadsheet: none of them is ever executed.

A workbook says of each cell that it is a text, so that it is written exactly as it is. A CSV file
cannot say so: there a cell that begins like a formula (also after white space, also with the
full-width signs that some programs fold) gets an apostrophe in front. Phone numbers such as
+84912345678 are let through: they hold nothing but digits.
"""

import re

LONGEST_CELL = 32_767
"""Characters that a cell of a workbook may have."""

_PHONE = re.compile(r"\+84\d{8,10}")
_INVISIBLE = re.compile(r"^[\s\x00-\x1f\x7f\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff]+")
_STARTS = frozenset("=+-@|%＝＋－＠−﹢﹣﹦﹫")
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def exact(text: str) -> str:
    """Return a text for a cell of a workbook: as it is, but for what such a file cannot hold."""
    return _NOT_XML.sub("", text)[:LONGEST_CELL]


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; a phone number stays as it is."""
    clean = _NOT_XML.sub("", text)
    if _PHONE.fullmatch(clean):
        return clean
    bare = _INVISIBLE.sub("", clean)
    starts = bare[:1] in _STARTS or clean[:1] in "\t\r\n"
    return f"'{clean}" if clean and starts else clean
