"""Texts with broken letters: read with the wrong table, from an old font, or damaged.

Each is one fault that names the line and, where it can be told, what was meant. Until about 2005 a
font drew Vietnamese over other letters; text from such a file is still pasted today and reads
"§iÒu kho¶n" (TCVN3, fonts named .Vn…) or "Ñieàu khoaûn" (VNI).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator

from service_policy.content.tree import Fault, Tree
from service_policy.text import nfc

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


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_LOST = re.compile(r"\ufffd")
_ASKED = re.compile(r"(?<![\w/=.?&#%-])[^\W\d_]{1,6}\?[^\W\d_]{1,5}(?![\w/=&.])")
"""A word with a question mark inside: one may be a slip, two in a line are lost letters."""
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")

_CAPITAL = "A-ZÀ-ÖØ-ÞĐƠƯĂÂ"
_SIGN = "¡-ª¬-º¼-¿"
"""Signs of Latin-1, without the two quotation marks that may well stand behind a letter."""
_MISREAD = re.compile(
    # UTF-8 that was read as Windows-1252, Windows-1258 or Latin-1 …
    rf"á[º»](?=[\u0080-\u00bf‘’“”•–—˜™š›œžŸ¡-¿ƒ„…†‡ˆ‰Š‹ŒŽ€‚])|(?<![{_CAPITAL}])[ÃĂ][{_SIGN}]"
    rf"|[ÃĂ][{_SIGN}](?=[a-z])|(?<![{_CAPITAL}])[ÃĂ][\u00a0 ](?=[a-z])|(?<=[a-z])Ã\u00a0"
    rf"|Ä[‘ƒ©¨\u0090‚]|Æ[°¡¯]|Å[©¨]|â(?:€|‚«)"
    rf"|(?<![{_CAPITAL}])Â[°·²³©®±]|ï»¿"
    # … as the letters of old Macintoshes, or as those of the Windows console.
    r"|·∫|·ª[\w•]|√[†°¢£©®¥™±µ≤≥≠∞π∫ªº]|ß[║╗]|├[áíó║╝ó®]"
)
_TABLES = ("cp1252", "latin-1", "cp1258", "mac_roman", "cp850", "cp437")
_ODD = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\ufffe\uffff\ud800-\udfff"
    r"¡-¿ÃÄÅÆÎÏÐÑÖ×ØÛÜÞßäåæçëîïðñöøûüýþÿâĂá√├]"
)


def broken_letters(text: str, name: str) -> list[Fault]:
    """Return a fault for each kind of broken letters in a file, at the first line that has it."""
    if not _ODD.search(text) and "?" not in text:
        return []
    found: dict[str, Fault] = {}
    more: Counter[str] = Counter()
    for number, line in enumerate(text.split("\n"), 1):
        for code, message, fix in _in_line(line):
            if code not in found:
                found[code] = Fault(name, number, "tệp", message, fix, code)
            else:
                more[code] += 1
    return [fault.and_more(more[code]) for code, fault in found.items()]


def _in_line(line: str) -> Iterator[tuple[str, str, str]]:
    if line.count("?") > 1 and len(lost := set(_ASKED.findall(line))) > 1:
        fix = "gõ lại: chữ có dấu đã thành dấu hỏi khi tệp được lưu bằng bảng mã khác"
        yield "lost_letters", f"có chữ đã mất: “{' … '.join(sorted(lost))[:80]}”", fix
    if not _ODD.search(line):
        return
    if (match := _LOST.search(line)) is not None:
        fix = "gõ lại chữ đó: chữ gốc đã mất khi tệp được lưu bằng bảng mã khác"
        yield "lost_letters", f"có chữ đã mất: “{_around(line, match)}”", fix
    if (match := _MISREAD.search(line)) is not None:
        shown = _around(line, match)
        yield "misread_letters", f"chữ vỡ: “{_plain(shown)}”", _meant(_read_again(shown))
    elif (meant := repaired_line(line)) is not None:
        message = f"chữ của phông cũ (TCVN3 hoặc VNI): “{_plain(line)[:80]}”"
        yield "old_font", message, _meant(nfc(meant))
    elif (match := _CONTROL.search(line)) is not None:
        before = _plain(line[: match.start()])[-20:]
        message = f"có ký tự điều khiển U+{ord(match.group()):04X} sau “{before}”"
        yield "control_character", message, "xóa ký tự đó"
    if (match := _PRIVATE.search(line)) is not None:
        message = f"có ký hiệu riêng của một phông chữ, U+{ord(match.group()):04X}"
        yield "private_letter", message, "thay bằng ký hiệu thường, ví dụ - ở đầu dòng"


def escaped_letters(tree: Tree) -> list[Fault]:
    """Return faults of values that were written with escapes, such as ``"\\u0007"``, a bell."""
    return [
        tree.fault(path, code, message, fix)
        for path, text in tree.strings()
        for code, message, fix in _in_line(text.replace("\n", " "))
    ]


def _meant(text: str | None) -> str:
    if text is None:
        return "gõ lại, hoặc mở bản gốc rồi lưu với mã UTF-8"
    return f"có lẽ là “{_plain(text)[:80]}”: gõ lại, lưu tệp với mã UTF-8"


def _around(line: str, match: re.Match[str]) -> str:
    """Return the whole words around a match."""
    begin = line.rfind(" ", 0, max(0, match.start() - 15)) + 1
    end = line.find(" ", match.end() + 25)
    return line[begin : end if end >= 0 else len(line)][:120]


def _plain(text: str) -> str:
    """Return what of a text can be shown anywhere, on one line."""
    return " ".join("".join(one for one in text if one.isprintable() or one == " ").split())


def _read_again(line: str) -> str | None:
    """Return the line as it was before it was read with the wrong table; None when it is lost."""
    line = _ENDED.sub("â€\u009d", _BLANK.sub(_no_break, line))
    best: str | None = None
    for table in _TABLES:
        repaired = _pieces(line, table)
        if repaired != line and not _MISREAD.search(repaired):
            return nfc(repaired)
        best = best or (repaired if repaired != line else None)
    return nfc(best) if best else None


_BLANK = re.compile(rf"(?<![{_CAPITAL}])([a-zđ]*)Ã ([a-z]*)")
_ENDED = re.compile(r"â€(?![œ“™˜¦”\u0080-\u00bf])")


def _no_break(match: re.Match[str]) -> str:
    """Put back the no-break space of an à that an editor saved as a space, or lost."""
    before, after = match.groups()
    inside = is_syllable(f"{before}à{after}") and after in "c i m n ng nh o y".split()
    return f"{before}Ã\u00a0{after}" if inside else f"{before}Ã\u00a0 {after}"


_PIECE = re.compile(r"[^\x00-\x7f]+")


def _pieces(line: str, table: str) -> str:
    """Repair every run of other letters that can be read as UTF-8 again."""
    return _PIECE.sub(lambda match: _piece(match.group(), table), line)


def _piece(text: str, table: str) -> str:
    try:
        # What a table leaves open stands for itself, as browsers and editors read it.
        raw = b"".join(
            bytes([ord(one)]) if "\x80" <= one <= "\x9f" else _byte(one, table) for one in text
        )
        return raw.decode("utf-8")
    except UnicodeError:
        return text


def _byte(letter: str, table: str) -> bytes:
    for form in (letter, unicodedata.normalize("NFD", letter)):
        try:
            return form.encode(table)
        except UnicodeEncodeError:
            continue
    raise UnicodeEncodeError(table, letter, 0, 1, "not in the table")
