"""How a Vietnamese word looks when the typing tool was off: ``baor`` (Telex), ``bao3`` (VNI).

Twin of ``js/keyboards.mjs``; ``tests/fixtures/text_rules.json`` holds both to the same examples.
"""

import unicodedata
from typing import Final

_TONES: Final = "\u0301\u0300\u0309\u0303\u0323"  # sắc, huyền, hỏi, ngã, nặng
_TONE_KEYS: Final = {False: "sfrxj", True: "12345"}
_CIRCUMFLEX: Final = "\u0302"
_BREVE: Final = "\u0306"
_HORN: Final = "\u031b"


def keystrokes(word: str) -> list[str]:
    """Every way in which the keys of a lower-case NFC word may stand in a text."""
    forms = dict.fromkeys(
        _keys(word, vni=vni, tone_last=last) for vni in (False, True) for last in (False, True)
    )
    # Both tools also take one key for the pair ươ.
    for form in list(forms):
        forms[form.replace("uwow", "uow", 1).replace("u7o7", "uo7", 1)] = None
    return list(forms)


def _keys(word: str, *, vni: bool, tone_last: bool) -> str:
    typed: list[str] = []
    tone = ""
    letter = ""
    for character in unicodedata.normalize("NFD", word):
        if character in _TONES:
            key = _TONE_KEYS[vni][_TONES.index(character)]
            if tone_last:
                tone = key
            else:
                typed.append(key)
        elif character == _CIRCUMFLEX:
            typed.append("6" if vni else letter)
        elif character == _BREVE:
            typed.append("8" if vni else "w")
        elif character == _HORN:
            typed.append("7" if vni else "w")
        else:
            letter = character
            typed.append(("d9" if vni else "dd") if character == "đ" else character)
    return "".join(typed) + tone
