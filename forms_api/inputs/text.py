"""Text as it is kept: NFC, no control characters, tidy spaces."""

import re
import unicodedata

from service_policy.text import nfc, whole

_PAGE = re.compile(r"/(?:[\w.-]+/)*[\w.-]*", re.ASCII)
_BREAKS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_SPACES = re.compile(r"\s+")
_TRAILING = re.compile(r"[ \t\u00a0]+\n")
_MANY_BREAKS = re.compile(r"\n{3,}")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")
# Controls, halves of surrogate pairs, and marks that turn the reading direction around.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)


class BadInput(ValueError):
    """What was typed cannot be read; the message is Vietnamese and says what to type."""


def line(text: str, longest: int = 200) -> str:
    """Read one line: NFC, runs of white space as one space, at most ``longest`` characters.

    Characters are counted after NFC, because phones and Macs often send NFD.
    """
    tidy = _SPACES.sub(" ", _clean(text)).strip()
    if len(tidy) > longest:
        raise BadInput(f"Viết ngắn lại, không quá {longest} ký tự.")
    return tidy


def paragraphs(text: str, shortest: int = 0, longest: int = 4000) -> str:
    """Read text of several lines; at most one empty line in a row is kept."""
    tidy = _MANY_BREAKS.sub("\n\n", _TRAILING.sub("\n", _clean(text))).strip()
    if len(tidy) < shortest:
        raise BadInput(f"Viết từ {shortest} ký tự trở lên để chúng tôi hiểu sự việc.")
    if len(tidy) > longest:
        raise BadInput(
            f"Viết ngắn lại, không quá {whole(longest)} ký tự; đang có {whole(len(tidy))}."
        )
    return tidy


def page_address(text: str) -> str:
    """Read the address of a page of this site, from its root: ``/hoi-dap/mat-phieu/``."""
    address = line(text, 200)
    if not _PAGE.fullmatch(address):
        raise BadInput("Ghi đường dẫn của một trang ở đây, ví dụ /hoi-dap/.")
    return address


def _clean(text: str) -> str:
    if _FORBIDDEN.search(text):
        raise BadInput("Có ký tự không đọc được; hãy gõ lại bằng bàn phím.")
    return nfc(_INVISIBLE.sub("", _BREAKS.sub("\n", text)))


def digits_and_signs(text: str, longest: int) -> str:
    """Read text that is mostly digits: full-width forms become plain, spaces are trimmed."""
    return line(unicodedata.normalize("NFKC", line(text, longest)), longest)
