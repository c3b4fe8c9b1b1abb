"""Account numbers, the names of their holders, and the words that go with a transfer.

An account is written down once, beside its case; everybody but the accountant who pays sees the
bank and the last digits.
"""

import re
import unicodedata

from service_policy.text import folded, nfc

SHORTEST, LONGEST = 4, 19
"""Letters or digits of an account; banks also give aliases that are no numbers."""
LONGEST_HOLDER = 70
LONGEST_MEMO = 25
"""What the clearing house carries of a transfer's words; ASCII."""
_ODD = re.compile(r"[0-9]{6,19}")
_ACCOUNT = re.compile(rf"[0-9A-Z]{{{SHORTEST},{LONGEST}}}")
_NAME_SIGNS = re.compile(r"[^0-9A-Z .&/-]+")
_TITLES = frozenset({"ANH", "CHI", "ONG", "BA", "CO", "CHU", "BAC", "EM"})
_GAP = "[^0-9A-Z]?"
_MEMO = re.compile(
    rf"BU[^0-9A-Z]{{0,3}}((?:[A-Z]{_GAP}){{2}}(?:[0-9]{_GAP}){{2}}(?:[0-9A-Z]{_GAP}){{7}}[0-9A-Z])"
    r"(?![0-9A-Z])"
)
_BETWEEN = re.compile(r"[^0-9A-Z]")


class BadAccount(ValueError):
    """Raised for what is no account, with what to write instead, in Vietnamese."""


def account_number(text: str) -> str:
    """Return an account number without its spaces, letters large.

    Raises:
        BadAccount: fewer than four signs, more than nineteen, or others than letters and digits.
    """
    found = "".join(nfc(text).split()).upper()
    plain = "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in found)
    if not _ACCOUNT.fullmatch(plain):
        raise BadAccount(
            f"Số tài khoản có {SHORTEST} đến {LONGEST} chữ số hoặc chữ cái không dấu, viết liền."
        )
    return plain


def is_unusual(account: str) -> bool:
    """Say whether an account is worth a second look: no bank's ordinary numbers look like it."""
    return not _ODD.fullmatch(account)


def holder_name(text: str) -> str:
    """Return a holder's name as banks write it: large letters without accents.

    Raises:
        BadAccount: nothing of a name is left, or it is longer than a bank takes.
    """
    plain = " ".join(_NAME_SIGNS.sub(" ", folded(nfc(text)).upper()).split())
    if not any(one.isalpha() for one in plain):
        raise BadAccount("Viết tên chủ tài khoản như ngân hàng ghi, ví dụ NGUYEN VAN A.")
    if len(plain) > LONGEST_HOLDER:
        raise BadAccount(f"Tên chủ tài khoản dài quá {LONGEST_HOLDER} ký tự: viết như trên thẻ.")
    return plain


def same_name(holder: str, name: str) -> bool:
    """Say whether a holder is called like a customer; a title before the name is no part of it."""
    return _words(holder) == _words(name)


def masked(bank_code: str, account: str) -> str:
    """Return what everybody sees of an account: ``VCB •••• 5678``.

    Of a short one only two signs, or nothing would be hidden.
    """
    return f"{bank_code} •••• {tail(account)}"


def tail(account: str) -> str:
    """Return the last signs of an account, by which its owner knows it."""
    return account[-4:] if len(account) >= 8 else account[-2:]


def memo_of(reference: str) -> str:
    """Return the words of a transfer for a case: ``BU KN267F3K9Q2M``."""
    return f"BU {reference.replace('-', '')}"


def references_in(memo: str) -> tuple[str, ...]:
    """Return the references that the words of a transfer name, each once, in order.

    Banks put words of their own before and behind, and some break long words.
    """
    plain = folded(nfc(memo)).upper()
    codes = (_BETWEEN.sub("", found.group(1)) for found in _MEMO.finditer(plain))
    return tuple(dict.fromkeys(f"{one[:2]}-{one[2:4]}-{one[4:8]}-{one[8:]}" for one in codes))


def _words(name: str) -> list[str]:
    words = _NAME_SIGNS.sub(" ", folded(nfc(name)).upper()).split()
    return words[1:] if len(words) > 1 and words[0] in _TITLES else words
