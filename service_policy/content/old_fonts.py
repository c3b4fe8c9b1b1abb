"""Texts of old Vietnamese fonts (TCVN3 and VNI), turned into the letters that they showed.

Until about 2005 a font drew Vietnamese over other letters; text from such a file is still pasted
today and reads "§iÒu kho¶n" (TCVN3, fonts named .Vn…) or "Ñieàu khoaûn" (VNI). What a repaired text
has to look like are Vietnamese syllables.
"""

import re
import unicodedata
from collections.abc import Callable

_ONSETS = (
    "ngh|ng|gh|gi|kh|nh|ph|qu|th|tr|ch|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x"  # the empty one is allowed
)
_NUCLEI = (
    "a|ă|â|e|ê|i|o|ô|ơ|u|ư|y|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iêu|iu|oa|oai|oao|oay|oă|oe|oeo|oi|oo"
    "|ôi|ơi|ua|uâ|uây|uê|ui|uô|uôi|uơ|uy|uya|uyê|uyu|ưa|ưi|ươ|ươi|ươu|ưu|yê|yêu"
)
_SYLLABLE = re.compile(rf"(?:{_ONSETS})?(?:{_NUCLEI})(?:ch|nh|ng|c|m|n|p|t)?")
_STOPPED = re.compile(r"(?:ch|[cpt])$")
_MARKS = dict.fromkeys("\u0300\u0301\u0303\u0309\u0323")
_ACUTE, _DOT = "\u0301", "\u0323"


def is_syllable(word: str) -> bool:
    """Say whether ``word`` is built as a Vietnamese syllable is, with at most one tone."""
    apart = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in apart if mark in _MARKS]
    bare = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in _MARKS))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(bare):
        return False
    # A syllable that ends in a stop has the sharp or the heavy tone, or is written without one.
    return not (_STOPPED.search(bare) and tones and tones[0] not in (_ACUTE, _DOT))


_TCVN3 = str.maketrans(
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adøõö÷ùúýûüþ¡¢§£¤¥¦",
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
)
_TCVN3_SURE = re.compile(r"[A-Za-z][¶¸¨ª¬¼½¾«»µ](?=[a-z])|§[a-zÀ-ÿ¡-¿]|[a-z][¶¸¨¬µ]$")
"""A sign inside a word, where no other text has it."""
_TCVN3_CAPITAL = re.compile(r"[a-z][ÆÇÊÈÉËÌÐÎÏÑÒÕÓÔÖØÜÞ](?:[a-z]|$)")
"""A capital inside a word of small letters: strange, and in a line of such words certain."""

_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_OF_MARKED = ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
_CIRCUMFLEX = {sign: f"\u0302{tone}" for sign, tone in zip("âáàåãä", _OF_MARKED, strict=True)}
_BREVE = {sign: f"\u0306{tone}" for sign, tone in zip("êéèúüë", _OF_MARKED, strict=True)}
_ALONE = {"ñ": "đ", "ö": "ư", "ô": "ơ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_SIGN = re.compile(r"[ñøûïåäëüæîö]|[ae][ùáàãâ]|[ou]ù|oâ|[ou]õ", re.IGNORECASE)
"""Letters that Vietnamese does not have, and pairs that no syllable of it has."""

_WORD = re.compile(r"[^\s\"“”‘’(){}\[\],.;:!?/|<>=+*0-9-]+")
_MODERN = re.compile(r"[\u1e00-\u1effăđơư]", re.IGNORECASE)


def repaired_line(line: str) -> str | None:
    """Return what a line of an old font meant, or None when it is not one.

    A single odd word is nobody's fault ("déjà vu", "kW·h") unless it holds a sign where no other
    text has it; every word that counts becomes a Vietnamese syllable.
    """
    words = _WORD.findall(line)
    if _becomes(words, _TCVN3_SURE, _tcvn3) >= 1 or (
        not _MODERN.search(line) and _becomes(words, _TCVN3_CAPITAL, _tcvn3) >= 2
    ):
        return _WORD.sub(lambda match: _tcvn3(match.group()), line)
    if not _MODERN.search(line) and _becomes(words, _VNI_SIGN, _vni) >= 2:
        return _WORD.sub(lambda match: _vni(match.group()), line)
    return None


def _becomes(words: list[str], sign: re.Pattern[str], repair: Callable[[str], str]) -> int:
    """Count the different words that have a sign and become a syllable."""
    return sum(bool(sign.search(word)) and is_syllable(repair(word)) for word in set(words))


def _tcvn3(word: str) -> str:
    return word.translate(_TCVN3)


def _vni(word: str) -> str:
    """Turn a word letter by letter; what stands behind a vowel is its mark."""
    shown: list[str] = []
    for letter in word:
        small, before = letter.lower(), shown[-1].lower() if shown else ""
        if before in ("a", "e", "o") and small in _CIRCUMFLEX:
            shown[-1] += _CIRCUMFLEX[small]
        elif before == "a" and small in _BREVE:
            shown[-1] += _BREVE[small]
        elif before in ("a", "e", "o", "u", "y", "ơ", "ư") and small in _TONES:
            shown[-1] += _TONES[small]
        elif small in _ALONE:
            one = _ALONE[small]
            shown.append(one if letter == small else one.upper())
        else:
            shown.append(letter)
    return unicodedata.normalize("NFC", "".join(shown))
