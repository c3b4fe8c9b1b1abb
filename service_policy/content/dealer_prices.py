"""The gate against dealer prices: no page, table or field of the content may tell one.

They are sent to each dealer under a contract; the site is read by everybody. Besides the words of
the trade, the names count that the company gives to segments with the partner policy.
"""

import re
from collections.abc import Iterator
from functools import cache

from service_policy.content.tree import Fault, Tree

_DEALER = r"đại\s+l[ýí]|đl|ctv|npp|cộng\s+tác\s+viên|nhà\s+phân\s+phối"
_CUT = r"(?:chiết\s+khấu|triết\s+khấu|hoa\s+hồng|\bck(?!-[0-9]))"
_NEAR = r"(?:[^.\n]|\n(?!\n)){0,40}?"
"""A few words on; a line that is broken in the middle of a paragraph goes on in the next."""
_UNITS = r"(?:k|nghìn|ngàn|tr[0-9]{0,3}|triệu|đồng|đ|₫|vnđ|vnd)"
_THOUSANDS = rf"[0-9][0-9.,]{{3,30}}|[0-9]+(?:[.,][0-9]+)?\s*{_UNITS}\b"
_WORDS = (
    r"\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?:\s+\w{1,6}){0,5}?\s+(?:nghìn|ngàn|triệu)\b"
)
_PERCENT = (
    r"(?:[0-9]+(?:[.,][0-9]+)?\s*(?:%|phần\s+trăm)"
    r"|\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?:\s+\w{1,6}){0,3}?\s+phần\s+trăm)"
)
DISCOUNT = re.compile(rf"{_CUT}{_NEAR}{_PERCENT}", re.IGNORECASE)
_AMOUNT = re.compile(rf"{_THOUSANDS}|{_PERCENT}", re.IGNORECASE)
_KEYS = re.compile(
    r"(dealer|wholesale|partner)_?(price|discount)|gia_?(dai_?ly|si)|chiet_?khau", re.I
)
_LISTED = re.compile(r"\s*(?:\||[-+]\s|[0-9]+[.)]\s)")

PRICE_FIX = "giá đại lý không bao giờ đăng; gửi riêng theo hợp đồng"
DISCOUNT_FIX = "mức chiết khấu không bao giờ đăng; gửi riêng theo hợp đồng"


def partner_names(segments: Tree) -> tuple[str, ...]:
    """Return what the company calls its partners, from a file that nobody has judged yet."""
    listed = segments.data.get("segments")
    named = [one for one in (listed if isinstance(listed, list) else ()) if isinstance(one, dict)]
    return tuple(
        one["name"]
        for one in named
        if one.get("partner") == "true" and isinstance(one.get("name"), str) and one["name"].strip()
    )


def dealer_fields(tree: Tree) -> list[Fault]:
    """Report every field whose name is that of a dealer price."""
    fix = "xóa: giá và chiết khấu đại lý không bao giờ nằm trong content"
    return [
        tree.fault(path, "dealer_price", "trường giá đại lý", fix)
        for path, _ in tree.strings()
        if any(isinstance(key, str) and _KEYS.search(key) for key in path)
    ]


@cache
def price(partners: tuple[str, ...] = ()) -> re.Pattern[str]:
    """Return what finds a price of dealers, or of ``partners``, in a sentence."""
    pattern = rf"\b{_whose(partners)}\b{_NEAR}(?:{_THOUSANDS}|{_WORDS})"
    return re.compile(pattern, re.IGNORECASE)


@cache
def _titles(partners: tuple[str, ...]) -> re.Pattern[str]:
    named = "|".join((r"đại\s+l[ýí]", "sỉ", *map(_spelled, partners)))
    pattern = rf"\b(?:{_whose(partners)}|bảng\s+giá\s+(?:{named})|{_CUT})\b"
    return re.compile(pattern, re.IGNORECASE)


def _whose(partners: tuple[str, ...]) -> str:
    dealer = "(?:" + "|".join((_DEALER, *map(_spelled, partners))) + ")"
    return (
        rf"(?:giá\s+(?:bán\s+|lấy\s+)?(?:cho\s+|của\s+|dành\s+cho\s+)?(?:{dealer}"
        rf"|sỉ|buôn|bán\s+buôn|nhập)|{dealer}\s+(?:được\s+)?(?:lấy|mua|nhập)\s+(?:với\s+)?giá)"
    )


def _spelled(name: str) -> str:
    return r"\s+".join(map(re.escape, name.split()))


def dealer_tables(text: str, partners: tuple[str, ...] = ()) -> Iterator[tuple[int, str]]:
    """Yield the line (from 0) and the row of each table or list of amounts under such a title.

    ``text`` is what a reader sees. The title is a heading, the paragraph above, or the first row.
    """
    title = _titles(partners)
    if not title.search(text):
        return
    lines = text.split("\n")
    titled, told = False, False
    for number, line in enumerate(lines):
        listed = bool(_LISTED.match(line))
        if not listed and line.strip():
            # Any other line decides anew what the rows below it are about.
            titled, told = bool(title.search(line)), False
        elif listed and not titled and _begins(lines, number):
            titled, told = bool(title.search(line)), False
        if listed and titled and not told and _AMOUNT.search(line):
            told = True
            yield number, line


def _begins(lines: list[str], number: int) -> bool:
    """Say whether a row is the first of its table or list."""
    return number == 0 or not _LISTED.match(lines[number - 1])
