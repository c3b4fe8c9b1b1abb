"""What a reader sees of a text: the gates against unlawful and vague words read this, not bytes.

A phrase pasted with an invisible character, an entity, a bold letter or a Cyrillic one inside looks
the same on the page. Line ends stay where they are, so a fault still names its line.
"""

import html
import re
import unicodedata
from functools import lru_cache

_MARK = re.compile(r"[<&*_~`\\\[\]>]")
"""What Markdown and HTML are made of."""
_STRANGE = re.compile(
    r"[^\n\x20-\x7eÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ“”‘’–—•₫°×]"
    r"|(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)"
)
"""What is not as it has to be compared; most texts have nothing of it."""
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u0332-\u0338\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Characters that leave no trace on the page: Unicode's format characters and their like."""

_BREAKING = re.compile(r"</?(?:br|p|li|td|th|tr|div|h[1-6])\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_TARGET = re.compile(r"\](?:\([^()\n]*\)|\[[^\[\]\n]*\])")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_QUOTED = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_MARKS = re.compile(r"[*_~`\[\]]+")
_SPACES = dict.fromkeys(map(ord, "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\u2800\t"), " ")
_LOOK_ALIKE = str.maketrans(
    "аеорсухіјѕһԁԛԝӏνοραικυАВЕКМНОРСТХІЈЅҮΑΒΕΖΗΙΚΜΝΟΡΤΥΧɑıɡÐƉðɖ",
    "aeopcyxijshdqwlvopaikuABEKMHOPCTXIJSYABEZHIKMNOPTYXaigĐĐđđ",
)
_OLD_PLACE = {
    new: old
    for pair in ("oà òa", "oá óa", "oả ỏa", "oã õa", "oạ ọa", "oè òe", "oé óe", "oẻ ỏe", "oẽ õe",
                 "oẹ ọe", "uỳ ùy", "uý úy", "uỷ ủy", "uỹ ũy", "uỵ ụy")
    for new, old in [pair.split()]
}  # fmt: skip
_NEW_PLACE = re.compile(rf"(?<![qQ])(?:{'|'.join(_OLD_PLACE)})(?!\w)")


@lru_cache(maxsize=50_000)
def visible_text(text: str) -> str:
    """Return ``text`` as it is read on the page, NFKC, with as many lines as before.

    Markdown marks, tags, comments and invisible characters are gone, entities and letters of other
    scripts that look like ours are those letters, and tone marks stand in one of their two places.
    Linear in the length of the text.
    """
    if _MARK.search(text):
        text = _without_markup(text)
    if not _STRANGE.search(text):
        return text
    seen = _HIDDEN.sub("", text.translate(_SPACES)).translate(_LOOK_ALIKE)
    seen = unicodedata.normalize("NFKC", seen)
    return _NEW_PLACE.sub(lambda match: _OLD_PLACE[match.group()], seen)


def _without_markup(text: str) -> str:
    if "<" in text:
        text = _without_comments(text)
        text = _BREAKING.sub(lambda match: " " + _lines(match), text)
        text = _TAG.sub(_lines, text)
    if "&" in text:
        text = _ENTITY.sub(_unescaped, text)
    if ">" in text:
        text = _QUOTED.sub("", text)
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    return _MARKS.sub("", _TARGET.sub("]", text))


def _without_comments(text: str) -> str:
    """Take out comments that end; one that does not is left to the gate against comments."""
    kept, at = [], 0
    while (begin := text.find("<!--", at)) >= 0 and (end := text.find("-->", begin + 4)) >= 0:
        kept += [text[at:begin], "\n" * text.count("\n", begin, end)]
        at = end + 3
    return "".join((*kept, text[at:]))


def _lines(match: re.Match[str]) -> str:
    return "\n" * match.group().count("\n")


def _unescaped(match: re.Match[str]) -> str:
    return html.unescape(match.group()).replace("\n", " ").replace("\r", " ")
