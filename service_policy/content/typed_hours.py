"""Hours that somebody typed: they would stay when the company's hours change."""

import re
from collections.abc import Iterator
from itertools import islice

from service_policy.content.faults import Fault
from service_policy.content.placeholders import PLACEHOLDER
from service_policy.content.tree import Tree
from service_policy.content.visible import visible_text

MOST = 50
_HOUR = r"(?:[01]?[0-9]|2[0-4])"
_PART = r"(?:sáng|trưa|chiều|tối)"
_CLOCK = (
    rf"(?:{_HOUR}:[0-5][0-9]|{_HOUR}\s*[hg](?:\s*[0-5][0-9])?"
    rf"|{_HOUR}\s+giờ\s+(?:[0-5][0-9]|rưỡi|{_PART}))(?:\s+{_PART})?"
)
_SPAN = re.compile(
    rf"(?<![\w/.:-])(?:{_CLOCK}|{_HOUR}(?=\s*[–—-]\s*(?:1[3-9]|2[0-4])))"
    rf"\s*(?:[–—-]|đến|tới)\s*(?:hết\s+)?{_CLOCK}(?![\w/:])",
    re.IGNORECASE,
)
"""From one time of day to another; ``2–4 giờ`` and ``2-4h`` are how long something takes."""
_FIX = (
    "viết {{ hours }}, {{ hours.sat }}…; giờ của việc khác thì khai trong hours.others của "
    "cong-ty.yaml rồi viết {{ hours.tên }}"
)
_AS_TYPED = ("hoi_cach_khac", "words", "north", "south", "path")
"""Fields with words of customers, and what the reader adds."""


def typed_hours(tree: Tree) -> Iterator[Fault]:
    """Report each span of hours that was typed instead of taken from ``hours``."""
    for path, text in tree.strings():
        if any(part in _AS_TYPED for part in path):
            continue
        masked = PLACEHOLDER.sub(lambda match: "x" * len(match.group(0)), text)
        seen = visible_text(masked)
        for match in islice(_SPAN.finditer(seen), MOST):
            yield tree.fault(
                path,
                "typed_hours",
                f"giờ viết tay: “{match.group()}”",
                _FIX,
                lines_down=seen.count("\n", 0, match.start()),
            )
