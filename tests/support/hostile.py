"""Texts that cost a careless reader seconds: as much of one character as a door takes."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.visitor import Seen

SLOWEST = 1.0
"""Seconds of one thread's processor; a careless pattern takes more than ten."""
DOOR = 128 * 1024
"""Bytes that a post may have."""

CHARACTERS: dict[str, str] = {
    "space": " ",
    "no-break space": "\u00a0",
    "tab": "\t",
    "newline": "\n",
    "carriage return": "\r",
    "line separator": "\u2028",
    "grave accent": "\u0300",
    "dot below": "\u0323",
    "two accents in the wrong order": "\u0300\u0323",
    "tower on a letter": "a\u0301",
    "digit": "1",
    "full-width digit": "\uff11",
    "superscript": "\u00b2",
    "at sign": "@",
    "full stop": ".",
    "comma": ",",
    "hyphen": "-",
    "en dash": "\u2013",
    "minus": "\u2212",
    "soft hyphen": "\u00ad",
    "slash": "/",
    "backslash": "\\",
    "percent": "%",
    "less than": "<",
    "ampersand": "&",
    "asterisk": "*",
    "underscore": "_",
    "quotation mark": '"',
    "apostrophe": "'",
    "opening bracket": "(",
    "plus": "+",
    "colon": ":",
    "semicolon": ";",
    "equals": "=",
    "letter": "a",
    "vowel with two marks": "\u1ec7",
    "letter d with stroke": "\u0111",
    "zero width space": "\u200b",
    "zero width joiner": "\u200d",
    "right-to-left override": "\u202e",
    "isolate": "\u2066",
    "byte order mark": "\ufeff",
    "variation selector": "\ufe0f",
    "emoji": "\U0001f600",
    "ideograph": "\u6f22",
    "Hangul jamo": "\u1100\u1161",
    "ligature of eighteen letters": "\ufdfa",
    "control": "\x01",
    "digits and signs": "1.",
    "brackets and digits": "(1) ",
    "groups of letters": "a-1/",
    "address": "a@a.",
}
"""By name; most are one character, some a short pattern that is repeated."""


def flood(pattern: str, room: int = DOOR - 4096, *, encoded: bool = True, end: str = "x") -> str:
    """Repeat a pattern as often as it fits into ``room`` bytes, and close it with ``end``.

    Runs that a pattern matches nearly, but for their end, are what makes it go back and forth.
    """
    one = quote(pattern, safe="") if encoded else pattern
    return pattern * (room // max(1, len(one.encode()))) + end


def share(number: int, offset: int) -> str:
    """Return the name of one of the characters, another for each field of a form."""
    names = list(CHARACTERS)
    return names[(number + offset) % len(names)]


@dataclass(frozen=True)
class Door:
    """A form as a page shows it: where it goes and what a browser would send."""

    url: str
    fields: Mapping[str, str]

    @property
    def texts(self) -> tuple[str, ...]:
        """The names of everything that somebody could type or forge."""
        return tuple(self.fields)


def doors(*pages: Seen) -> dict[str, Door]:
    """Return every form of some pages, by its address; what a button adds is an address, too."""
    found: dict[str, Door] = {}
    for page in pages:
        assert page.status in (200, 201, 401), (page.status, page.title)
        for form in page.forms:
            for address in (form.action, *(one[3].split("#")[0] for one in form.buttons)):
                if address and address not in found:
                    found[address] = Door(address, form.fields)
    return found


def knock(client: FlaskClient, door: Door, typed: Mapping[str, str]) -> tuple[float, TestResponse]:
    """Send a form and return the seconds of this thread's processor that its answer took."""
    data = urlencode({**door.fields, **typed})
    began = time.thread_time()
    answer = client.post(door.url, data=data, content_type="application/x-www-form-urlencoded")
    return time.thread_time() - began, answer


def storm(client: FlaskClient, door: Door, step: int = 1) -> list[tuple[str, str, float, int]]:
    """Send a form with each character in all its fields at once, and with each field full of one.

    Returns what took a second, or failed: field, character, seconds, status. With ``step`` only
    every so-maniest character is sent to all fields.
    """
    bad = []
    names = door.texts
    # A guard that is no longer its own would end every post before anybody reads it.
    read = [one for one in names if one not in ("csrf_token", "reference", "code")]
    trials: list[tuple[str, str, dict[str, str]]] = []
    for name in list(CHARACTERS)[::step]:
        room = (DOOR - 8192) // max(1, len(read))
        text = flood(CHARACTERS[name], room)
        trials.append(("all", name, dict.fromkeys(read, text)))
    for number, field in enumerate(names):
        for offset in (0, 17, 31):
            name = share(number, offset)
            trials.append((field, name, {field: flood(CHARACTERS[name], DOOR - 16384)}))
    for field, name, typed in trials:
        seconds, answer = knock(client, door, typed)
        if seconds >= SLOWEST or answer.status_code >= 500:
            bad.append((field, name, round(seconds, 3), answer.status_code))
    return bad
