"""What the search knows of the language: abbreviations, equal words, words that say little.

Abbreviations and synonyms are content (``content/tu-dong-nghia.yaml``), because editors hear what
customers say. Question words and particles are grammar and stand here.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from search_index.text import fold, words
from service_policy.content import ContentErrors
from service_policy.content.files import read_data
from service_policy.content.validate import validate
from service_policy.data_files import Synonyms

FILE: Final = "tu-dong-nghia.yaml"

# They are searched like all others ("không" can decide a question) but weigh less.
LIGHT_WORDS: Final = (
    "tôi mình em anh chị bạn tui ạ à ơi nhỉ nhé vậy thế nào như sao gì là thì mà có thể được không",
    "muốn cần cho hỏi xin với của và các những này đó đâu đây ở tại về khi nếu phải làm để bị rồi",
    "chưa đã đang sẽ nên hay hoặc bao nhiêu ai ra vào giúp cách một từ trong trên",
)


def data(synonyms: Synonyms) -> dict[str, Any]:
    """Return what travels inside the index: normalised words divided by single spaces."""
    return {
        "light": " ".join(LIGHT_WORDS).split(),
        "abbreviations": {
            _phrase(short): _phrases(meanings) for short, meanings in synonyms.abbreviations.items()
        },
        "groups": [_phrases(group.phrases) for group in synonyms.groups],
    }


def read(file: Path) -> dict[str, Any]:
    """Read one synonyms file; without the file there are none.

    Raises ContentErrors with every fault of the file.
    """
    if not file.exists():
        return data(Synonyms())
    tree, faults = read_data(file, file.name)
    synonyms, invalid = validate(Synonyms, tree)
    if synonyms is None or faults:
        raise ContentErrors([*faults, *invalid])
    return data(synonyms)


def relevant(language: Mapping[str, Any], texts: Iterable[str]) -> dict[str, Any]:
    """Leave out of language data what can never find anything in these texts.

    An abbreviation is of use when its meaning stands somewhere, word after word, or when it stands
    there itself and its meaning is spelt out; a group when one of its phrases stands somewhere.
    """
    known: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    for text in texts:
        bare = [fold(word) for word in words(text)]
        known.update(bare)
        pairs.update(pairwise(bare))

    def stands(phrase: str) -> bool:
        bare = fold(phrase).split()
        return known.issuperset(bare) and pairs.issuperset(pairwise(bare))

    abbreviations = {
        short: kept
        for short, meanings in language.get("abbreviations", {}).items()
        if (kept := [one for one in meanings if stands(one) or stands(short)])
    }
    return {
        **language,
        "light": list(filter(stands, language.get("light", []))),
        "abbreviations": abbreviations,
        "groups": [group for group in language.get("groups", []) if any(map(stands, group))],
    }


def _phrases(texts: Iterable[str]) -> list[str]:
    return [_phrase(text) for text in texts]


def _phrase(text: str) -> str:
    return " ".join(words(text))
