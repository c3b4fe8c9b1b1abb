"""What the search knows of the language: abbreviations, equal words, words that say little.

Abbreviations and synonyms are content (``content/tu-dong-nghia.yaml``), because editors hear what
customers say. Question words and particles are grammar and stand here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from search_index.text import words

# They are searched like all others ("không" can decide a question) but weigh less.
LIGHT_WORDS: Final = tuple(
    "tôi mình em anh chị bạn tui ạ à ơi nhỉ nhé vậy thế nào như sao gì là thì mà có thể được không "
    "muốn cần cho hỏi xin với của và các những này đó đâu đây ở tại về khi nếu phải làm để bị rồi "
    "chưa đã đang sẽ nên hay hoặc bao nhiêu ai ra vào giúp cách một từ trong trên".split()
)


@dataclass(frozen=True, slots=True)
class Language:
    """``abbreviations``: what is typed → what is meant. ``groups``: phrases that mean the same."""

    abbreviations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    groups: tuple[tuple[str, ...], ...] = ()

    def data(self) -> dict[str, Any]:
        """The form that travels inside the index: normalised words divided by single spaces."""
        return {
            "light": list(LIGHT_WORDS),
            "abbreviations": {
                _phrase(short): [_phrase(meaning) for meaning in meanings]
                for short, meanings in self.abbreviations.items()
            },
            "synonyms": self._others(),
        }

    def _others(self) -> list[list[Any]]:
        """Each phrase with all phrases that any of its groups sets equal to it."""
        others: dict[str, list[str]] = {}
        for group in self.groups:
            phrases = [_phrase(text) for text in group]
            for phrase in phrases:
                known = others.setdefault(phrase, [])
                known += [one for one in phrases if one != phrase and one not in known]
        return [[phrase, equal] for phrase, equal in others.items()]


def from_mapping(data: Mapping[str, Any]) -> Language:
    """Read ``{"abbreviations": {short: [meaning]}, "groups": [{"words": [phrase]}]}``."""
    abbreviations: Mapping[str, Iterable[str]] = data.get("abbreviations") or {}
    groups: Iterable[Mapping[str, Any]] = data.get("groups") or ()
    return Language(
        abbreviations={short: tuple(meanings) for short, meanings in abbreviations.items()},
        groups=tuple(tuple(group["words"]) for group in groups),
    )


def _phrase(text: str) -> str:
    return " ".join(words(text))
