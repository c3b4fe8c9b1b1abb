"""Whether a word can be a Vietnamese syllable: what a repaired text has to look like."""

import re
import unicodedata

_ONSETS = (
    "ngh|ng|gh|gi|kh|nh|ph|qu|th|tr|ch|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x"  # the empty one is allowed
)
_NUCLEI = (
    "a|ă|â|e|ê|i|o|ô|ơ|u|ư|y|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iêu|iu|oa|oai|oao|oay|oă|oe|oeo|oi|oo"
    "|ôi|ơi|ua|uâ|uây|uê|ui|uô|uôi|uơ|uy|uya|uyê|uyu|ưa|ưi|ươ|ươi|ươu|ưu|yê|yêu"
)
_SYLLABLE = re.compile(rf"(?:{_ONSETS})?(?:{_NUCLEI})(?:ch|nh|ng|c|m|n|p|t)?")
_STOPPED = re.compile(r"(?:ch|[cpt])$")
_TONES = dict.fromkeys("\u0300\u0301\u0303\u0309\u0323")
_ACUTE, _DOT = "\u0301", "\u0323"


def is_syllable(word: str) -> bool:
    """Say whether ``word`` is built as a Vietnamese syllable is, with at most one tone."""
    apart = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in apart if mark in _TONES]
    bare = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in _TONES))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(bare):
        return False
    # A syllable that ends in a stop has the sharp or the heavy tone, or is written without one.
    return not (_STOPPED.search(bare) and tones and tones[0] not in (_ACUTE, _DOT))
