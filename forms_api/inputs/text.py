"""Text as it is kept: NFC, no control characters, nothing invisible, tidy spaces.

The length of what was sent is looked at first, before any pattern: whoever sends a hundred
thousand characters is told so, and nobody else waits for it.
"""

import re
import unicodedata

from forms_api.inputs import characters
from service_policy.text import whole

_PAGE = re.compile(r"/(?:[\w.-]+/)*[\w.-]*", re.ASCII)
_BREAKS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_MANY_BREAKS = re.compile(r"\n{3,}")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u2028\u2029\u2060\ufeff]")
_LONGEST_SEARCH = 200
_ROOM = 4
"""Times as long as it is kept a text may be sent: decomposed letters take three characters."""
_MORE_ROOM = 200
"""Characters: spaces and invisible ones around a short text."""


class BadInput(ValueError):
    """What was typed cannot be read; the message is Vietnamese and says what to type."""


def line(text: str, longest: int = 200) -> str:
    """Read one line: NFC, runs of white space as one space, at most ``longest`` characters.

    Characters are counted after NFC, because phones and Macs often send NFD. What cannot be seen
    is dropped.
    """
    tidy = " ".join(characters.composed(characters.visible(_bounded(text, longest))).split())
    if len(tidy) > longest:
        raise _too_long(tidy, longest)
    return tidy


def paragraphs(text: str, shortest: int = 0, longest: int = 4000) -> str:
    """Read text of several lines; at most one empty line in a row is kept.

    Of what cannot be seen only the joiners inside emoji and words are kept.
    """
    seen = characters.visible(_BREAKS.sub("\n", _bounded(text, longest)), joiners=True)
    lines = (one.rstrip() for one in characters.composed(seen).split("\n"))
    tidy = _MANY_BREAKS.sub("\n\n", "\n".join(lines)).strip()
    if len(tidy) < shortest:
        raise BadInput(f"Viết từ {shortest} ký tự trở lên để chúng tôi hiểu sự việc.")
    if len(tidy) > longest:
        raise _too_long(tidy, longest)
    return tidy


def searched(text: str) -> str:
    """Return the words of a search: one line in NFC, cut where a search ends; never a fault."""
    # Cut before anything reads it: a whole question may stand here, as long as a form takes.
    seen = characters.visible(_UNSEEN.sub(" ", text[: _ROOM * _LONGEST_SEARCH]))
    return characters.composed(" ".join(seen.split()))[:_LONGEST_SEARCH]


def page_address(text: str) -> str:
    """Read the address of a page of this site, from its root: ``/hoi-dap/mat-phieu/``."""
    address = line(text, 200)
    if not _PAGE.fullmatch(address):
        raise BadInput("Ghi đường dẫn của một trang ở đây, ví dụ /hoi-dap/.")
    return address


def code(text: str, longest: int = 60) -> str:
    """Read a number of an order, a serial number, a product code: any text, every dash as ``-``."""
    return digits_and_signs(text, longest)


def digits_and_signs(text: str, longest: int) -> str:
    """Read text that is mostly digits: full-width forms and every dash become plain."""
    typed = line(characters.with_plain_dashes(_bounded(text, longest)), longest)
    plain = unicodedata.normalize("NFKC", typed)
    return line(characters.with_plain_dashes(plain), longest)


def _bounded(text: str, longest: int) -> str:
    """Return a text that is not far too long and holds no control character."""
    if len(text) > _ROOM * longest + _MORE_ROOM:
        raise _too_long(text, longest)
    if found := characters.control(text):
        raise BadInput(
            f"Có một ký tự máy không hiện ra được (U+{ord(found):04X}); xóa ký tự đó rồi gửi lại."
        )
    return text


def _too_long(text: str, longest: int) -> BadInput:
    return BadInput(f"Viết ngắn lại, không quá {whole(longest)} ký tự; đang có {whole(len(text))}.")
