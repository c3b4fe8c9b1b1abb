"""Texts that tell the company's own hours in figures, and the placeholders that tell the same."""

import re
from collections.abc import Iterable
from functools import partial

from service_policy.opening_hours import DAYS, WEEKDAYS, Hours

_PHRASES = ("hours.open", "hours.short_open", "hours", "hours.short", "hours.times")
_TO = r"\s*(?:–|—|-|đến|tới)\s*(?:hết\s+)?"
_AND = r"(?:\s*[,;]\s*|\s+)(?:và\s+)?(?:từ\s+)?"
_SPAN = re.compile(rf"(?:từ\s+)?\b0?(\d{{1,2}}:\d\d){_TO}0?(\d{{1,2}}:\d\d)\b", re.IGNORECASE)


def spans(text: str) -> list[tuple[str, str]]:
    """Return each span of hours in a text, from when to when: ``("8:00", "12:00")``."""
    return _SPAN.findall(text)


class Told:
    """How texts tell some hours, and the placeholder of each way, the longest way first."""

    def __init__(self, hours: Hours) -> None:
        names = hours.names()
        said = {names[name]: f"{{{{ {name} }}}}" for name in _PHRASES}
        said[f"{hours.opens}–{hours.closes}"] = "{{ hours.opens }}–{{ hours.closes }}"
        self._ways = [
            (re.compile(_as_typed(text), re.IGNORECASE), said[text])
            for text in sorted(said, key=len, reverse=True)
        ]
        self._days = {
            name.casefold(): (f"{{{{ hours.{day} }}}}", hours.on(day))
            for name, day in zip(DAYS, WEEKDAYS, strict=True)
        }

    def instead(self, text: str) -> str:
        """Return a text with placeholders for the hours that it tells."""
        for way, placeholder in self._ways:
            text = way.sub(partial(_begun_like, placeholder), text)
        return "".join(map(self._of_a_day, text.splitlines(keepends=True)))

    def _of_a_day(self, line: str) -> str:
        """Put the placeholder of the day that a line named last before its hours."""

        def told(match: re.Match[str]) -> str:
            before = line[: match.start()].casefold()
            day = max(self._days, key=before.rfind)
            placeholder, times = self._days[day]
            return placeholder if day in before and "–".join(match.groups()) == times else match[0]

        return _SPAN.sub(told, line)


def _begun_like(placeholder: str, match: re.Match[str]) -> str:
    return placeholder.replace("{{ hours", "{{ Hours", 1) if match[0][0].isupper() else placeholder


def _as_typed(text: str) -> str:
    """Return a pattern of the ways in which people type such hours."""
    parts: Iterable[str] = re.split(r"(–| đến |, | và |; | )", text)
    joints = {"–": _TO, " đến ": _TO, " ": r"\s+(?:từ\s+)?"}
    written = (
        joints.get(part, _AND) if place % 2 else re.escape(part) for place, part in enumerate(parts)
    )
    return rf"(?:(?<![\w:–-])từ\s+)?(?<![\w:–-])0?{''.join(written)}(?![\w:])"
