"""Text and number wording shared by the rules: Vietnamese, NFC, exact."""

import re
import unicodedata

NO_BREAK_SPACE = "\u00a0"
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def nfc(text: str) -> str:
    """Return ``text`` in Unicode normal form C, the only form the product stores or compares."""
    return unicodedata.normalize("NFC", text)


def folded(text: str) -> str:
    """Return ``text`` in small letters without tones and marks; đ is a d with a stroke."""
    plain = unicodedata.normalize("NFD", text).casefold().replace("đ", "d")
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def slugify(text: str) -> str:
    """Return the anchor of a heading: `Đường dây nóng` becomes `duong-day-nong`."""
    return _NOT_SLUG.sub("-", folded(text)).strip("-")


def isolated(text: str) -> str:
    """Keep words that are read from right to left from turning the line they stand in around.

    For plain text: each such line is put between FIRST STRONG ISOLATE and its end. Pages have
    ``<bdi>`` for it. A text without such words stays as it is.
    """
    return "\n".join(
        f"\u2068{line}\u2069" if any(map(_turns, line)) else line for line in text.split("\n")
    )


def _turns(character: str) -> bool:
    return unicodedata.bidirectional(character) in ("R", "AL", "RLE", "RLO", "RLI", "AN")


def code_order(code: str) -> tuple[tuple[str, int], ...]:
    """Return a key that puts codes in the order of their numbers: A-9, A-11, A-100."""
    return tuple((text, int(digits or 0)) for text, digits in re.findall(r"(\D*)(\d*)", code))


def inside(text: str) -> str:
    """Write text for the middle of a sentence: ``Đại lý`` gets a small letter, ``HTX`` does not."""
    first = text.partition(" ")[0]
    stays = any(one.isupper() or one.isdigit() for one in first[1:])
    return text if stays else text[:1].lower() + text[1:]


def whole(number: int) -> str:
    """Write an integer the Vietnamese way: ``1234567`` becomes ``1.234.567``."""
    return f"{number:,}".replace(",", ".")


def vnd(amount: int) -> str:
    """Write an amount of đồng with a no-break space before the unit: ``50.000 đ``."""
    return f"{whole(amount)}{NO_BREAK_SPACE}đ"
