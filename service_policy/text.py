"""Text and number wording shared by the rules: Vietnamese, NFC, exact."""

import unicodedata

NO_BREAK_SPACE = "\u00a0"


def nfc(text: str) -> str:
    """Return ``text`` in Unicode normal form C, the only form the product stores or compares."""
    return unicodedata.normalize("NFC", text)


def whole(number: int) -> str:
    """Write an integer the Vietnamese way: ``1234567`` becomes ``1.234.567``."""
    return f"{number:,}".replace(",", ".")


def vnd(amount: int) -> str:
    """Write an amount of đồng with a no-break space before the unit: ``50.000 đ``."""
    return f"{whole(amount)}{NO_BREAK_SPACE}đ"
