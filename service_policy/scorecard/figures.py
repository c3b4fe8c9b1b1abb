"""How a figure is judged and written: integers in, no float anywhere, never flattering.

A percentage has one decimal and is cut towards the worse side: down where more is better, up where
less is better. So a written figure reaches a target exactly when the real one does, and 99.96 %
is never shown as 100 %.
"""

from typing import Literal

from service_policy.text import NO_BREAK_SPACE, whole

Better = Literal["high", "low"]
Standing = Literal["kept", "missed", "published", "small", "empty", "no_data"]
"""How a figure stands: against its target, published without one, or why it cannot be judged."""

SMALL_SAMPLE = 10
"""Fewer cases than this are shown as counts: one case more or less would move the rate too far."""

STANDING_WORDS: dict[Standing, str] = {
    "kept": "Đạt",
    "missed": "Trật",
    "published": "Công bố",
    "small": "Chưa đủ mẫu",
    "empty": "Không có ca nào trong kỳ",
    "no_data": "Chưa có dữ liệu",
}
"""What readers see for each standing; the word stands wherever the colour does."""


def tenths(numerator: int, denominator: int, better: Better) -> int:
    """Return a share in tenths of a per cent, cut towards the worse side.

    ``tenths(3899, 4000, "high")`` is 974 (97,4 %, not 97,5 %).

    Raises:
        ValueError: the denominator is not positive; without cases there is no percentage.
    """
    if denominator <= 0:
        raise ValueError("a percentage needs at least one case")
    if better == "high":
        return numerator * 1000 // denominator
    return -(-numerator * 1000 // denominator)


def percent(value: int) -> str:
    """Write tenths of a per cent the Vietnamese way: 975 becomes ``97,5 %``."""
    return f"{value // 10},{value % 10}{NO_BREAK_SPACE}%"


def standing(
    numerator: int | None, denominator: int | None, better: Better, target: int | None
) -> Standing:
    """Judge a figure; ``target`` is in whole per cent. The comparison is exact."""
    if numerator is None or denominator is None:
        return "no_data"
    if denominator == 0:
        return "empty"
    if denominator < SMALL_SAMPLE:
        return "small"
    if target is None:
        return "published"
    reached, wanted = numerator * 100, target * denominator
    kept = reached >= wanted if better == "high" else reached <= wanted
    return "kept" if kept else "missed"


def counts(numerator: int, denominator: int) -> str:
    """Write both counts: ``2.713 trên 2.914``."""
    return f"{whole(numerator)} trên {whole(denominator)}"


def written(numerator: int | None, denominator: int | None, better: Better) -> str:
    """Write a figure: a percentage, or in words why there is none. Never 100 % without cases."""
    if numerator is None or denominator is None:
        return "chưa có dữ liệu"
    if denominator == 0:
        return "không có ca nào"
    if denominator < SMALL_SAMPLE:
        return f"{counts(numerator, denominator)}, chưa đủ mẫu"
    return percent(tenths(numerator, denominator, better))
